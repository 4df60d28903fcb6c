import type { Actor, BodyOf, confirmOutside, finishOutside, ResponseOf } from '@zhengwu/contracts';
import { hashToken, isSameText, mintToken } from '@zhengwu/crypto';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { Identity, type From, type Holder } from '@zhengwu/identity';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import type { Arrival } from './finishing.ts';
import { asPlatform, Opened } from './opened.ts';
import { personVouchedFor } from './person.ts';
import * as store from './store.ts';

type Finished = ResponseOf<typeof finishOutside>;
/** The part of an arrival that must outlive the request where the holder is to prove an account first. */
type Kept = Pick<Arrival, 'vouched' | 'sid'> & { authenticatedAt: string; issuer: string };

const MINUTES = 10;
const MOST_TRIES = 5;

const said = async (site: Site, tx: Tx, from: From, event: string, account: string | null, detail: Record<string, unknown>): Promise<void> =>
  site.audit.recordFor(tx, { kind: 'public', address: from.address, requestId: from.requestId }, { event, subject: account ?? from.kind, detail });

const keptOf = ({ vouched, sid, authenticatedAt, source }: Arrival): Kept => ({ vouched, sid, authenticatedAt: authenticatedAt.toISOString(), issuer: source.issuer });

/** The same subject for this account from now on; throws `identity-source.taken`. */
const linkTo = async (site: Site, tx: Tx, from: From, source: string, kept: Kept, account: string): Promise<store.LinkRow> => {
  const row = { id: uuidv7(), source, issuer: kept.issuer, subject: kept.vouched.subject, account };
  if (!(await store.insertLink(tx, row))) throw fail('identity-source.taken');
  await said(site, tx, from, 'identitySource.linked', account, { source, identity: kept.vouched.identity });
  return { ...row, linked_at: new Date(), used_at: null };
};

/** Remembers where and how strongly a session was proved. */
const remember = async (tx: Tx, session: string, link: store.LinkRow, kept: Kept): Promise<void> => {
  await store.markLink(tx, link.id);
  await store.putSession(tx, { session, source: link.source, link: link.id, sid: kept.sid, acr: kept.vouched.level, authenticated_at: new Date(kept.authenticatedAt) });
};

type Way = { token: string } | { half: { challenge: string; means: string[] } } | { refused: true };

/** Opens the session of a linked account, at the level that the source vouches for. */
const enterBy = async (site: Site, tx: Tx, from: From, link: store.LinkRow, kept: Kept): Promise<Way> => {
  const { outside } = site.use(Identity);
  if (kept.vouched.identity === 2 && kept.vouched.citizenNumber !== null) await outside.verify(tx, link.account, link.source);
  const entered = await outside.enter(tx, from, link.account, link.source, kept.vouched.proof);
  if ('refused' in entered) return { refused: true };
  if ('challenge' in entered) {
    await store.markLink(tx, link.id);
    return { half: entered };
  }
  await remember(tx, entered.session, link, kept);
  return { token: entered.token };
};

/** What the portal is told of an opened session, or of the step that is still missing. */
const told = async (site: Site, way: Way, next: string): Promise<Finished> => {
  if ('refused' in way) throw fail('identity-source.refused');
  if ('half' in way) return { outcome: 'second-factor', next, challenge: way.half.challenge };
  return { outcome: 'entered', next, token: way.token, session: await site.use(Identity).outside.view(way.token) };
};

/** No failure of the account's: what a source says wrongly is no guess at its password, and must not lock its holder out. */
const refused = async (site: Site, from: From, source: string, account: string | null, code: Parameters<typeof fail>[0]): Promise<never> => {
  await asPlatform(site, (tx) => said(site, tx, from, 'identitySource.refused', account, { source, code }));
  throw fail(code);
};

/** Somebody unknown to us by this subject: an account of their own, or the one that has their number. */
const firstTime = async (site: Site, from: From, arrival: Arrival, person: { id: string; name: string }, binding: string): Promise<Finished> => {
  const { outside } = site.use(Identity);
  const { source, journey } = arrival;
  const kept = keptOf(arrival);
  type Step = Way | { wait: string; holder: Holder };
  const step = await asPlatform(site, async (tx): Promise<Step> => {
    // Two first sign-ins of one person at once make one account.
    await store.lockPerson(tx, person.id);
    const holder = await outside.holder(tx, { person: person.id });
    if (holder && (holder.kind !== 'citizen' || !holder.isOpen)) return { refused: true };
    if (holder && (!source.settings.adopts || holder.hasFactor)) {
      const wait = mintToken();
      const hash = hashToken(wait);
      await store.insertWaiting(tx, hash, { binding_hash: hashToken(binding), source: source.id, account: holder.id, vouched: site.use(Opened).sealer.seal(JSON.stringify(kept), `waiting ${hash}`), next: journey.next }, MINUTES);
      return { wait, holder };
    }
    const account = holder ?? (await outside.open(tx, person, source.id));
    if (!holder) await said(site, tx, from, 'account.registered', account.id, { source: source.id });
    return enterBy(site, tx, from, await linkTo(site, tx, from, source.id, kept, account.id), kept);
  });
  if ('wait' in step) return { outcome: 'confirm', next: journey.next, challenge: step.wait, username: step.holder.username, name: source.settings.name };
  if ('refused' in step) return refused(site, from, source.id, null, 'identity-source.refused');
  return told(site, step, journey.next);
};

