import type { RuleSettings, Text } from '@zhengwu/contracts';
import { accountOf, callerOf, type Kind, type Observation } from './observation.ts';

/** By what observations are told apart before they are counted. */
export type Group = 'account' | 'address' | 'caller' | 'person';
export type Distinct = 'account' | 'address' | 'subject';

/** How a rule counts; all plain data. */
export type Shape =
  /** So many, or so many different ones, in the window; `offHours`: outside working hours only; `usualTimes`: also beyond so many times what is usual, from `atLeast` on. */
  | { kind: 'count'; of: readonly Kind[]; distinct?: Distinct; offHours?: boolean; usual?: { times: number; atLeast: number } }
  /** So many of the second kind within the window after one of the first. */
  | { kind: 'sequence'; first: Kind; second: Kind }
  /** Two of one kind from places farther apart than the threshold, in km/h, allows. */
  | { kind: 'travel'; of: Kind; atLeastKm: number };

export interface RuleText {
  name: Text;
  about: Text;
  measure: Text;
}

export interface Rule {
  id: string;
  version: number;
  group: Group;
  shape: Shape;
  settings: RuleSettings;
  text: RuleText;
}

export const groupOf = (group: Group, one: Observation): string | null =>
  group === 'account' ? accountOf(one) : group === 'address' ? one.address : group === 'person' ? one.person : callerOf(one);

export const valueOf = (distinct: Distinct, one: Observation): string | null =>
  distinct === 'account' ? accountOf(one) : distinct === 'address' ? one.address : one.subject;

/** Kinds that a rule looks at; others leave its state as it is. */
export const kindsOf = ({ shape }: Rule): readonly Kind[] => (shape.kind === 'sequence' ? [shape.first, shape.second] : shape.kind === 'travel' ? [shape.of] : shape.of);
