import type { Text } from '@zhengwu/contracts';
import type { FactSource, Need } from '@zhengwu/pack';
import type { Held } from '@zhengwu/registers';
import { valueOf } from './feel.ts';

/** Somebody of whom a need must be true: their number, with what else the application says of them. */
export type About = Readonly<Record<string, unknown>> & { number: string };

/** Whether a fact holds, and who said so. */
export interface Established {
  code: string;
  statement: Text;
  authority: Text;
  holds: boolean;
  /** The source that said yes; null where none did. */
  by: Text | null;
  /** Of how many people or institutions it had to be true. */
  people: number;
}

const MOST = 60;
const LONGEST = 100;

const aboutOf = (one: unknown): About[] => {
  const about = typeof one === 'string' ? { number: one } : (one as About | null);
  return typeof about?.number === 'string' && about.number !== '' && about.number.length <= LONGEST ? [about] : [];
};

/** Of whom the need must be true; the applicant unless the service says otherwise, at most 60. */
export const peopleOf = (need: Need, scope: Readonly<Record<string, unknown>>): About[] => {
  const { value } = valueOf(need.of ?? 'applicant.identifier', scope);
  const all = [value].flat().flatMap(aboutOf);
  return all.filter((one, i) => all.findIndex(({ number }) => number === one.number) === i).slice(0, MOST);
};

/** What can be asked of: registers by number, and what the applicant holds. */
export interface Evidence {
  applicant: string;
  today: string;
  looked(register: string, key: string): Held | null;
  licence(type: string): Text | undefined;
  nameOf(register: string): Text;
}

const saysYes = (source: FactSource, about: About, evidence: Evidence): Text | undefined => {
  if ('licence' in source) return about.number === evidence.applicant ? evidence.licence(source.licence) : undefined;
  const record = evidence.looked(source.register, about.number);
  if (!record) return undefined;
  const fits = source.holds === undefined || valueOf(source.holds, { record: record.data, about, today: evidence.today }).value === true;
  return fits ? evidence.nameOf(source.register) : undefined;
};

/** Asks the sources in their order; a need holds when somebody vouches for each of whom it must be true. */
export const establish = (need: Need, people: readonly About[], evidence: Evidence): Established => {
  const vouched = people.map((about) => need.sources.map((source) => saysYes(source, about, evidence)).find((by) => by !== undefined));
  const holds = people.length > 0 && vouched.every((by) => by !== undefined);
  return { code: need.code, statement: need.statement, authority: need.authority, holds, by: holds ? (vouched[0] ?? null) : null, people: people.length };
};
