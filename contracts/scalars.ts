import { Type, type TObject, type TProperties } from 'typebox';

/** UUIDv7 of a row. */
export const Id = Type.String({ format: 'uuid' });
/** Calendar day in Asia/Shanghai, YYYY-MM-DD. */
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', format: 'date' });
/** Instant, ISO 8601 in UTC. */
export const Instant = Type.String({ format: 'date-time' });
/** How often a row was changed; a change names the version the person looked at, and another one is refused with 409. */
export const Version = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });
/** Money in integer fen (1/100 yuan). */
export const Fen = Type.Integer({ minimum: 0, maximum: 100_000_000_000 });
/** A short machine code: letters, digits, dot, dash, underscore. */
export const Code = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' });
/** One line a person typed. */
export const Line = Type.String({ minLength: 1, maxLength: 200 });
/** A paragraph a person typed. */
export const Paragraph = Type.String({ minLength: 1, maxLength: 4000 });
/** sha256 of a file body, lower-case hex. */
export const FileHash = Type.String({ pattern: '^[0-9a-f]{64}$' });
/** Values of a form or of process variables, keyed by field. */
export const Values = Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 200 });

export const Page = Type.Object(
  {
    after: Type.Optional(Type.String({ maxLength: 200, description: 'cursor from the previous page' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  },
  { additionalProperties: false },
);

/** A page of rows: `next` is the cursor to go on with; `total` is capped (`totalCapped` says so: "1,000+"). */
export const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()]),
    total: Type.Integer(),
    totalCapped: Type.Boolean(),
  });

/** One closed object with the properties of both. */
export const both = <A extends TProperties, B extends TProperties>(a: TObject<A>, b: TObject<B>) =>
  Type.Object({ ...a.properties, ...b.properties }, { additionalProperties: false });
