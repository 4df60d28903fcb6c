import type { Actor, BodyOf, decideRecovery, recoverAtWindow, recoverWithCode } from '@zhengwu/contracts';
import { Directory } from '@zhengwu/directory';
import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import type { From } from './entering.ts';
import { fail } from './errors.ts';
import { Identity } from './identity.ts';
import { oneTimePassword } from './loading.ts';
import { countFailure, isOpen } from './means.ts';
import { hashPassword, refuseWeak } from './password.ts';
import * as store from './store.ts';
import * as keeping from './store-keeping.ts';
import { insertSignIn } from './store-proofs.ts';

/** How long a one-time password that was handed over is good, and how long a citizen's recovered account cools. */
export const HANDED_MINUTES = 30;
export const COOLING_HOURS = 24;

const asPlatform = <T>(site: Site, work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);

/** The owner reads of it in their own history; other modules hear of it. */
const tell = async (site: Site, tx: Tx, account: { id: string }, means: string, from: { address: string; agent: string }): Promise<void> => {
  await insertSignIn(tx, { id: uuidv7(), account: account.id, outcome: 'recovered', means, ...from });
  await site.events.append(tx, { type: 'recovery.done', subject: account.id, payload: { account: account.id, means, address: from.address } });
};

/** One administrator asks. Who asks answers for the reason; an account that is not there is said to be so, as administrators see the directory. */
export const askRecovery = async (site: Site, actor: Actor, body: { account: string; reason: string; factors: boolean }): Promise<string> =>
  asPlatform(site, async (tx) => {
    const found = await store.accountByName(tx, 'official', body.account.trim());
    if (!found) throw fail('recovery.unknown', {}, { issues: [{ path: '/body/account', code: 'recovery.unknown' }] });
    if (found.person === actor.personId) throw fail('recovery.own');
    const id = uuidv7();
    if (!(await keeping.insertRecovery(tx, { id, account: found.id, factors: body.factors, reason: body.reason.trim(), by: actor.personId as string, name: actor.name }))) throw fail('recovery.open');
    await site.audit.recordFor(tx, actor, { event: 'recovery.asked', subject: found.id, detail: { recovery: id, factors: body.factors } });
    return id;
  });

/** Another decides; approval gives a one-time password, shown once, and ends every session. Throws `recovery.two-people`. */
export const decide = async (site: Site, actor: Actor, id: string, { approve }: BodyOf<typeof decideRecovery>, agent: string): Promise<{ oneTimePassword: string | null; until: string | null }> => {
  const password = oneTimePassword();
  const hash = await hashPassword(password);
  const until = await asPlatform(site, async (tx) => {
    const asked = await keeping.lockRecovery(tx, id);
    if (asked?.state !== 'asked') throw fail('recovery.gone');
    if (asked.asked_by === actor.personId || asked.person === actor.personId) throw fail('recovery.two-people');
    await keeping.decideRecovery(tx, id, approve ? 'approved' : 'refused', actor.personId as string, actor.name);
    await site.audit.recordFor(tx, actor, { event: approve ? 'recovery.approved' : 'recovery.refused', subject: asked.account, detail: { recovery: id, factors: asked.factors } });
    if (!approve) return null;
    const given = await keeping.giveOneTimePassword(tx, asked.account, hash, HANDED_MINUTES, 0);
    if (asked.factors) await site.use(Identity).factors.drop(tx, asked.account);
    await keeping.endAllSessions(tx, asked.account);
    await tell(site, tx, { id: asked.account }, 'two-administrators', { address: actor.address, agent });
    return given.until.toISOString();
  });
  site.use(Identity).sessions.forget();
  return { oneTimePassword: until === null ? null : password, until };
};

