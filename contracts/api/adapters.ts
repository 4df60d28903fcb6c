import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Day, Id, Instant, Line } from '../scalars.ts';
import { Text } from '../text.ts';

const closed = { additionalProperties: false } as const;
const orNull = <T extends Parameters<typeof Type.Array>[0]>(one: T) => Type.Union([one, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
const Name = Type.String({ minLength: 1, maxLength: 200 });
/** A field of a row, or a column of a source. */
const Field = Type.String({ minLength: 1, maxLength: 64 });
const AdapterCode = Type.String({ pattern: '^[a-z][a-z0-9-]{0,62}$' });
const Pairs = Type.Record(Type.String({ maxLength: 200 }), Name, { maxProperties: 500 });
const Letters = Type.Integer({ minimum: 0, maximum: 100 });

/** One change of each row; they are carried out in their order. */
export const AdapterStep = Type.Union([
  /** Keeps these fields only, each from the column that is named. */
  Type.Object({ do: Type.Literal('pick'), fields: Pairs }, closed),
  Type.Object({ do: Type.Literal('set'), field: Field, value: Type.Union([Type.String({ maxLength: 1000 }), Type.Number({ minimum: -1e15, maximum: 1e15 }), Type.Boolean(), Type.Null()]) }, closed),
  /** The text as a number; a row whose text is none is refused. */
  Type.Object({ do: Type.Literal('number'), field: Field }, closed),
  /** A code of the source becomes ours; a row with one that the table lacks is refused. */
  Type.Object({ do: Type.Literal('translate'), field: Field, codes: Pairs }, closed),
  /** Every character but the first and last so many becomes `*`; a text too short to hide anything is hidden whole. */
  Type.Object({ do: Type.Literal('mask'), field: Field, first: Letters, last: Letters }, closed),
  /** Fields of the record of that key, as it is true today; a row without one is refused. */
  Type.Object({ do: Type.Literal('join'), register: Code, by: Field, fields: Pairs }, closed),
]);
export type AdapterStep = Static<typeof AdapterStep>;

const Folder = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' });
const Format = Type.Enum(['csv', 'xlsx', 'jsonl', 'parquet']);
const Encoding = Type.Enum(['utf-8', 'gb18030']);

/** Whole files of a folder below the site's folder of sources: one name, no path. */
export const FolderSource = Type.Object({ kind: Type.Literal('folder'), folder: Folder, format: Format, encoding: Encoding }, closed);
export const AdapterSource = FolderSource;
export type AdapterSource = Static<typeof AdapterSource>;

/** Where rows go: a register, or a topic that others follow. */
export const AdapterSink = Type.Union([
  Type.Object({ register: Code, key: Field, validFrom: Day }, closed),
  Type.Object({ topic: Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9-]+){0,3}$', maxLength: 100 }), key: Field }, closed),
]);
export type AdapterSink = Static<typeof AdapterSink>;

/** When it runs by itself: every so many seconds, or once a day at a time of Asia/Shanghai; null waits for somebody to begin it. */
export const AdapterSchedule = orNull(Type.Union([
  Type.Object({ everySeconds: Type.Integer({ minimum: 10, maximum: 604_800 }) }, closed),
  Type.Object({ dailyAt: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }) }, closed),
]));
export type AdapterSchedule = Static<typeof AdapterSchedule>;

const Named = Type.Object({ zh: Name, en: Name }, closed);
const declared = { name: Named, source: AdapterSource, steps: Type.Array(AdapterStep, { maxItems: 50 }), sink: AdapterSink, schedule: AdapterSchedule };

/** A way of rows into the platform, declared as data. */
export const AdapterFlow = Type.Object({ code: AdapterCode, ...declared }, closed);
export type AdapterFlow = Static<typeof AdapterFlow>;

const Problem = orNull(Type.Object({ code: Type.String(), text: Text }));

/** One turn of a flow. `paused` and `cut` go on where they stood, the next time. */
export const AdapterRun = Type.Object({
  id: Id, state: Type.Enum(['running', 'done', 'failed', 'paused', 'cut']), by: orNull(Type.String()), begunAt: Instant, finishedAt: orNull(Instant), files: Count, rows: Count, refused: Count, problem: Problem,
});
export type AdapterRun = Static<typeof AdapterRun>;

