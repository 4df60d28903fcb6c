import type { AdapterFlow, AdapterSchedule, AdapterStep, listAdapters, ResponseOf } from '@zhengwu/contracts';

/** What a flow may lead to and call. */
export type Choices = Pick<ResponseOf<typeof listAdapters>, 'registers' | 'topics' | 'connections'>;

/** `a=b` a line, as a person types it; what has no `=` or no name is left out. */
export const pairsOf = (text: string): Record<string, string> =>
  Object.fromEntries(text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    const [name, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    return at < 0 || name === '' || value === '' ? [] : [[name, value] as const];
  }));
export const linesOf = (pairs: Readonly<Record<string, string>>): string => Object.entries(pairs).map(([name, value]) => `${name}=${value}`).join('\n');

export const stepKinds = ['pick', 'set', 'number', 'translate', 'mask', 'join'] as const;
/** A step as it is typed: all fields of all kinds, so that changing the kind loses nothing. */
export interface TypedStep {
  do: (typeof stepKinds)[number];
  pairs: string;
  field: string;
  value: string;
  /** The value as it was kept: a number that nobody touches stays one. */
  kept: string | number | boolean | null;
  first: number;
  last: number;
  register: string;
}
export const emptyStep: TypedStep = { do: 'pick', pairs: '', field: '', value: '', kept: null, first: 0, last: 0, register: '' };

export const typedOf = (step: AdapterStep): TypedStep => {
  const typed = { ...emptyStep, do: step.do };
  if (step.do === 'pick') return { ...typed, pairs: linesOf(step.fields) };
  if (step.do === 'join') return { ...typed, pairs: linesOf(step.fields), register: step.register, field: step.by };
  if (step.do === 'translate') return { ...typed, pairs: linesOf(step.codes), field: step.field };
  if (step.do === 'mask') return { ...typed, field: step.field, first: step.first, last: step.last };
  if (step.do === 'set') return { ...typed, field: step.field, value: String(step.value ?? ''), kept: step.value };
  return { ...typed, field: step.field };
};

export const stepOf = ({ do: kind, pairs, field: typed, value, kept, first, last, register }: TypedStep): AdapterStep => {
  const field = typed.trim();
  switch (kind) {
    case 'pick': return { do: kind, fields: pairsOf(pairs) };
    case 'join': return { do: kind, register, by: field, fields: pairsOf(pairs) };
    case 'translate': return { do: kind, field, codes: pairsOf(pairs) };
    case 'mask': return { do: kind, field, first, last };
    case 'set': return { do: kind, field, value: value === String(kept ?? '') ? kept : value === '' ? null : value };
    case 'number': return { do: kind, field };
  }
};

/** A step that lacks what it needs. */
export const isWhole = ({ do: kind, pairs, field, register }: TypedStep): boolean =>
  (kind === 'pick' || field.trim() !== '') && (kind !== 'join' || register !== '') && (!['pick', 'translate', 'join'].includes(kind) || Object.keys(pairsOf(pairs)).length > 0);

export const sourceKinds = ['folder', 'remote', 'table', 'topic'] as const;
export const sinkKinds = ['register', 'topic', 'table', 'post', 'drop'] as const;
type Source = AdapterFlow['source'];
type Sink = AdapterFlow['sink'];

/** A flow as it is typed: all fields of all kinds, so that changing a kind loses nothing. */
export interface TypedFlow {
  code: string;
  zh: string;
  en: string;
  from: (typeof sourceKinds)[number];
  folder: string;
  connection: string;
  path: string;
  table: string;
  tableKey: string;
  changes: 'transaction' | 'column';
  column: string;
  settleSeconds: number;
  followed: string;
  begin: 'now' | 'beginning';
  format: 'csv' | 'xlsx' | 'jsonl' | 'parquet';
  encoding: 'utf-8' | 'gb18030';
  steps: TypedStep[];
  into: (typeof sinkKinds)[number];
  /** Code of a register or a topic; a table; a path. */
  target: string;
  targetConnection: string;
  dropFormat: 'csv' | 'jsonl';
  key: string;
  validFrom: string;
  when: 'byHand' | 'everySeconds' | 'dailyAt';
  seconds: number;
  time: string;
}
export const emptyFlow: TypedFlow = {
  code: '', zh: '', en: '', from: 'folder', folder: '', connection: '', path: '', table: '', tableKey: '', changes: 'transaction', column: '', settleSeconds: 60, followed: '', begin: 'now', format: 'csv', encoding: 'utf-8', steps: [],
  into: 'register', target: '', targetConnection: '', dropFormat: 'csv', key: '', validFrom: '', when: 'byHand', seconds: 300, time: '02:00',
};

