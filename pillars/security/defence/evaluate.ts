import { distanceKm, type Located } from './places.ts';
import type { Kept } from './observation.ts';
import { groupOf, kindsOf, valueOf, type Rule, type Shape } from './rule.ts';

/** What a rule cannot know from observations alone. */
export interface Surroundings {
  isWorkingTime(at: number): boolean;
  placeOf(address: string): Located | undefined;
  /** Different files that the account usually opens in an hour; undefined while too little is known. */
  usualReads(account: string): number | undefined;
}

/** What is remembered of one group: the hits that still count, newest last. */
type Hits = readonly Kept[];
/** A rule's memory by group, the group unused for longest first. */
export type State = ReadonlyMap<string, Hits>;

export interface Finding {
  rule: string;
  version: number;
  /** The account, address or person that the rule fired for. */
  subject: string;
  at: number;
  /** The observations that together reached the threshold. */
  evidence: Hits;
  facts: Record<string, string | number>;
}

/** Groups remembered for one rule; of more, those unused for longest are forgotten. */
export const MOST_GROUPS = 20_000;
export const initial: State = new Map();

interface Judged {
  hits: Hits;
  facts?: Record<string, string | number>;
}

const limitOf = (rule: Rule, usual: { times: number; atLeast: number } | undefined, account: string, { usualReads }: Surroundings): number => {
  const known = usual && usualReads(account);
  return known === undefined || !usual ? rule.settings.threshold : Math.min(rule.settings.threshold, Math.max(usual.atLeast, Math.ceil(known * usual.times)));
};

const count = (rule: Rule, shape: Extract<Shape, { kind: 'count' }>, hits: Hits, next: Kept, key: string, around: Surroundings): Judged => {
  if (shape.offHours && around.isWorkingTime(next.at)) return { hits };
  const value = shape.distinct && valueOf(shape.distinct, next);
  if (value === null) return { hits };
  const others = shape.distinct ? hits.filter((one) => valueOf(shape.distinct!, one) !== value) : hits;
  const now = [...others, next];
  return now.length >= limitOf(rule, shape.usual, key, around) ? { hits: now, facts: { count: now.length } } : { hits: now };
};

const follow = (rule: Rule, { first, second }: Extract<Shape, { kind: 'sequence' }>, hits: Hits, next: Kept): Judged => {
  if (next.kind === first) return { hits: [next] };
  if (next.kind !== second || hits.length === 0) return { hits };
  const now = [...hits, next];
  return now.length > rule.settings.threshold ? { hits: now, facts: { count: now.length - 1 } } : { hits: now };
};

const travel = (rule: Rule, { atLeastKm }: Extract<Shape, { kind: 'travel' }>, hits: Hits, next: Kept, { placeOf }: Surroundings): Judged => {
  const here = next.address === null ? undefined : placeOf(next.address);
  if (!here) return { hits };
  const before = hits.at(-1);
  const there = before?.address ? placeOf(before.address) : undefined;
  if (!before || !there) return { hits: [next] };
  const km = distanceKm(there, here);
  const speed = km / Math.max(Math.abs(next.at - before.at) / 3_600_000, 1 / 60);
  return km >= atLeastKm && speed > rule.settings.threshold ? { hits: [before, next], facts: { km: Math.round(km), from: there.name.en, to: here.name.en } } : { hits: [next] };
};

const judge = (rule: Rule, hits: Hits, next: Kept, key: string, around: Surroundings): Judged => {
  const live = hits.filter((one) => one.at > next.at - rule.settings.windowSeconds * 1000);
  const { shape } = rule;
  if (shape.kind === 'count') return count(rule, shape, live, next, key, around);
  return shape.kind === 'sequence' ? follow(rule, shape, live, next) : travel(rule, shape, live, next, around);
};

/**
 * Judges observations, oldest first, by one rule. Pure: the same in, the same out, in whatever portions the observations come. A group that
 * fired begins anew, so that nothing is told twice and no memory grows beyond its threshold.
 */
export const evaluate = (rule: Rule, observations: readonly Kept[], state: State, around: Surroundings): { state: State; findings: Finding[] } => {
  const kinds = kindsOf(rule);
  const relevant = rule.settings.isOn ? observations.filter((one) => kinds.includes(one.kind)) : [];
  if (relevant.length === 0) return { state, findings: [] };
  const memory = new Map(state);
  const findings: Finding[] = [];
  for (const next of relevant) {
    const key = groupOf(rule.group, next);
    if (key === null) continue;
    const { hits, facts } = judge(rule, memory.get(key) ?? [], next, key, around);
    memory.delete(key);
    if (facts) findings.push({ rule: rule.id, version: rule.version, subject: key, at: next.at, evidence: hits, facts });
    // What was travelled to is where the next journey begins.
    const kept = facts ? (rule.shape.kind === 'travel' ? hits.slice(-1) : []) : hits;
    if (kept.length > 0) memory.set(key, kept);
    if (memory.size > MOST_GROUPS) memory.delete(memory.keys().next().value as string);
  }
  return { state: memory, findings };
};
