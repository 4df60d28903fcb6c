import { labelLevels, type Actor, type EntryRow } from '@zhengwu/contracts';
import { fail } from './errors.ts';
import { registerOf } from './registers/all.ts';
import type { Act, Field, Register } from './registers/register.ts';

export interface Entry {
  id: string;
  number: string;
  register: string;
  title: string;
  fields: Record<string, unknown>;
  department: number;
  owner: string | null;
  state: string;
  due: string | null;
  review: string | null;
  escalated: boolean;
  version: number;
  createdAt: string;
  /** Label, 0 public to 4 绝密; internal until it is raised. */
  secrecy?: number;
}

/** What somebody did before: by it the next step knows who has to be another person. */
export interface Deed {
  act: string;
  person: string | null;
}

export const knownRegister = (code: string): Register => {
  const found = registerOf(code);
  if (!found) throw fail('governance.no-register', { register: code });
  return found;
};

const fits = ({ kind, options }: Field, value: unknown): boolean => {
  switch (kind) {
    case 'number': return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 1e9;
    case 'flag': return typeof value === 'boolean';
    case 'date': return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
    case 'choice': return options.some((one) => one.value === value);
    default: return typeof value === 'string' && !value.includes('\0') && value.trim().length > 0 && value.length <= (kind === 'line' ? 200 : 4000);
  }
};

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** The values without empty ones; throws `governance.bad-fields` with every fault at its field. */
export const checkFields = ({ fields }: Register, given: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const known = new Map(fields.map((one) => [one.name, one]));
  const issues = [
    ...Object.keys(given).filter((name) => !known.has(name)).map((name) => ({ path: `/fields/${name}`, code: 'field.unknown' })),
    ...fields.filter((one) => one.required && isEmpty(given[one.name])).map((one) => ({ path: `/fields/${one.name}`, code: 'field.required' })),
    ...fields.filter((one) => !isEmpty(given[one.name]) && !fits(one, given[one.name])).map((one) => ({ path: `/fields/${one.name}`, code: 'field.invalid' })),
  ];
  if (issues.length > 0) throw fail('governance.bad-fields', { count: issues.length }, { issues });
  return Object.fromEntries(Object.entries(given).filter(([, value]) => !isEmpty(value)));
};

/** A day so many days later, YYYY-MM-DD. */
export const laterBy = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The day by which it is due: what was given, or by the register's clock. */
export const dueOf = ({ clock }: Register, fields: Readonly<Record<string, unknown>>, given: string | null, today: string): string | null => {
  const days = clock?.days[String(fields[clock.field])];
  if (days === undefined) return given;
  // A clock cannot be set slower than the rule, only faster.
  const latest = laterBy(today, days);
  return given !== null && given < latest ? given : latest;
};

export const isOpen = ({ register, state }: Pick<Entry, 'register' | 'state'>): boolean => registerOf(register)?.states.find(({ code }) => code === state)?.open ?? false;
export const isOverdue = (entry: Pick<Entry, 'register' | 'state' | 'due'>, today: string): boolean => isOpen(entry) && entry.due !== null && entry.due < today;

/** The act of that name in this state; throws `governance.wrong-state`. */
export const actOf = (entry: Entry, code: string, needs: Act['needs']): Act => {
  const { acts } = knownRegister(entry.register);
  const found = acts.find((one) => one.code === code && one.needs === needs && one.from.includes(entry.state));
  if (!found) throw fail('governance.wrong-state', { state: entry.state, act: code });
  return found;
};

/** Deeds since the entry last came into the first state of its present round: a new edition is a new round. */
const roundOf = (deeds: readonly Deed[]): readonly Deed[] => deeds.slice(Math.max(0, deeds.findLastIndex(({ act }) => act === 'revise' || act === 'lesson')));

/** Four eyes: who did one of the acts before this one does not do it. */
export const checkOthers = ({ others }: Act, deeds: readonly Deed[], person: string | null): void => {
  const own = roundOf(deeds).find((deed) => deed.person !== null && deed.person === person && others.includes(deed.act));
  if (own) throw fail('governance.other-person', { act: own.act });
};

/** What this person could do with the entry now. */
export const possibleActs = (entry: Entry, deeds: readonly Deed[], actor: Pick<Actor, 'permissions' | 'personId'>): Act[] =>
  knownRegister(entry.register).acts.filter((act) => {
    if (!act.from.includes(entry.state) || !Object.hasOwn(actor.permissions, `governance.${act.needs}`)) return false;
    return !roundOf(deeds).some((deed) => deed.person !== null && deed.person === actor.personId && act.others.includes(deed.act));
  });

/** The entry after an act on a day. */
export const afterAct = (entry: Entry, act: Act, given: Readonly<Record<string, unknown>>, today: string): Entry => {
  const register = knownRegister(entry.register);
  const taken = Object.fromEntries(Object.entries(given).filter(([name]) => act.fields.includes(name)));
  const fields = checkFields(register, { ...entry.fields, ...taken });
  const review = register.reviewMonths !== undefined && act.to !== entry.state ? laterBy(today, register.reviewMonths * 30) : entry.review;
  const fresh = act.to === 'open' && register.clock ? dueOf(register, fields, null, today) : entry.due;
  return { ...entry, fields, state: act.to, due: act.due === undefined ? fresh : laterBy(today, act.due), review, escalated: act.due === undefined && act.to === entry.state && entry.escalated };
};

export const rowOf = (entry: Entry, names: ReadonlyMap<string, string>, today: string): EntryRow => ({
  id: entry.id, label: labelLevels[entry.secrecy ?? 1] ?? 'topSecret', number: entry.number, register: entry.register, title: entry.title, state: entry.state, department: entry.department,
  owner: entry.owner === null ? null : { id: entry.owner, name: names.get(entry.owner) ?? '' },
  dueAt: entry.due, reviewAt: entry.review, overdue: isOverdue(entry, today), escalated: entry.escalated, version: entry.version,
});
