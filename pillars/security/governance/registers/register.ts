import type { Text } from '@zhengwu/contracts';

export interface Field {
  name: string;
  label: Text;
  kind: 'line' | 'text' | 'choice' | 'date' | 'number' | 'flag';
  required: boolean;
  options: readonly { value: string; label: Text }[];
}

export interface State {
  code: string;
  name: Text;
  /** Something is still to be done: a day that has passed makes it overdue. */
  open: boolean;
}

/** A step from state to state. */
export interface Act {
  code: string;
  name: Text;
  from: readonly string[];
  to: string;
  needs: 'keep' | 'approve' | 'inspect';
  /** Different people who must do it before it counts; 1 unless said. */
  people: number;
  /** Acts whose doers may not do this one: four eyes. */
  others: readonly string[];
  reason: boolean;
  /** Fields that the act asks for and sets. */
  fields: readonly string[];
  /** A proof that must stand at the entry: the record of something that really ran. */
  proof?: string;
  /** Days from the act to the day when it is due. */
  due?: number;
}

/** A living register of one domain, as data. */
export interface Register {
  code: string;
  /** 1 policy … 10 inspection. */
  domain: number;
  prefix: string;
  name: Text;
  keeper: 'keep' | 'inspect';
  fields: readonly Field[];
  states: readonly State[];
  acts: readonly Act[];
  /** What its day means; without it entries have none. */
  dueName?: Text;
  /** Entries must name who answers for them. */
  owned: boolean;
  /** Everybody concerned has to say that they have read it. */
  acknowledged: boolean;
  /** It must say its day from the start: what is granted without an end would never lapse. */
  dated: boolean;
  /** Where an entry goes by itself when its day has passed. */
  lapse?: { from: readonly string[]; to: string };
  /** Days to act in, by the value of a field. */
  clock?: { field: string; days: Readonly<Record<string, number>> };
  /** Months between two reviews of what stands. */
  reviewMonths?: number;
}

type Loose<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

export const text = (zh: string, en: string): Text => ({ zh, en });
const field = (kind: Field['kind']) => (name: string, zh: string, en: string, required = true): Field => ({ name, label: text(zh, en), kind, required, options: [] });
export const line = field('line');
export const para = field('text');
export const date = field('date');
export const number = field('number');
export const flag = field('flag');
export const choice = (name: string, zh: string, en: string, options: Readonly<Record<string, readonly [string, string]>>, required = true): Field => ({
  name, label: text(zh, en), kind: 'choice', required, options: Object.entries(options).map(([value, [czh, cen]]) => ({ value, label: text(czh, cen) })),
});
export const state = (code: string, zh: string, en: string, open = false): State => ({ code, name: text(zh, en), open });
export const act = (code: string, zh: string, en: string, from: string | readonly string[], to: string, more: Partial<Act> = {}): Act => ({
  code, name: text(zh, en), from: typeof from === 'string' ? [from] : from, to, needs: 'keep', people: 1, others: [], reason: false, fields: [], ...more,
});
export const register = (given: Loose<Register, 'keeper' | 'owned' | 'acknowledged' | 'dated'>): Register => Object.freeze({ keeper: 'keep', owned: true, acknowledged: false, dated: false, ...given });

/** Severities and the days within which they are to be put right. */
export const severity = choice('severity', '严重程度', 'Severity', { critical: ['严重', 'Critical'], high: ['高', 'High'], medium: ['中', 'Medium'], low: ['低', 'Low'] });
