import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Day, Id, Instant } from '../scalars.ts';
import { Text } from '../text.ts';

const orNull = <T extends Parameters<typeof Type.Array>[0]>(one: T) => Type.Union([one, Type.Null()]);
const OfRegister = Type.Object({ register: Code }, { additionalProperties: false });
const Dimension = Type.Enum(['completeness', 'validity', 'uniqueness', 'timeliness', 'consistency']);
/** 0 to 1; null where no record could be judged. */
const Score = orNull(Type.Number({ minimum: 0, maximum: 1 }));
const ByDimension = Type.Object({ dimension: Dimension, score: Score });

export const QualityRegister = Type.Object({
  register: Code, name: Text, category: orNull(Type.String()), keeper: orNull(Text), rules: Type.Integer(), /** Records looked at. */ rows: Type.Integer(), score: Score, dimensions: Type.Array(ByDimension),
  measuredAt: orNull(Instant), running: Type.Boolean(), /** Records looked at so far, while it is being measured. */ looked: Type.Integer(),
});
export const listQuality = operation({ id: 'quality.list', method: 'GET', path: '/api/quality', summary: 'Registers that have rules, with their newest scores', response: Type.Object({ items: Type.Array(QualityRegister) }) });

export const QualityScore = Type.Object({
  code: Type.String(), name: orNull(Text), dimension: Dimension, fields: Type.Array(Text), weight: Type.Number(), judged: Type.Integer(), failing: Type.Integer(), score: Score,
  /** The first records that broke it then; `key` as its readers may see it. */
  samples: Type.Array(Type.Object({ id: Id, key: Type.String() })),
});
export const readQuality = operation({
  id: 'quality.register', method: 'GET', path: '/api/quality/:register', summary: 'Rules of a register with their scores, and the dimensions over time', params: OfRegister,
  response: Type.Object({ ...QualityRegister.properties, scores: Type.Array(QualityScore), trend: Type.Array(Type.Object({ day: Day, dimensions: Type.Array(ByDimension) })), mayMeasure: Type.Boolean() }),
});

/** A record that breaks the rule now; only the fields that the rule is about, as its reader may see them. */
export const QualityRow = Type.Object({ id: Id, key: Type.String(), fields: Type.Array(Type.Object({ key: Type.String(), label: Text, value: Type.Unknown() })), validFrom: Day, knownFrom: Instant });
export const listQualityRows = operation({
  id: 'quality.rows', method: 'GET', path: '/api/quality/:register/rules/:rule/rows', summary: 'Records that break a rule now, in the order of their keys', params: Type.Object({ register: Code, rule: Code }, { additionalProperties: false }),
  query: Type.Object({ after: Type.Optional(Id), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }, { additionalProperties: false }),
  /** `next`: there may be more after it, even where this page holds few: a page looks at so many records at most. */
  response: Type.Object({ items: Type.Array(QualityRow), next: orNull(Id) }),
});
/** The key is what the record is looked up by; for a person their number, which is shown for a reason and recorded. */
export const openQualityRow = operation({
  id: 'quality.open', method: 'POST', path: '/api/quality/:register/records/:id/key', summary: 'Key of a record that breaks a rule, to look it up by', params: Type.Object({ register: Code, id: Id }, { additionalProperties: false }),
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200 }) }, { additionalProperties: false }), response: Type.Object({ key: Type.String() }),
});
export const measureQuality = operation({ id: 'quality.measure', method: 'POST', path: '/api/quality/:register/measurements', summary: 'Measure a register now', params: OfRegister, status: 202, response: Type.Object({ id: Id }) });
