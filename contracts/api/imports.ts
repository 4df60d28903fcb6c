import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Day, Id, Instant } from '../scalars.ts';
import { Text } from '../text.ts';

const orNull = <T extends Parameters<typeof Type.Array>[0]>(one: T) => Type.Union([one, Type.Null()]);
const closed = { additionalProperties: false } as const;
const ById = Type.Object({ id: Id }, closed);
const Column = Type.String({ minLength: 1, maxLength: 200 });
const Format = Type.Enum(['csv', 'xlsx', 'jsonl', 'parquet']);
const Encoding = Type.Enum(['utf-8', 'gb18030']);
const Mapping = Type.Array(Type.Object({ column: Column, field: Type.String({ minLength: 1, maxLength: 64 }) }, closed), { maxItems: 500 });
const Count = Type.Integer({ minimum: 0 });

/** An import: `position` rows of the file are dealt with, and they are added + changed + unchanged + refused. A trial writes nothing. */
export const ImportView = Type.Object({
  id: Id, register: Code, registerName: Text, by: Type.String(), at: Instant, name: Type.String(), size: Count, format: Format, encoding: Encoding, columns: Type.Array(Type.String()), mapping: orNull(Mapping), validFrom: orNull(Day), isTrial: Type.Boolean(),
  state: Type.Enum(['received', 'queued', 'running', 'done', 'failed']), problem: orNull(Text), position: Count, added: Count, changed: Count, unchanged: Count, refused: Count, rowsPerSecond: Count, finishedAt: orNull(Instant),
});
export type ImportView = Static<typeof ImportView>;

const Fields = Type.Array(Type.Object({ key: Type.String(), label: Text, required: Type.Boolean() }));
export const ImportRefusal = Type.Object({ row: Count, field: orNull(Text), code: Type.String(), message: Text });

/** Largest file in bytes. */
export const LARGEST_IMPORT = 2 * 1024 * 1024 * 1024;

export const listImportRegisters = operation({
  id: 'import.registers', method: 'GET', path: '/api/imports/registers', summary: 'Registers into which I may import',
  response: Type.Object({ items: Type.Array(Type.Object({ register: Code, name: Text, fields: Fields })) }),
});
export const uploadImport = operation({
  id: 'import.upload', method: 'POST', path: '/api/imports', summary: 'Hand in a file of rows for a register', raw: true, bodyLimit: LARGEST_IMPORT, status: 201,
  query: Type.Object({ register: Code, name: Type.String({ minLength: 1, maxLength: 200 }), format: Format, encoding: Type.Optional(Encoding) }, closed),
  response: Type.Object({ import: ImportView, guessed: Mapping, preview: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
});
export const startImport = operation({
  id: 'import.start', method: 'POST', path: '/api/imports/:id/start', summary: 'Try an import, or do it; after a trial the same file is imported under a new id', params: ById, status: 202,
  body: Type.Object({ mapping: Mapping, validFrom: Day, trial: Type.Boolean() }, closed), response: Type.Object({ id: Id }),
});
export const listImports = operation({
  id: 'import.list', method: 'GET', path: '/api/imports', summary: 'Imports, newest first',
  query: Type.Object({ register: Type.Optional(Code), after: Type.Optional(Id), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })) }, closed),
  response: Type.Object({ items: Type.Array(ImportView), next: orNull(Type.String()) }),
});
export const readImport = operation({
  id: 'import.read', method: 'GET', path: '/api/imports/:id', summary: 'How far an import is, with the first rows that were refused', params: ById,
  response: Type.Object({ import: ImportView, refusals: Type.Array(ImportRefusal), fields: Fields }),
});
export const importRefusals = operation({ id: 'import.refusals', method: 'GET', path: '/api/imports/:id/refusals.csv', summary: 'All rows that were refused, as CSV: number, field, code, message in both languages', params: ById, raw: true, response: Type.Unknown() });
