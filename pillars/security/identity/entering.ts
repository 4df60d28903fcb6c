import { Authority } from '@zhengwu/certificates';
import type { Call, Peer } from '@zhengwu/http';
import { createHmacSigner } from '@zhengwu/crypto';
import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { endChallenge, findChallenge, missChallenge, openChallenge, takeChallenge } from './challenges.ts';
import { fail } from './errors.ts';
import type { TypedCode } from './factors.ts';
import { Identity } from './identity.ts';
import { checkPassword, countFailure, isOpen } from './means.ts';
import type { From, Outcome } from './outcome.ts';
import { credentialOf, proofOptions, relyingParty, verifyProof } from './passkeys.ts';
import * as store from './store.ts';
import type { AccountRow } from './store.ts';
import * as proofs from './store-proofs.ts';
import type { Kind } from './store-proofs.ts';

export type { From, Outcome } from './outcome.ts';

export const fromOf = (kind: Kind, call: Pick<Call, 'request' | 'requestId' | 'actor'>): From => ({
  kind, address: call.actor.address, agent: String(call.request.headers['user-agent'] ?? ''), requestId: call.requestId,
});

/** Tells one name tried from another without telling the name. */
const triedSigner = (secret: string) => createHmacSigner(secret, 'identity.tried-account');

const asPlatform = <T>(site: Site, work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);

/** Sets a refusal down: in the owner's history, in the trail, and as an event for the defence. */
export const refuse = async (site: Site, tx: Tx, from: From, means: string, account: AccountRow | null, tried = ''): Promise<void> => {
  const { address, agent, kind } = from;
  if (account) await countFailure(tx, account.id);
  await proofs.insertSignIn(tx, { id: uuidv7(), account: account?.id ?? null, outcome: 'refused', means, address, agent });
  await site.audit.recordFor(tx, { kind: 'public', address, requestId: from.requestId }, { event: 'session.refused', subject: account?.id ?? kind, detail: { means, kind } });
  const accountHash = triedSigner(site.use(Identity).secret).sign(kind, (account?.username ?? tried).trim().toLowerCase());
  await site.events.append(tx, { type: 'session.refused', subject: account?.id ?? kind, payload: { ...(account ? { account: account.id } : {}), accountHash, kind, address, means, agent } });
};

/** Opens the session of an account that was proved. */
export const openFor = async (site: Site, tx: Tx, from: From, account: AccountRow, means: string, assurance: 1 | 2 | 3): Promise<{ token: string; session: string }> => {
  const { address, agent, kind } = from;
  await store.clearFailures(tx, account.id);
  const { token, session, ended } = await site.use(Identity).sessions.open(tx, account.id, { address, agent }, assurance, means);
  await proofs.insertSignIn(tx, { id: uuidv7(), account: account.id, outcome: 'opened', means, address, agent });
  await site.audit.recordFor(tx, { kind, accountId: account.id, personId: account.person, name: account.person_name, address, requestId: from.requestId }, { event: 'session.opened', subject: account.id, detail: { means, assurance, ...(ended > 0 ? { ended } : {}) } });
  await site.events.append(tx, { type: 'session.opened', subject: account.id, payload: { account: account.id, person: account.person, session, kind, address, means, agent, assurance } });
  return { token, session };
};
const open = async (...given: Parameters<typeof openFor>): Promise<string> => (await openFor(...given)).token;

/** By password; an account with a second factor gets no session yet but the challenge of the second step. */
export const enterByPassword = async (site: Site, from: From, given: { account: string; password: string }): Promise<Outcome> => {
  const found = await asPlatform(site, (tx) => store.accountByName(tx, from.kind, given.account.trim()));
  const isRight = await checkPassword(found, given.password, site.clock.now().getTime());
  return asPlatform(site, async (tx): Promise<Outcome> => {
    if (!found || !isRight) {
      await refuse(site, tx, from, 'password', found, given.account);
      return { refused: 'session.refused' };
    }
    const { code, passkey } = await proofs.hasFactor(tx, found.id);
    if (!code && !passkey) return { token: await open(site, tx, from, found, 'password', 1) };
    return { challenge: await openChallenge(tx, 'second-factor', from.kind, { account: found.id }), means: [...(code ? ['code'] : []), ...(passkey ? ['passkey'] : []), 'recovery'] };
  });
};