/** The account of a citizen who stands at the window, by number and name; throws `account.not-registered`. */
const atWindow = async (site: Site, { citizenNumber, name }: Pick<BodyOf<typeof recoverAtWindow>, 'citizenNumber' | 'name'>): Promise<store.AccountRow> => {
  const known = await site.use(Directory).principals.byIdentifier(citizenNumber);
  const account = known?.name === name.trim() ? await asPlatform(site, (tx) => store.accountOfPerson(tx, known.id)) : null;
  if (account?.kind !== 'citizen' || account.disabled) throw fail('account.not-found-at-window');
  return account;
};

/** A clerk saw the person and the document: the account is theirs (level 2). */
export const verifyAtWindow = async (site: Site, actor: Actor, body: BodyOf<typeof recoverAtWindow>): Promise<{ username: string }> => {
  const account = await atWindow(site, body);
  await asPlatform(site, async (tx) => {
    await keeping.verifyAccount(tx, account.id, actor.personId as string, body.document);
    await site.audit.recordFor(tx, actor, { event: 'account.verified', subject: account.id, detail: { document: body.document } });
  });
  site.use(Identity).sessions.forget();
  return { username: account.username };
};

/** A clerk saw the person: a one-time password, second factors gone, sessions ended, a day of cooling. */
export const recoverInPerson = async (site: Site, actor: Actor, body: BodyOf<typeof recoverAtWindow>, agent: string): Promise<{ username: string; oneTimePassword: string; until: string; coolingUntil: string }> => {
  const account = await atWindow(site, body);
  const password = oneTimePassword();
  const hash = await hashPassword(password);
  const given = await asPlatform(site, async (tx) => {
    await keeping.verifyAccount(tx, account.id, actor.personId as string, body.document);
    const times = await keeping.giveOneTimePassword(tx, account.id, hash, HANDED_MINUTES, COOLING_HOURS);
    await site.use(Identity).factors.drop(tx, account.id);
    await keeping.endAllSessions(tx, account.id);
    await site.audit.recordFor(tx, actor, { event: 'recovery.atWindow', subject: account.id, detail: { document: body.document } });
    await tell(site, tx, account, 'window', { address: actor.address, agent });
    return times;
  });
  site.use(Identity).sessions.forget();
  return { username: account.username, oneTimePassword: password, until: given.until.toISOString(), coolingUntil: (given.cooling as Date).toISOString() };
};

/** By recovery code. An account that is not there, a wrong code and a locked account cost the same and look the same. */
export const recoverByCode = async (site: Site, from: From, body: BodyOf<typeof recoverWithCode>): Promise<void> => {
  await refuseWeak(site.use(Identity).isBreached, body.password, body.account, '/body/password');
  const hash = await hashPassword(body.password);
  const done = await asPlatform(site, async (tx) => {
    const found = await store.accountByName(tx, 'citizen', body.account.trim());
    const isUsable = found !== null && isOpen(found, site.clock.now().getTime());
    const spent = await site.use(Identity).factors.spend(tx, found?.id ?? uuidv7(), { recoveryCode: body.recoveryCode });
    await insertSignIn(tx, { id: uuidv7(), account: found?.id ?? null, outcome: isUsable && spent ? 'recovered' : 'refused', means: 'recovery', address: from.address, agent: from.agent });
    const who = { kind: 'public' as const, address: from.address, requestId: from.requestId };
    if (!found || !isUsable || !spent) {
      if (found) await countFailure(tx, found.id);
      await site.audit.recordFor(tx, who, { event: 'recovery.failed', subject: found?.id ?? 'citizen' });
      return false;
    }
    await keeping.recoverPassword(tx, found.id, hash, COOLING_HOURS);
    await keeping.endAllSessions(tx, found.id);
    await site.audit.recordFor(tx, who, { event: 'recovery.byCode', subject: found.id });
    await site.events.append(tx, { type: 'recovery.done', subject: found.id, payload: { account: found.id, means: 'recovery', address: from.address } });
    return true;
  });
  site.use(Identity).sessions.forget();
  if (!done) throw fail('recovery.not-done');
};