/** Part of the form of a flow. */
export interface Part {
  typed: TypedFlow;
  change: (more: Partial<TypedFlow>) => void;
}

const scheduleOf = ({ from, when, seconds, time }: TypedFlow): AdapterSchedule => (when === 'byHand' || from === 'topic' ? null : when === 'everySeconds' ? { everySeconds: seconds } : { dailyAt: time });

const sourceOf = ({ from, folder, connection, path, table, tableKey, changes, column, settleSeconds, followed, begin, format, encoding }: TypedFlow): Source => {
  if (from === 'topic') return { kind: from, topic: followed, from: begin };
  if (from === 'table') return { kind: from, connection, table: table.trim(), key: tableKey.trim(), changes: changes === 'transaction' ? { by: changes } : { by: changes, column: column.trim(), settleSeconds } };
  return from === 'folder' ? { kind: from, folder: folder.trim(), format, encoding } : { kind: from, connection, path: path.trim(), format, encoding };
};

const sinkOf = ({ into, target, targetConnection: connection, dropFormat, key: typed, validFrom }: TypedFlow): Sink => {
  const [name, key] = [target.trim(), typed.trim()];
  if (into === 'register') return { register: name, key, validFrom };
  if (into === 'topic') return { topic: name, key };
  if (into === 'drop') return { drop: name, connection: connection === '' ? null : connection, format: dropFormat, key };
  return into === 'table' ? { table: name, connection, key } : { post: name, connection, key };
};

export const flowOf = (typed: TypedFlow): Omit<AdapterFlow, 'code'> => ({ name: { zh: typed.zh.trim(), en: typed.en.trim() }, source: sourceOf(typed), steps: typed.steps.map(stepOf), sink: sinkOf(typed), schedule: scheduleOf(typed) });

const typedSource = (source: Source): Partial<TypedFlow> => {
  if (source.kind === 'topic') return { from: source.kind, followed: source.topic, begin: source.from };
  if (source.kind !== 'table') {
    const { kind, ...rest } = source;
    return { from: kind, ...rest };
  }
  const { kind, connection, table, key, changes } = source;
  return { from: kind, connection, table, tableKey: key, ...(changes.by === 'column' ? { changes: 'column', column: changes.column, settleSeconds: changes.settleSeconds } : { changes: 'transaction' }) };
};

const typedSink = (sink: Sink): Partial<TypedFlow> => {
  if ('register' in sink) return { into: 'register', target: sink.register, validFrom: sink.validFrom };
  if ('topic' in sink) return { into: 'topic', target: sink.topic };
  if ('drop' in sink) return { into: 'drop', target: sink.drop, targetConnection: sink.connection ?? '', dropFormat: sink.format };
  return 'table' in sink ? { into: 'table', target: sink.table, targetConnection: sink.connection } : { into: 'post', target: sink.post, targetConnection: sink.connection };
};

export const typedFlowOf = ({ code, name, source, steps, sink, schedule }: AdapterFlow): TypedFlow => ({
  ...emptyFlow, code, ...name, ...typedSource(source), ...typedSink(sink), steps: steps.map(typedOf), key: sink.key,
  ...(schedule === null ? {} : 'dailyAt' in schedule ? { when: 'dailyAt' as const, time: schedule.dailyAt } : { when: 'everySeconds' as const, seconds: schedule.everySeconds }),
});

const needs: Record<TypedFlow['from'], (keyof TypedFlow)[]> = { folder: ['folder'], remote: ['connection', 'path'], table: ['connection', 'table', 'tableKey'], topic: ['followed'] };
const wants: Record<TypedFlow['into'], (keyof TypedFlow)[]> = { register: ['validFrom'], topic: [], table: ['targetConnection'], post: ['targetConnection'], drop: [] };

/** Enough is typed to look at what rows would become. */
export const mayLook = (typed: TypedFlow): boolean =>
  [...needs[typed.from], ...(typed.from === 'table' && typed.changes === 'column' ? ['column' as const] : []), 'target' as const, 'key' as const, ...wants[typed.into]].every((name) => String(typed[name]).trim() !== '') && typed.steps.every(isWhole);
export const mayKeep = (typed: TypedFlow): boolean => mayLook(typed) && /^[a-z][a-z0-9-]{0,62}$/.test(typed.code) && typed.zh.trim() !== '' && typed.en.trim() !== '' && (typed.from !== 'topic' || !['register', 'topic'].includes(typed.into));