export const AdapterRow = Type.Object({
  code: Type.String(), name: Text, source: Type.String(), sink: Type.String(), schedule: AdapterSchedule, nextAt: orNull(Instant), paused: orNull(Type.Object({ at: Instant, by: Type.String(), reason: Type.String() })),
  rows: Count, refused: Count, last: orNull(AdapterRun),
});
export type AdapterRow = Static<typeof AdapterRow>;

/** How far one file is: `position` of its rows are dealt with. */
export const AdapterPlace = Type.Object({ file: Type.String(), position: Count, refused: Count, begunAt: Instant, finishedAt: orNull(Instant), problem: Problem });
export const AdapterRefusal = Type.Object({ id: Type.String(), file: Type.String(), row: Count, field: orNull(Type.String()), code: Type.String(), text: Text });

const ByCode = Type.Object({ code: AdapterCode }, closed);
const Reason = Type.Object({ reason: Line }, closed);

export const listAdapters = operation({
  id: 'adapter.list', method: 'GET', path: '/api/adapters', summary: 'Flows from sources into the platform, with their last turn; registers and topics that they may lead to',
  response: Type.Object({ items: Type.Array(AdapterRow), registers: Type.Array(Type.Object({ code: Code, name: Text })), topics: Type.Array(Type.Object({ code: Type.String(), name: Text })) }),
});
export const readAdapter = operation({
  id: 'adapter.read', method: 'GET', path: '/api/adapters/:code', summary: 'A flow: its declaration, its last turns, how far its files are', params: ByCode,
  response: Type.Object({ flow: AdapterFlow, version: Type.Integer(), row: AdapterRow, runs: Type.Array(AdapterRun), places: Type.Array(AdapterPlace) }),
});
export const putAdapter = operation({
  id: 'adapter.define', method: 'PUT', path: '/api/adapters/:code', summary: 'Make a flow, or change the version that was looked at; 0 makes', params: ByCode,
  body: Type.Object({ ...declared, version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }) }, closed), response: Type.Object({ version: Type.Integer() }),
});
export const previewAdapter = operation({
  id: 'adapter.preview', method: 'POST', path: '/api/adapters/preview', summary: 'What the first rows of a file would become; nothing is written',
  body: Type.Object({ source: AdapterSource, steps: Type.Array(AdapterStep, { maxItems: 50 }), sink: AdapterSink, file: Type.Optional(Name) }, closed),
  response: Type.Object({
    /** What lies at the source and is whole: of those that are done, the latest few. */
    files: Type.Array(Type.String()), file: orNull(Type.String()), columns: Type.Array(Type.String()),
    rows: Type.Array(Type.Object({ row: Count, before: Type.Record(Type.String(), Type.Unknown()), after: orNull(Type.Record(Type.String(), Type.Unknown())), refusal: orNull(Type.Object({ field: orNull(Type.String()), code: Type.String(), text: Text })) })),
  }),
});
export const runAdapter = operation({ id: 'adapter.run', method: 'POST', path: '/api/adapters/:code/runs', summary: 'Begin a turn of a flow now', params: ByCode, status: 202, response: Type.Object({}) });
export const pauseAdapter = operation({ id: 'adapter.pause', method: 'POST', path: '/api/adapters/:code/pause', summary: 'Hold a flow: a turn in hand stops after the rows that it is at', params: ByCode, body: Reason, response: Type.Object({}) });
export const resumeAdapter = operation({ id: 'adapter.resume', method: 'POST', path: '/api/adapters/:code/resume', summary: 'Let a flow go on where it stood', params: ByCode, response: Type.Object({}) });
export const listAdapterRefusals = operation({
  id: 'adapter.refusals', method: 'GET', path: '/api/adapters/:code/refusals', summary: 'Rows that were not taken, latest file first: number, field and why, never the value', params: ByCode,
  query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 20, pattern: '^\\d+$' })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })) }, closed),
  response: Type.Object({ items: Type.Array(AdapterRefusal), next: orNull(Type.String()) }),
});