const enter = async (site: Site, from: From, arrival: Arrival, binding: string): Promise<Finished> => {
  const { vouched, source, journey } = arrival;
  const link = await asPlatform(site, (tx) => store.linkOf(tx, source.issuer, vouched.subject));
  const person = await personVouchedFor(site, vouched);
  if (person === 'contradiction') return refused(site, from, source.id, link?.account ?? null, 'identity-source.contradiction');
  if (link) {
    const holder = await asPlatform(site, (tx) => site.use(Identity).outside.holder(tx, { account: link.account }));
    // The subject was given to somebody else at the source, or the number there is another now.
    if (person && holder && person.id !== holder.person) return refused(site, from, source.id, link.account, 'identity-source.contradiction');
    return told(site, await asPlatform(site, (tx) => enterBy(site, tx, from, link, keptOf(arrival))), journey.next);
  }
  if (!person) return refused(site, from, source.id, null, 'identity-source.unverified');
  const known = await site.use(Directory).principals.enter({ kind: 'person', name: person.name, identifier: person.citizenNumber, phone: null, email: null });
  return firstTime(site, from, arrival, known, binding);
};

/** Links the source to the account that is signed in: its holder is there, and the source names no other person. */
const link = async (site: Site, from: From, arrival: Arrival, actor: Actor): Promise<Finished> => {
  const { vouched, source, journey } = arrival;
  const account = actor.accountId as string;
  const person = await personVouchedFor(site, vouched);
  if (person === 'contradiction') return refused(site, from, source.id, account, 'identity-source.contradiction');
  if (person && person.id !== actor.personId) return refused(site, from, source.id, account, 'identity-source.other-person');
  await asPlatform(site, async (tx) => {
    await linkTo(site, tx, from, source.id, keptOf(arrival), account);
    if (person) await site.use(Identity).outside.verify(tx, account, source.id);
  });
  site.use(Identity).outside.forget();
  return { outcome: 'linked', next: journey.next };
};

const prove = async (site: Site, from: From, arrival: Arrival, actor: Actor): Promise<Finished> => {
  const { vouched, source, journey } = arrival;
  const { outside } = site.use(Identity);
  const isTheirs = await asPlatform(site, async (tx) => {
    const known = await store.linkOf(tx, source.issuer, vouched.subject);
    if (known?.account !== actor.accountId) return false;
    await outside.proved(tx, actor.sessionId as string, vouched.proof);
    await remember(tx, actor.sessionId as string, known as store.LinkRow, keptOf(arrival));
    await site.audit.recordFor(tx, actor, { event: 'session.proved', subject: actor.accountId as string, detail: { source: source.id, level: vouched.proof } });
    return true;
  });
  outside.forget(actor.sessionId as string);
  return isTheirs ? { outcome: 'proved', next: journey.next } : refused(site, from, source.id, actor.accountId, 'identity-source.other-person');
};

/** What comes of an arrival. Linking and proving count for the very session that began them. */
export const settle = (site: Site, from: From, actor: Actor, arrival: Arrival, binding: string): Promise<Finished> => {
  const { journey, source } = arrival;
  if (journey.purpose === 'enter') return enter(site, from, arrival, binding);
  if (actor.kind !== 'citizen' || actor.sessionId === null || actor.sessionId !== journey.session) return refused(site, from, source.id, journey.account, 'identity-source.over');
  return journey.purpose === 'link' ? link(site, from, arrival, actor) : prove(site, from, arrival, actor);
};

/** The holder proves the account that has the number: now the source is linked to it. Throws `identity-source.over` or `.not-proved`. */
export const confirm = async (site: Site, from: From, body: BodyOf<typeof confirmOutside>): Promise<ResponseOf<typeof confirmOutside>> => {
  const { outside } = site.use(Identity);
  const hash = hashToken(body.challenge);
  const { challenge: _, binding, ...given } = body;
  const done = await asPlatform(site, async (tx) => {
    const waiting = await store.lockWaiting(tx, hash);
    if (!waiting || waiting.tries >= MOST_TRIES || !isSameText(waiting.binding_hash, hashToken(binding))) return 'over';
    const source = await store.sourceById(tx, waiting.source);
    if (!source?.active) return 'over';
    if (!(await outside.proves(tx, waiting.account, given))) {
      await store.countTry(tx, hash);
      await outside.refuse(tx, from, waiting.source, waiting.account);
      return 'not-proved';
    }
    await store.dropWaiting(tx, hash);
    const kept = JSON.parse(site.use(Opened).sealer.open(waiting.vouched, `waiting ${hash}`)) as Kept;
    // The holder proved the account here with all its factors: the session needs no second step.
    const way = await enterBy(site, tx, from, await linkTo(site, tx, from, waiting.source, kept, waiting.account), { ...kept, vouched: { ...kept.vouched, proof: given.code ?? given.recoveryCode ? 2 : kept.vouched.proof } });
    return { way, next: waiting.next };
  });
  if (done === 'over') throw fail('identity-source.over');
  if (done === 'not-proved') throw fail('identity-source.not-proved');
  const { token, session } = await told(site, done.way, done.next);
  if (token === undefined || session === undefined) throw fail('identity-source.not-proved');
  return { token, session, next: done.next };
};
