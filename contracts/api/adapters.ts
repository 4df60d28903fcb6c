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
/** Not a name that a page of the console has. */
const AdapterCode = Type.String({ pattern: '^(?!(new|connections)$)[a-z][a-z0-9-]{0,62}$' });
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

const TopicCode = Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9-]+){0,3}$', maxLength: 100 });
/** A name in a database, with or without its schema. */
const Table = Type.String({ pattern: '^[^"\\s.]{1,63}(\\.[^"\\s.]{1,63})?$', maxLength: 127 });
/** A path below what the connection names; it cannot lead above it. */
const Path = Type.String({ pattern: '^(?!.*(^|/)\\.\\.(/|$))[^\\s\\\\]{1,500}$', maxLength: 500 });

/** Whole files of a folder below the site's folder of sources: one name, no path. */
export const FolderSource = Type.Object({ kind: Type.Literal('folder'), folder: Folder, format: Format, encoding: Encoding }, closed);
/** Whole objects of a bucket below a prefix, whole files of a folder over SFTP, or one document over HTTP. */
export const RemoteSource = Type.Object({ kind: Type.Literal('remote'), connection: AdapterCode, path: Path, format: Format, encoding: Encoding }, closed);
/**
 * Rows of a table as they change. By `transaction`: whatever was written since the last turn, told by the server's own numbers of transactions; nothing is missed and no column is needed; of PostgreSQL alone.
 * By `column`: what has a greater value than the last row taken, and is at least so many seconds old where the column is an instant. Neither tells of rows that were deleted.
 */
export const TableSource = Type.Object({
  kind: Type.Literal('table'), connection: AdapterCode, table: Table, key: Field,
  changes: Type.Union([Type.Object({ by: Type.Literal('transaction') }, closed), Type.Object({ by: Type.Literal('column'), column: Field, settleSeconds: Type.Integer({ minimum: 0, maximum: 86_400 }) }, closed)]),
}, closed);
/** Messages of a topic of this site, as they are published; the right to follow is granted to `adapter:` and the flow's code. */
export const TopicSource = Type.Object({ kind: Type.Literal('topic'), topic: TopicCode, from: Type.Enum(['now', 'beginning']) }, closed);
export const AdapterSource = Type.Union([FolderSource, RemoteSource, TableSource, TopicSource]);
export type AdapterSource = Static<typeof AdapterSource>;

/** Where rows go: a register, a topic that others follow, a table elsewhere, an address that takes them as JSON, or files that are dropped. */
export const AdapterSink = Type.Union([
  Type.Object({ register: Code, key: Field, validFrom: Day }, closed),
  Type.Object({ topic: TopicCode, key: Field }, closed),
  Type.Object({ table: Table, connection: AdapterCode, key: Field }, closed),
  Type.Object({ post: Path, connection: AdapterCode, key: Field }, closed),
  /** Files in a folder below the site's folder of drops, below a prefix of a bucket or in a folder over SFTP: one for each 500 rows at the most. */
  Type.Object({ drop: Path, connection: orNull(AdapterCode), format: Type.Enum(['csv', 'jsonl']), key: Field }, closed),
]);
export type AdapterSink = Static<typeof AdapterSink>;

const Host = Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$' });
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
/** PEM of the authority that the other side's certificate must come from; null trusts those of the system. */
const Authority = orNull(Type.String({ maxLength: 20_000, pattern: '^-----BEGIN CERTIFICATE-----' }));
const Address = Type.String({ pattern: '^https?://[A-Za-z0-9.:\\[\\]-]{1,255}$' });

/** Another system that flows call. Its secret is told once and never shown again. */
export const AdapterReach = Type.Union([
  Type.Object({ kind: Type.Literal('postgres'), host: Host, port: Port, database: Field, user: Field, ca: Authority }, closed),
  Type.Object({ kind: Type.Literal('mysql'), host: Host, port: Port, database: Field, user: Field, ca: Authority }, closed),
  Type.Object({ kind: Type.Literal('http'), address: Address, header: Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' }) }, closed),
  Type.Object({ kind: Type.Literal('s3'), address: Address, region: Field, bucket: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{1,62}$' }), accessKey: Name, pathStyle: Type.Boolean() }, closed),
  /** `hostKey` is what `ssh-keygen -lf` says of the host's key: RSA or ECDSA. */
  Type.Object({ kind: Type.Literal('sftp'), host: Host, port: Port, user: Field, hostKey: Type.String({ pattern: '^SHA256:[A-Za-z0-9+/]{43}$' }) }, closed),
]);
export type AdapterReach = Static<typeof AdapterReach>;

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
  response: Type.Object({ items: Type.Array(AdapterRow), registers: Type.Array(Type.Object({ code: Code, name: Text })), connections: Type.Array(Type.Object({ code: Type.String(), name: Text, kind: Type.Enum(['postgres', 'mysql', 'http', 's3', 'sftp']) })), topics: Type.Array(Type.Object({ code: Type.String(), name: Text })) }),
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

export const AdapterConnection = Type.Object({ code: Type.String(), name: Text, reach: AdapterReach, hasSecret: Type.Boolean(), version: Type.Integer(), by: Type.String(), at: Instant });
export type AdapterConnection = Static<typeof AdapterConnection>;
export const listAdapterConnections = operation({ id: 'adapter.connections', method: 'GET', path: '/api/adapter-connections', summary: 'Other systems that flows call; their secrets are never shown', response: Type.Object({ items: Type.Array(AdapterConnection) }) });
export const putAdapterConnection = operation({
  id: 'adapter.connect', method: 'PUT', path: '/api/adapter-connections/:code', summary: 'Register another system, or change the version that was looked at; without a secret the one it has stays', params: ByCode,
  body: Type.Object({ name: Named, reach: AdapterReach, secret: Type.Optional(Type.String({ minLength: 1, maxLength: 4000 })), version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }) }, closed), response: Type.Object({ version: Type.Integer() }),
});
export const tryAdapterConnection = operation({ id: 'adapter.try', method: 'POST', path: '/api/adapter-connections/:code/trial', summary: 'Whether the other system can be reached and lets us in; nothing is read', params: ByCode, response: Type.Object({ problem: Problem }) });
