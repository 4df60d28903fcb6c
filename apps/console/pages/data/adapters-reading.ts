import type { AdapterFlow, AdapterSchedule, AdapterStep } from '@zhengwu/contracts';

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

/** A flow as it is typed. */
export interface TypedFlow {
  code: string;
  zh: string;
  en: string;
  folder: string;
  format: AdapterFlow['source']['format'];
  encoding: AdapterFlow['source']['encoding'];
  steps: TypedStep[];
  into: 'register' | 'topic';
  target: string;
  key: string;
  validFrom: string;
  when: 'byHand' | 'everySeconds' | 'dailyAt';
  seconds: number;
  time: string;
}
export const emptyFlow: TypedFlow = { code: '', zh: '', en: '', folder: '', format: 'csv', encoding: 'utf-8', steps: [], into: 'register', target: '', key: '', validFrom: '', when: 'byHand', seconds: 300, time: '02:00' };

const scheduleOf = ({ when, seconds, time }: TypedFlow): AdapterSchedule => (when === 'byHand' ? null : when === 'everySeconds' ? { everySeconds: seconds } : { dailyAt: time });

export const flowOf = (typed: TypedFlow): Omit<AdapterFlow, 'code'> => ({
  name: { zh: typed.zh.trim(), en: typed.en.trim() }, source: { kind: 'folder', folder: typed.folder.trim(), format: typed.format, encoding: typed.encoding }, steps: typed.steps.map(stepOf),
  sink: typed.into === 'register' ? { register: typed.target, key: typed.key.trim(), validFrom: typed.validFrom } : { topic: typed.target, key: typed.key.trim() }, schedule: scheduleOf(typed),
});

export const typedFlowOf = ({ code, name, source, steps, sink, schedule }: AdapterFlow): TypedFlow => ({
  ...emptyFlow, code, ...name, folder: source.folder, format: source.format, encoding: source.encoding, steps: steps.map(typedOf), key: sink.key,
  ...('register' in sink ? { into: 'register' as const, target: sink.register, validFrom: sink.validFrom } : { into: 'topic' as const, target: sink.topic }),
  ...(schedule === null ? {} : 'dailyAt' in schedule ? { when: 'dailyAt' as const, time: schedule.dailyAt } : { when: 'everySeconds' as const, seconds: schedule.everySeconds }),
});

/** Enough is typed to look at what rows would become. */
export const mayLook = ({ folder, target, key, into, validFrom, steps }: TypedFlow): boolean =>
  folder.trim() !== '' && target !== '' && key.trim() !== '' && (into === 'topic' || validFrom !== '') && steps.every(isWhole);
export const mayKeep = (typed: TypedFlow): boolean => mayLook(typed) && /^[a-z][a-z0-9-]{0,62}$/.test(typed.code) && typed.zh.trim() !== '' && typed.en.trim() !== '';
