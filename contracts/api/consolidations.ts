import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Id, Instant, Line } from '../scalars.ts';
import { Text } from '../text.ts';

const orNull = <T extends Parameters<typeof Type.Array>[0]>(one: T) => Type.Union([one, Type.Null()]);
const ById = Type.Object({ id: Id }, { additionalProperties: false });
const Column = Type.String({ minLength: 1, maxLength: 64 });
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 });

/** How an old value is read: as it stands, as a day in any usual writing, as a number, as ten thousands of yuan in fen, or by a table of codes. */
export const OldReading = Type.Enum(['text', 'day', 'number', 'wan', 'codes']);
export const OldField = Type.Object({
  field: Code, column: Column, reading: OldReading, codes: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 200 }))),
  /** Share of records known to both for which this reading agrees; null where none could be compared. */
  agreement: orNull(Type.Number({ minimum: 0, maximum: 1 })),
}, { additionalProperties: false });
export type OldField = Static<typeof OldField>;

/** What an old centre cost: links to others, machines, people who look after it. */
export const CentreFigures = Type.Object({ centres: Count, links: Count, machines: Count, people: Count }, { additionalProperties: false });

export const OldTable = Type.Object({
  name: Column, rows: Type.Integer(), columns: Type.Array(Type.Object({ name: Column, type: Type.String(), filled: Type.Integer(), distinct: Type.Integer() })),
  register: orNull(Code), keyColumn: orNull(Column), fields: Type.Array(OldField), confirmed: Type.Boolean(),
  outcomes: Type.Object({ added: Type.Integer(), same: Type.Integer(), differs: Type.Integer(), refused: Type.Integer(), written: Type.Integer() }),
});
export const ConsolidationState = Type.Enum(['inventoried', 'comparing', 'compared', 'migrating', 'migrated', 'switched', 'takingBack', 'rolledBack']);
export const Consolidation = Type.Object({
  id: Id, code: Code, name: Text, state: ConsolidationState, takenAt: Instant, migratedAt: orNull(Instant), switchedAt: orNull(Instant), rolledBackAt: orNull(Instant),
  tables: Type.Array(OldTable), before: CentreFigures, after: CentreFigures,
});
export type Consolidation = Static<typeof Consolidation>;

export const OldRow = Type.Object({
  table: Column, row: Type.Integer(), key: Type.String(), outcome: Type.Enum(['added', 'same', 'differs', 'refused']), written: Type.Boolean(),
  /** Fields that differ, or why it was refused. */
  detail: Type.Array(Type.Object({ field: Type.String(), old: orNull(Type.String()), city: orNull(Type.String()), why: orNull(Text) })),
});

export const listConsolidations = operation({
  id: 'consolidation.list', method: 'GET', path: '/api/consolidations', summary: 'Old centres: those found and those taken in hand',
  response: Type.Object({ found: Type.Array(Type.Object({ code: Code, name: Text, bytes: Type.Integer() })), items: Type.Array(Type.Object({ id: Id, code: Code, name: Text, state: ConsolidationState, takenAt: Instant })) }),
});
export const takeConsolidation = operation({
  id: 'consolidation.take', method: 'POST', path: '/api/consolidations', summary: 'Take the inventory of an old centre', status: 201,
  body: Type.Object({ code: Code, figures: CentreFigures }, { additionalProperties: false }), response: Type.Object({ id: Id }),
});
export const readConsolidation = operation({ id: 'consolidation.read', method: 'GET', path: '/api/consolidations/:id', summary: 'One old centre: tables, mapping, outcomes, before and after', params: ById, response: Consolidation });
export const proposeMapping = operation({
  id: 'consolidation.propose', method: 'POST', path: '/api/consolidations/:id/proposals', summary: 'Which column is which field, judged by the records that both know', params: ById,
  body: Type.Object({ table: Column, register: Code }, { additionalProperties: false }), response: Type.Object({ keyColumn: orNull(Column), fields: Type.Array(OldField), compared: Type.Integer() }),
});
export const keepMapping = operation({
  id: 'consolidation.map', method: 'PUT', path: '/api/consolidations/:id/mappings', summary: 'Confirm the mapping of a table', params: ById,
  body: Type.Object({ table: Column, register: Code, keyColumn: Column, fields: Type.Array(OldField, { minItems: 1, maxItems: 60 }) }, { additionalProperties: false }), response: Type.Object({ kept: Type.Boolean() }),
});
export const compareConsolidation = operation({ id: 'consolidation.compare', method: 'POST', path: '/api/consolidations/:id/comparison', summary: 'Compare each old row with the city; writes nothing into a register', params: ById, status: 202, response: Type.Object({ started: Type.Boolean() }) });
export const migrateConsolidation = operation({ id: 'consolidation.migrate', method: 'POST', path: '/api/consolidations/:id/migration', summary: 'Write what the city does not know yet; goes on where it was cut off', params: ById, status: 202, response: Type.Object({ started: Type.Boolean() }) });
export const switchConsolidation = operation({ id: 'consolidation.switch', method: 'POST', path: '/api/consolidations/:id/switch', summary: 'Close the old centre; its department works on the city’s from now on', params: ById, body: Type.Object({ reason: Line, /** Tables that are left behind on purpose. */ leave: Type.Array(Column, { maxItems: 500 }) }, { additionalProperties: false }), response: Type.Object({ switched: Type.Boolean() }) });
export const rollBackConsolidation = operation({ id: 'consolidation.rollBack', method: 'POST', path: '/api/consolidations/:id/roll-back', summary: 'Take back everything that the migration wrote', params: ById, body: Type.Object({ reason: Line }, { additionalProperties: false }), response: Type.Object({ takenBack: Type.Integer() }) });
export const listOldRows = operation({
  id: 'consolidation.rows', method: 'GET', path: '/api/consolidations/:id/rows', summary: 'Old rows with what became of each', params: ById,
  query: Type.Object({ table: Type.Optional(Column), outcome: Type.Optional(Type.Enum(['added', 'same', 'differs', 'refused'])), after: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }, { additionalProperties: false }),
  response: Type.Object({ items: Type.Array(OldRow), next: orNull(Type.Integer()) }),
});
