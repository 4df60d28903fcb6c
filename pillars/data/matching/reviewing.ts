import type { Actor, ResponseOf, listMatchPairs, readMatchPair, Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { maskCitizenNumber, maskName } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import type { Register, RegisterField } from '@zhengwu/pack';
import { maySee, Registers, type Reader } from '@zhengwu/registers';
import { fail } from './errors.ts';
import { takeChanges, type OpenMatching } from './matching.ts';
import { mergeRecords, undoMerge, type Doer } from './merging.ts';
import { kinds } from './profile.ts';
import * as entries from './store.ts';
import * as store from './store-review.ts';
import { defaultWeights } from './weights.ts';

type Data = Record<string, unknown>;
type Line = ResponseOf<typeof listMatchPairs>['items'][number];
type Detail = ResponseOf<typeof readMatchPair>;

/** After every version: the one that is open. */
const LATEST = '9999-12-31';
/** Hours for which a pair is put off. */
const LATER = 24;

const nothing: Text = { zh: '—', en: '—' };
export const doerOf = (actor: Actor): Doer => ({ person: actor.personId, name: actor.name });

const readerOf = (site: Site, actor: Actor): Reader => ({
  own: false, official: true, departments: actor.departments.flatMap((id) => site.use(Directory).departmentById(id)?.code ?? []),
});

/** A masked number keeps its length, so that the reader sees where it goes on. */
const hidden = (field: RegisterField, value: unknown): string => (field.identifier === 'citizenNumber' ? maskCitizenNumber(String(value)) : '＊＊＊');
/** What the steward of the register sees: its people by name and address, since that is what is to be compared; what is sensitive only where their department may. */
const shown = (field: RegisterField, value: unknown, reader: Reader): unknown =>
  (value === undefined || value === null || field.class === 'personal' || maySee(field, reader) ? (value ?? null) : hidden(field, value));

export const maskedKey = (definition: Register | undefined, key: string): string =>
  (definition?.fields.find((field) => field.key === definition.key)?.identifier === 'citizenNumber' ? maskCitizenNumber(key) : key);

const bothOf = async (tx: Tx, registers: Registers, pair: store.PairRow): Promise<[Data | null, Data | null]> => {
  const [left, right] = await registers.readAll(tx, [pair.key, ...(pair.other === null ? [] : [pair.other])].map((key) => ({ register: pair.register, key })), LATEST);
  return [left ?? null, pair.other === null ? pair.incoming : (right ?? null)];
};

const kindOf = (matching: OpenMatching, register: string) => matching.profile(register)?.kind ?? kinds.person;

const titleOf = (matching: OpenMatching, definition: Register | undefined, data: Data | null, key: string): string => {
  const { kind, columns } = (definition && matching.profile(definition.code)) ?? { kind: kinds.person, columns: {} as Readonly<Record<string, string>> };
  const name = data?.[columns[kind.code === 'address' ? 'address' : 'name'] ?? ''];
  return `${typeof name === 'string' ? (kind.code === 'person' ? maskName(name) : name) : '—'} ${key}`;
};

/** Lines of the queue; the names come from the records as they are now. */
export const linesOf = async (tx: Tx, registers: Registers, matching: OpenMatching, pairs: readonly store.PairRow[]): Promise<Line[]> => {
  const asked = pairs.flatMap(({ register, key, other }) => [{ register, key }, { register, key: other ?? '' }]);
  const found = await registers.readAll(tx, asked, LATEST);
  return pairs.map((pair, at) => {
    const definition = registers.definition(pair.register);
    const kind = kindOf(matching, pair.register);
    const named = (wanted: (level: number, levels: number) => boolean): Text[] => pair.fields.flatMap(({ code, level }) => {
      const field = kind.fields.find((one) => one.code === code);
      return field && level !== null && wanted(level, field.levels.length) ? [field.name] : [];
    });
    return {
      id: pair.id, register: pair.register, registerName: definition?.name ?? nothing, band: pair.band, score: pair.score, origin: pair.origin,
      left: titleOf(matching, definition, found[at * 2] ?? null, maskedKey(definition, pair.key)),
      right: titleOf(matching, definition, pair.other === null ? pair.incoming : (found[at * 2 + 1] ?? null), pair.other === null ? (pair.reference ?? '') : maskedKey(definition, pair.other)),
      agrees: named((level) => level === 0), differs: named((level, levels) => level === levels - 1), foundAt: pair.found_at.toISOString(), version: pair.version,
    };
  });
};

const rowsOf = (definition: Register, left: Data | null, right: Data | null, reader: Reader): Detail['rows'] =>
  definition.fields.map((field) => {
    const [one, other] = [left?.[field.key], right?.[field.key]];
    const differs = JSON.stringify(one ?? null) !== JSON.stringify(other ?? null);
    return { key: field.key, label: field.label, left: shown(field, one, reader), right: shown(field, other, reader), differs, takes: differs && field.key !== definition.key && one !== undefined && other !== undefined };
  });

export const detailOf = async (site: Site, tx: Tx, matching: OpenMatching, pair: store.PairRow, actor: Actor): Promise<Detail> => {
  const registers = site.use(Registers);
  const definition = registers.definition(pair.register);
  const [left, right] = await bothOf(tx, registers, pair);
  const kind = kindOf(matching, pair.register);
  const weights = (await entries.weightsOf(tx, pair.register, pair.weights)) ?? defaultWeights(kind);
  const fields = pair.fields.map(({ code, level, bits }): Detail['fields'][number] => {
    const field = kind.fields.find((one) => one.code === code);
    return { code, name: field?.name ?? nothing, level, levels: field?.levels.length ?? 0, said: level === null ? null : (field?.levels[level] ?? null), bits };
  });
  return {
    id: pair.id, register: pair.register, registerName: definition?.name ?? nothing, band: pair.band, score: pair.score, prior: pair.score - fields.reduce((sum, { bits }) => sum + bits, 0), weights: pair.weights,
    origin: pair.origin, reference: pair.reference, state: pair.state, version: pair.version, foundAt: pair.found_at.toISOString(), decidedAt: pair.decided_at?.toISOString() ?? null, decidedBy: pair.decided_name, note: pair.note,
    held: pair.band === 'possible' && pair.score >= weights.certain, fields, rows: definition ? rowsOf(definition, left, right, readerOf(site, actor)) : [], leftGone: left === null, rightGone: right === null,
  };
};

export interface Decision {
  outcome: 'same' | 'different' | 'later';
  version: number;
  survivor?: 'left' | 'right';
  take?: readonly string[];
  note?: string;
}

/** Merges the records of a pair; the side that is absorbed already stands for its survivor. */
const mergePair = async (site: Site, tx: Tx, matching: OpenMatching, pair: store.PairRow, { survivor = 'left', take = [] }: Decision, actor: Actor): Promise<string | null> => {
  if (pair.other === null) return null;
  const { register } = pair;
  const now = await store.survivorsOf(tx, register, [pair.key, pair.other]);
  const [left, right] = [pair.key, pair.other].map((key) => now.get(key) ?? key) as [string, string];
  if (left === right) return null;
  const [kept, absorbed] = survivor === 'left' ? [left, right] : [right, left];
  const registers = site.use(Registers);
  const id = await mergeRecords(tx, registers, { register, department: pair.department, survivor: kept, absorbed, take, pair: pair.id, day: matching.today() }, doerOf(actor));
  const profile = matching.profile(register);
  if (profile) await takeChanges(tx, registers, profile, [kept]);
  await site.audit.recordFor(tx, actor, { event: 'matching.merged', subject: id, detail: { register, pair: pair.id, fields: [...take] } });
  await site.events.append(tx, { type: 'matching.merged', subject: id, payload: { register, survivor: kept, absorbed } });
  return id;
};

/** Takes a decision about a pair whose register the actor keeps; answers the merge that it made, if any. Runs as the platform. */
export const decide = async (site: Site, tx: Tx, matching: OpenMatching, pair: store.PairRow, decision: Decision, actor: Actor): Promise<string | null> => {
  const { outcome, version, note = null } = decision;
  if (outcome === 'later') {
    if (!(await store.putOff(tx, pair.id, version, LATER))) throw fail('matching.pair-changed');
    await site.audit.recordFor(tx, actor, { event: 'matching.putOff', subject: pair.id, detail: { register: pair.register } });
    return null;
  }
  if (!(await store.decidePair(tx, { id: pair.id, version, state: outcome, ...doerOf(actor), note }))) throw fail('matching.pair-changed');
  const merge = outcome === 'same' ? await mergePair(site, tx, matching, pair, decision, actor) : null;
  await site.audit.recordFor(tx, actor, { event: 'matching.decided', subject: pair.id, detail: { register: pair.register, outcome, score: pair.score, weights: pair.weights } });
  if (pair.other === null) await site.events.append(tx, { type: 'matching.decided', subject: pair.id, payload: { register: pair.register, origin: pair.origin, reference: pair.reference, outcome, key: outcome === 'same' ? pair.key : null } });
  return merge;
};

export const undo = async (site: Site, tx: Tx, matching: OpenMatching, merge: store.MergeRow, reason: string, actor: Actor): Promise<void> => {
  const registers = site.use(Registers);
  await undoMerge(tx, registers, merge, reason, doerOf(actor));
  const profile = matching.profile(merge.register);
  if (profile) await takeChanges(tx, registers, profile, [merge.survivor]);
  await site.audit.recordFor(tx, actor, { event: 'matching.undone', subject: merge.id, detail: { register: merge.register, reason } });
  await site.events.append(tx, { type: 'matching.undone', subject: merge.id, payload: { register: merge.register, survivor: merge.survivor, absorbed: merge.absorbed } });
};

/** How many entries each register has and which weights it uses, as the platform knows it. */
export const standingOf = async (tx: Tx, matching: OpenMatching): Promise<Map<string, entries.RegisterRow>> =>
  new Map(await Promise.all(matching.profiles().map(async ({ register }) => [register, (await entries.registerRow(tx, register)) ?? { entries: 0, position: '', weights: 0 }] as const)));