/** The second step: a code or a recovery code for the challenge of a right password. */
export const enterByCode = (site: Site, from: From, { challenge, ...typed }: TypedCode & { challenge: string }): Promise<Outcome> =>
  asPlatform(site, async (tx): Promise<Outcome> => {
    const half = await findChallenge(tx, challenge, 'second-factor', from.kind);
    const account = half?.account ? await store.accountById(tx, half.account) : null;
    if (!account || !isOpen(account, site.clock.now().getTime())) return { refused: 'session.challenge-over' };
    const means = await site.use(Identity).factors.spend(tx, account.id, typed);
    if (means === null) {
      await missChallenge(tx, challenge);
      await refuse(site, tx, from, typed.code === undefined ? 'recovery' : 'code', account);
      return { refused: 'session.wrong-code' };
    }
    await endChallenge(tx, challenge);
    return { token: await open(site, tx, from, account, means, 2) };
  });

export const passkeyDoor = async (site: Site, kind: Kind): Promise<{ challenge: string; options: unknown }> => {
  const options = await proofOptions(relyingParty(site.config, kind));
  return { challenge: await asPlatform(site, (tx) => openChallenge(tx, 'passkey-sign-in', kind, { challenge: options.challenge })), options };
};

/** By a passkey with user verification: two factors in one (assurance 2). */
export const enterByPasskey = (site: Site, from: From, given: { challenge: string; response: unknown }): Promise<Outcome> =>
  asPlatform(site, async (tx): Promise<Outcome> => {
    const half = await takeChallenge(tx, given.challenge, 'passkey-sign-in', from.kind);
    if (!half?.challenge) return { refused: 'session.challenge-over' };
    const passkey = await proofs.lockPasskey(tx, credentialOf(given.response));
    const account = passkey ? await store.accountById(tx, passkey.account) : null;
    const isUsable = account?.kind === from.kind && isOpen(account, site.clock.now().getTime());
    const count = passkey && isUsable ? await verifyProof(relyingParty(site.config, from.kind), half.challenge, passkey, given.response) : null;
    if (!passkey || !account || count === null) {
      await refuse(site, tx, from, 'passkey', account?.kind === from.kind ? account : null, 'passkey');
      return { refused: 'session.refused' };
    }
    await proofs.markPasskey(tx, passkey.id, count);
    return { token: await open(site, tx, from, account, 'passkey', 2) };
  });

/** By the client certificate that this very connection proved (assurance 3); it must be in force and an official's. */
export const enterByCertificate = async (site: Site, from: From, peer: Peer | undefined): Promise<Outcome> => {
  if (peer === undefined) throw fail('session.no-certificate');
  const found = peer.kind === 'person' ? await site.use(Authority).find(peer.serial) : null;
  const account = found?.state === 'valid' && found.person !== null ? await asPlatform(site, (tx) => store.accountOfPerson(tx, found.person as string)) : null;
  return asPlatform(site, async (tx): Promise<Outcome> => {
    if (account?.kind !== from.kind || !isOpen(account, site.clock.now().getTime())) {
      await refuse(site, tx, from, 'certificate', account?.kind === from.kind ? account : null, peer.serial);
      return { refused: 'session.refused' };
    }
    return { token: await open(site, tx, from, account, 'certificate', 3) };
  });
};

/** The token of an outcome; throws the refusal, or `session.second-factor` with what the second step needs. */
export const tokenOf = (outcome: Outcome): string => {
  if ('token' in outcome) return outcome.token;
  if ('refused' in outcome) throw fail(outcome.refused);
  throw fail('session.second-factor', {}, { extra: { challenge: outcome.challenge, means: outcome.means } });
};
