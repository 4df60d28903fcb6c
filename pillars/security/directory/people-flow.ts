import type { Actor, BodyOf, ResponseOf, joinPerson, leavePerson, movePerson, previewLeaving } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { isZhengwuError } from '@zhengwu/errors';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import type { Going } from './belongings.ts';
import { Directory } from './directory.ts';
import { orPropose, writePosts } from './duties.ts';
import { fail } from './errors.ts';
import * as store from './store.ts';
import * as flow from './store-flow.ts';
import { tieNames } from './words.ts';

type Done = ResponseOf<typeof leavePerson>;
type Item = Done['items'][number];

/** What is done beside a step, in its transaction and with the actor's own rights: all of it or nothing. */
export type Beside = (tx: Tx, person: string) => Promise<void>;

/** A change of administrators' powers becomes a proposal of the person who makes it; what no person does is refused. */
const mayPropose = (actor: Actor, error: unknown): boolean => isZhengwuError(error) && error.code === 'duty.second-needed' && actor.personId !== null;

/** An application acts with an official's rights and is nobody; the trail calls it what it is, as `directory.because` does. */
const named = (actor: Actor): Actor => (actor.kind === 'official' && actor.personId === null ? { ...actor, kind: 'application' } : actor);

/** What a person holds, as the directory and each other module count it. */
export const previewOf = (site: Site, id: string): Promise<ResponseOf<typeof previewLeaving>> => site.database.as(site.database.system, async (tx) => {
  const person = await store.person(tx, id);
  if (!person) throw fail('directory.unknown');
  const ties = await flow.tiesOf(tx, id);
  const own = (['posts', 'delegations', 'mandates'] as const).map((code) => ({ code, name: tieNames[code], count: ties[code], moved: code !== 'mandates' }));
  const others = [];
  for (const { code, name, moved, count } of site.use(Directory).flow.belongings) others.push({ code, name, moved, count: await count(tx, id) });
  return { name: person.name, version: person.version, active: person.active, items: [...own, ...others] };
}, { readOnly: true });

/** Enters a person with account and posts; posts of administrators wait for a second one. Throws `people.account-taken`. */
export const join = async (site: Site, actor: Actor, { posts, reason, ...given }: BodyOf<typeof joinPerson>, beside?: Beside): Promise<ResponseOf<typeof joinPerson>> => {
  const id = uuidv7();
  const enter = (seats: readonly string[]) => site.database.as(actor, async (tx) => {
    await store.because(tx, reason);
    if (!(await flow.insertPerson(tx, { id, ...given }))) throw fail('people.account-taken');
    if (seats.length > 0) await writePosts(site, tx, id, { version: 1, posts: seats }, reason);
    await site.audit.record(tx, { event: 'people.joined', subject: id, detail: { name: given.name, account: given.account, clearance: given.clearance, posts: seats, reason } });
    await beside?.(tx, id);
    await flow.asPlatform(tx, site.database.system);
    const password = await site.use(Directory).flow.openAccount?.(tx, { username: given.account, person: id, name: given.name });
    if (!password) throw fail('people.account-taken');
    return password;
  });
  try {
    return { id, account: given.account, password: await enter(posts), proposal: null };
  } catch (error) {
    if (!mayPropose(actor, error)) throw error;
  }
  const password = await enter([]);
  return { id, account: given.account, password, proposal: await appoint(site, actor, id, posts, reason) };
};

/** Posts that a second administrator has to agree to. */
const appoint = async (site: Site, actor: Actor, person: string, posts: readonly string[], reason: string): Promise<string | null> => {
  const version = (await site.database.as(actor, (tx) => store.person(tx, person)))?.version ?? 0;
  const made = await orPropose(site, actor, { kind: 'posts', subject: person, change: { posts }, reason }, (tx) => writePosts(site, tx, person, { version, posts }, reason));
  return 'proposed' in made ? made.proposed : null;
};

const successorOf = async (tx: Tx, person: string, successor: string | null): Promise<Going['successor']> => {
  if (successor === null) return null;
  const [found] = successor === person ? [] : await store.officials(tx, [successor]);
  if (!found) throw fail('people.no-successor');
  return found;
};

