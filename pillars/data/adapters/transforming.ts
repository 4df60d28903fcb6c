import type { Refusal, Step } from './flow.ts';

export type Cells = Record<string, unknown>;
/** Records of a register by key, in the order asked; null where there is none. */
export type LookUp = (register: string, keys: readonly string[]) => Promise<(Cells | null)[]>;

/** A row on its way: its cells, or why it goes no further. */
export type Passing = { row: number; cells: Cells } | Refusal;

export const isRefused = (one: Passing): one is Refusal => 'code' in one;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');

const masked = (text: string, first: number, last: number): string => {
  const letters = [...text];
  return first + last >= letters.length ? '*'.repeat(letters.length) : letters.map((letter, at) => (at < first || at >= letters.length - last ? letter : '*')).join('');
};

const pickOf = (fields: Record<string, string>, cells: Cells): Cells => Object.fromEntries(Object.entries(fields).map(([field, column]) => [field, cells[column] ?? null]));

type Alone = Exclude<Step, { do: 'join' }>;
type Wrong = Pick<Refusal, 'code' | 'field'>;

const changes: { [K in Alone['do']]: (step: Extract<Alone, { do: K }>, cells: Cells) => { cells: Cells } | Wrong } = {
  pick: ({ fields }, cells) => ({ cells: pickOf(fields, cells) }),
  set: ({ field, value }, cells) => ({ cells: { ...cells, [field]: value } }),
  number: ({ field }, cells) => {
    const text = textOf(cells[field]).trim();
    if (text === '') return { cells: { ...cells, [field]: null } };
    return /^-?\d+(\.\d+)?$/.test(text) ? { cells: { ...cells, [field]: Number(text) } } : { code: 'adapter.no-number', field };
  },
  translate: ({ field, codes }, cells) => {
    const code = textOf(cells[field]).trim();
    return Object.hasOwn(codes, code) ? { cells: { ...cells, [field]: codes[code] } } : { code: 'adapter.no-code', field };
  },
  mask: ({ field, first, last }, cells) => ({ cells: { ...cells, [field]: masked(textOf(cells[field]), first, last) } }),
};

const change = (step: Alone, cells: Cells) => (changes[step.do] as (step: Alone, cells: Cells) => { cells: Cells } | Wrong)(step, cells);

const join = async (step: Extract<Step, { do: 'join' }>, rows: readonly Passing[], lookUp: LookUp): Promise<Passing[]> => {
  const keys = [...new Set(rows.flatMap((one) => (isRefused(one) ? [] : [textOf(one.cells[step.by])])))];
  const records = await lookUp(step.register, keys);
  const found = new Map(keys.map((key, at) => [key, records[at] ?? null]));
  return rows.map((one) => {
    if (isRefused(one)) return one;
    const record = found.get(textOf(one.cells[step.by]));
    return record ? { row: one.row, cells: { ...one.cells, ...pickOf(step.fields, record) } } : { row: one.row, code: 'adapter.no-record', field: step.by };
  });
};

const isKept = (value: unknown): boolean => {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  return typeof value !== 'object' || value === null || Object.entries(value).every(([name, inner]) => isKept(name) && isKept(inner));
};

/** What no database can keep as text (U+0000, half a surrogate pair) is refused by its row, not found out by the turn. */
const sound = (one: Passing): Passing => {
  if (isRefused(one) || isKept(one.cells)) return one;
  const field = Object.entries(one.cells).find(([, value]) => !isKept(value))?.[0];
  return { row: one.row, code: 'adapter.text', ...(field !== undefined && isKept(field) ? { field } : {}) };
};

/** Carries the steps out on some rows; a join asks once for all of them. */
export const transform = async (steps: readonly Step[], rows: readonly Passing[], lookUp: LookUp): Promise<Passing[]> => {
  let passing: Passing[] = rows.map(sound);
  for (const step of steps) {
    passing = step.do === 'join'
      ? await join(step, passing, lookUp)
      : passing.map((one) => (isRefused(one) ? one : { row: one.row, ...change(step, one.cells) }));
  }
  return passing;
};
