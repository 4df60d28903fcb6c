import type { Actor, ReorganisationResult } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { Directory } from './directory.ts';
import { fail } from './errors.ts';
import * as store from './store.ts';
import { asPlatform } from './store-flow.ts';
import * as plans from './store-reorganisation.ts';

type Followed = ReorganisationResult['followed'];
type Moves = plans.Stepped['moves'];

/** Lets the other modules' rows follow; what was there before must be there afterwards. */
const follow = async (site: Site, tx: Tx, moves: Moves, before: readonly number[], actor: Actor, document: string): Promise<Followed> => {
  const followed: Followed = [];
  const touched = departmentsOf(moves);
  for (const [index, { code, name, count, follow: run }] of site.use(Directory).followers.entries()) {
    let moved = 0;
    for (const move of moves) moved += await run(tx, { ...move, actor, document });
    const after = await count(tx, touched);
    const was = before[index] ?? 0;
    if (after !== was) throw fail('reorganisation.lost', { before: was, after });
    followed.push({ code, name, moved, before: was, after });
  }
  return followed;
};

const departmentsOf = (moves: Moves): number[] => [...new Set(moves.flatMap(({ from, to }) => [from, to]))];

const without = (all: ReadonlySet<number>, others: ReadonlySet<number>): number => [...all].filter((one) => !others.has(one)).length;

const changedReach = (before: Awaited<ReturnType<typeof plans.reaches>>, after: Awaited<ReturnType<typeof plans.reaches>>): ReorganisationResult['reach'] => {
  const people = [...after].flatMap(([id, { name, departments }]) => {
    const was = before.get(id)?.departments ?? new Set<number>();
    const change = { name, gained: without(departments, was), lost: without(was, departments) };
    return change.gained + change.lost > 0 ? [change] : [];
  });
  return { count: people.length, people: people.slice(0, 100) };
};

/** Carries the steps out in this transaction, first in the actor's name, then the followers as the platform. */
export const carryOut = async (site: Site, tx: Tx, actor: Actor, plan: plans.Plan): Promise<ReorganisationResult> => {
  await store.because(tx, plan.document);
  const { followers } = site.use(Directory);
  const before = await plans.reaches(tx);
  const moves: Moves = [];
  let posts = 0;
  for (const step of plan.steps) {
    const done = await plans.step(tx, step);
    moves.push(...done.moves);
    posts += done.posts;
  }
  await store.settle(tx);
  const [people, reach, conflicts] = [await plans.peopleIn(tx, departmentsOf(moves)), changedReach(before, await plans.reaches(tx)), await plans.conflicts(tx)];
  await asPlatform(tx, site.database.system);
  const counts: number[] = [];
  for (const one of followers) counts.push(await one.count(tx, departmentsOf(moves)));
  return { posts, people, followed: await follow(site, tx, moves, counts, actor, plan.document), reach, conflicts };
};

/** Thrown to undo a trial; what it found out goes along. */
class Undone extends Error {
  readonly result: ReorganisationResult;
  constructor(result: ReorganisationResult) {
    super('a trial is undone');
    this.result = result;
  }
}

/** Carries the plan out and undoes it: what it would come to. */
export const tryOut = (site: Site, actor: Actor, plan: plans.Plan): Promise<ReorganisationResult> =>
  site.database.as(actor, async (tx): Promise<ReorganisationResult> => {
    throw new Undone(await carryOut(site, tx, actor, plan));
  }).catch((error: unknown) => {
    if (error instanceof Undone) return error.result;
    throw error;
  });

/** Carries a plan out on its day or later, whole or not at all; the plan, the figures and the trail say by which document. */
export const run = (site: Site, actor: Actor, id: string): Promise<ReorganisationResult> => site.database.as(actor, async (tx) => {
  const plan = await plans.openPlan(tx, id);
  if (!plan) throw fail('reorganisation.unknown');
  if (plan.effectiveOn > dayOf(site.clock.now())) throw fail('reorganisation.too-early', { day: plan.effectiveOn });
  const result = await carryOut(site, tx, actor, plan);
  await plans.closePlan(tx, id, actor.name, result);
  await site.audit.recordFor(tx, actor, { event: 'reorganisation.done', subject: id, detail: { document: plan.document, steps: plan.steps, posts: result.posts, people: result.people, followed: result.followed } });
  await site.events.append(tx, { type: 'directory.reorganised', subject: id, payload: { document: plan.document } });
  return result;
});

/** Carries out what is due, each plan in its planner's name; one that can't be carried out stays planned and is told to the log. */
export const runDue = async (site: Site): Promise<number> => {
  const due = await site.database.as(site.database.system, (tx) => plans.duePlans(tx, dayOf(site.clock.now())), { readOnly: true });
  let done = 0;
  for (const { id, person, name } of due) {
    const actor: Actor = {
      kind: 'official', accountId: null, personId: person, name, subjects: [], onBehalfOf: null, scope: 'all', departments: [], homeDepartments: [], posts: [], permissions: {}, clearance: 0, assurance: 1,
      sessionId: null, requestId: 'reorganisation.due', address: '',
    };
    try {
      await run(site, actor, id);
      done += 1;
    } catch (error) {
      site.log.error({ error, plan: id }, 'a planned reorganisation could not be carried out');
    }
  }
  return done;
};