/** Hands over what other modules keep, ends stand-ins; runs as the platform from here on. */
const handOver = async (site: Site, tx: Tx, going: Going, isMove: boolean): Promise<Item[]> => {
  await flow.asPlatform(tx, site.database.system);
  const ties = await flow.endTies(tx, going.person);
  const items: Item[] = [{ code: 'delegations', name: tieNames.delegations, count: ties.delegations }, { code: 'mandates', name: tieNames.mandates, count: ties.mandates }];
  for (const { code, name, moved, end } of site.use(Directory).flow.belongings) if (moved || !isMove) items.push({ code, name, count: await end(tx, going) });
  return items;
};

/** Posts change, stand-ins end, work in hand goes to the successor or back to its queue: all or nothing. */
export const move = async (site: Site, actor: Actor, person: string, body: BodyOf<typeof movePerson>, beside?: Beside): Promise<Done> => {
  const work = async (tx: Tx, posts: readonly string[]): Promise<Item[]> => {
    await writePosts(site, tx, person, { version: body.version, posts }, body.reason);
    const successor = await successorOf(tx, person, body.successor);
    await site.events.append(tx, { type: 'person.moved', subject: person, payload: { person, posts: [...posts] } });
    await beside?.(tx, person);
    const items = body.handOver ? await handOver(site, tx, { person, successor, actor, reason: body.reason }, true) : [];
    await site.audit.recordFor(tx, named(actor), { event: 'people.moved', subject: person, detail: { posts, successor: successor?.id ?? null, reason: body.reason, ...figures(items) } });
    return items;
  };
  try {
    return { items: await site.database.as(actor, (tx) => work(tx, body.posts)), proposal: null };
  } catch (error) {
    if (!mayPropose(actor, error)) throw error;
  }
  return { items: [], proposal: await appoint(site, actor, person, body.posts, body.reason) };
};

const figures = (items: readonly Item[]): Record<string, number> => Object.fromEntries(items.map(({ code, count }) => [code, count]));

/** Posts, account, sessions, stand-ins and mandates end at once, work in hand is handed over; certificates follow by the event `person.left`. */
export const leave = (site: Site, actor: Actor, person: string, { version, successor: wanted, reason }: BodyOf<typeof leavePerson>, beside?: Beside): Promise<Done> => site.database.as(actor, async (tx) => {
  if (person === actor.personId) throw fail('people.self');
  await store.because(tx, reason);
  const successor = await successorOf(tx, person, wanted);
  const posts = await flow.closePerson(tx, person, version);
  if (posts === null) throw fail('directory.changed');
  await store.settle(tx);
  await site.events.append(tx, { type: 'person.left', subject: person, payload: { person, successor: successor?.id ?? null, by: actor.personId } });
  await beside?.(tx, person);
  const items = [{ code: 'posts', name: tieNames.posts, count: posts }, ...await handOver(site, tx, { person, successor, actor, reason }, false)];
  await site.audit.recordFor(tx, named(actor), { event: 'people.left', subject: person, detail: { successor: successor?.id ?? null, reason, ...figures(items) } });
  return { items, proposal: null };
});

/** Who left comes back to the same person and account, with a new one-time password; posts are given anew and never come back by themselves. */
export const comeBack = (site: Site, actor: Actor, person: string, { version, posts, reason }: { version: number; posts: readonly string[]; reason: string }, beside?: Beside): Promise<{ password: string | null }> =>
  site.database.as(actor, async (tx) => {
    await store.because(tx, reason);
    if (!(await flow.reopenPerson(tx, person, version))) throw fail('directory.changed');
    if (posts.length > 0) await writePosts(site, tx, person, { version: version + 1, posts }, reason);
    await site.events.append(tx, { type: 'person.returned', subject: person, payload: { person, posts: [...posts] } });
    await site.audit.record(tx, { event: 'people.returned', subject: person, detail: { posts, reason } });
    await beside?.(tx, person);
    await flow.asPlatform(tx, site.database.system);
    return { password: (await site.use(Directory).flow.reopenAccount?.(tx, person)) ?? null };
  });

/** Corrects what is known of a person in a step's transaction; the account follows a new name by the event `person.renamed`. */
export const amend = async (site: Site, tx: Tx, person: string, given: { name: string; phone: string | null; email: string | null; reason: string }): Promise<void> => {
  await store.because(tx, given.reason);
  const before = await store.person(tx, person);
  if (!before || !(await flow.amendPerson(tx, person, given))) throw fail('directory.unknown');
  if (before.name !== given.name) await site.events.append(tx, { type: 'person.renamed', subject: person, payload: { person, name: given.name } });
  await site.audit.record(tx, { event: 'people.amended', subject: person, detail: { reason: given.reason, ...(before.name === given.name ? {} : { from: before.name, to: given.name }) } });
};
