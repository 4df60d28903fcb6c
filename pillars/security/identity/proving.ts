import type { Actor, BodyOf, proveAgain } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { openChallenge, takeChallenge } from './challenges.ts';
import { fail } from './errors.ts';
import { Identity } from './identity.ts';
import { checkPassword, countFailure, isOpen } from './means.ts';
import { credentialOf, proofOptions, relyingParty, verifyProof } from './passkeys.ts';
import * as store from './store.ts';
import type { AccountRow } from './store.ts';
import * as proofs from './store-proofs.ts';
import type { Kind } from './store-proofs.ts';

const asPlatform = <T>(site: Site, work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);

export const proofDoor = async (site: Site, actor: Actor): Promise<{ challenge: string; options: unknown }> => {
  const kind = actor.kind as Kind;
  const held = await asPlatform(site, (tx) => proofs.passkeysOf(tx, actor.accountId as string));
  const options = await proofOptions(relyingParty(site.config, kind), held);
  return { challenge: await asPlatform(site, (tx) => openChallenge(tx, 'passkey-proof', kind, { account: actor.accountId as string, challenge: options.challenge })), options };
};

/** Whether a passkey of this very account proved itself now. */
const byPasskey = async (site: Site, tx: Tx, account: AccountRow, given: { challenge: string; response: unknown }): Promise<boolean> => {
  const half = await takeChallenge(tx, given.challenge, 'passkey-proof', account.kind);
  const passkey = half?.account === account.id ? await proofs.lockPasskey(tx, credentialOf(given.response)) : null;
  if (!half?.challenge || passkey?.account !== account.id) return false;
  const count = await verifyProof(relyingParty(site.config, account.kind), half.challenge, passkey, given.response);
  if (count === null) return false;
  await proofs.markPasskey(tx, passkey.id, count);
  return true;
};

/** The level that these means prove: an account with a second factor must use it. Null when something is wrong. */
export const levelOf = async (site: Site, tx: Tx, account: AccountRow, body: BodyOf<typeof proveAgain>): Promise<1 | 2 | null> => {
  if (body.passkey) return (await byPasskey(site, tx, account, body.passkey)) ? 2 : null;
  if (!(await checkPassword(account, body.password ?? '', site.clock.now().getTime()))) return null;
  const { code, passkey } = await proofs.hasFactor(tx, account.id);
  if (!code && !passkey) return 1;
  return (await site.use(Identity).factors.spend(tx, account.id, body)) === null ? null : 2;
};

/** Proves an open session again; failures count towards the lock as those of signing in do. Throws `session.not-proved`. */
export const prove = async (site: Site, actor: Actor, body: BodyOf<typeof proveAgain>): Promise<{ level: number }> => {
  const level = await asPlatform(site, async (tx) => {
    const account = await store.accountById(tx, actor.accountId as string);
    if (!account || !isOpen(account, site.clock.now().getTime())) return null;
    const proved = await levelOf(site, tx, account, body);
    if (proved === null) {
      await countFailure(tx, account.id);
      await site.audit.recordFor(tx, actor, { event: 'session.proofRefused', subject: account.id });
      return null;
    }
    await store.clearFailures(tx, account.id);
    await proofs.proveSession(tx, actor.sessionId as string, proved);
    await site.audit.recordFor(tx, actor, { event: 'session.proved', subject: account.id, detail: { level: proved } });
    return proved;
  });
  site.use(Identity).sessions.forget(actor.sessionId as string);
  if (level === null) throw fail('session.not-proved');
  return { level };
};
