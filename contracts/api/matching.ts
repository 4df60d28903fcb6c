import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Day, Id, Instant, Line, Version } from '../scalars.ts';
import { Text } from '../text.ts';

const orNull = <T extends Parameters<typeof Type.Array>[0]>(one: T) => Type.Union([one, Type.Null()]);
const ById = Type.Object({ id: Id }, { additionalProperties: false });
const OfRegister = Type.Object({ register: Code }, { additionalProperties: false });
const Band = Type.Enum(['certain', 'possible']);

/** Where a search for duplicates stands: `entries` of `total` have been compared. */
export const MatchRun = Type.Object({
  id: Id, running: Type.Boolean(), entries: Type.Integer(), total: Type.Integer(), scored: Type.Integer(), certain: Type.Integer(), possible: Type.Integer(),
  startedAt: Instant, finishedAt: orNull(Instant), by: Type.String(),
});
/** A register that can be compared, with what was found in it: open pairs, of which certain by their score, and what people decided. */
export const MatchRegister = Type.Object({
  register: Code, name: Text, kind: Type.Enum(['person', 'company', 'address']), entries: Type.Integer(), ready: Type.Boolean(), weights: Type.Integer(),
  open: Type.Integer(), certain: Type.Integer(), same: Type.Integer(), different: Type.Integer(), run: orNull(MatchRun),
});
export const listMatching = operation({
  id: 'matching.registers', method: 'GET', path: '/api/matching/registers', summary: 'Registers that can be compared, with their duplicates', response: Type.Object({ items: Type.Array(MatchRegister) }),
});

/** Names and keys are masked here; the pair itself shows them. */
export const MatchPairLine = Type.Object({
  id: Id, register: Code, registerName: Text, band: Band, score: Type.Number(), origin: Type.String(), left: Type.String(), right: Type.String(), agrees: Type.Array(Text), differs: Type.Array(Text), foundAt: Instant, version: Version,
});
export const listMatchPairs = operation({
  id: 'matching.pairs', method: 'GET', path: '/api/matching/pairs', summary: 'Pairs that wait for a person, the surest first',
  query: Type.Object({ register: Type.Optional(Code), band: Type.Optional(Band), after: Type.Optional(Type.String({ maxLength: 100 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })) }, { additionalProperties: false }),
  response: Type.Object({ items: Type.Array(MatchPairLine), next: orNull(Type.String()) }),
});

/** How one thing agrees, and the bits that adds (+) or takes (−); level null: one side says nothing. */
export const MatchField = Type.Object({ code: Type.String(), name: Text, level: orNull(Type.Integer()), levels: Type.Integer(), said: orNull(Text), bits: Type.Number() });
/** A field of both records; `takes`: a merge may take the other record's value. */
export const MatchRow = Type.Object({ key: Type.String(), label: Text, left: Type.Unknown(), right: Type.Unknown(), differs: Type.Boolean(), takes: Type.Boolean() });
/** `held`: the score would do for linking, but the rules of its kind want a person. */
export const MatchPair = Type.Object({
  id: Id, register: Code, registerName: Text, band: Band, score: Type.Number(), prior: Type.Number(), weights: Type.Integer(), origin: Type.String(), reference: orNull(Type.String()),
  state: Type.Enum(['open', 'same', 'different']), version: Version, foundAt: Instant, decidedAt: orNull(Instant), decidedBy: orNull(Type.String()), note: orNull(Type.String()),
  held: Type.Boolean(), fields: Type.Array(MatchField), rows: Type.Array(MatchRow), leftGone: Type.Boolean(), rightGone: Type.Boolean(),
});
export const readMatchPair = operation({ id: 'matching.pair', method: 'GET', path: '/api/matching/pairs/:id', summary: 'Two records side by side, and why they may be one', params: ById, response: MatchPair });

/** `take`: fields in which the record that goes under says what is right. `later` puts the pair off for a day. */
export const decideMatchPair = operation({
  id: 'matching.decide', method: 'POST', path: '/api/matching/pairs/:id/decision', summary: 'Say whether two records are one', params: ById,
  body: Type.Object({
    outcome: Type.Enum(['same', 'different', 'later']), version: Version, survivor: Type.Optional(Type.Enum(['left', 'right'])),
    take: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100 })), note: Type.Optional(Line),
  }, { additionalProperties: false }),
  response: Type.Object({ merge: orNull(Id) }),
});

export const MatchMerge = Type.Object({
  id: Id, register: Code, registerName: Text, survivor: Type.String(), absorbed: Type.String(), fields: Type.Array(Text), validFrom: Day, at: Instant, by: Type.String(),
  undoneAt: orNull(Instant), undoneBy: orNull(Type.String()), reason: orNull(Type.String()),
});
export const listMerges = operation({
  id: 'matching.merges', method: 'GET', path: '/api/matching/merges', summary: 'Merges, the latest first',
  query: Type.Object({ register: Type.Optional(Code) }, { additionalProperties: false }), response: Type.Object({ items: Type.Array(MatchMerge) }),
});
export const undoMatchMerge = operation({
  id: 'matching.undo', method: 'POST', path: '/api/matching/merges/:id/undo', summary: 'Undo a merge: both records are as they were', params: ById,
  body: Type.Object({ reason: Line }, { additionalProperties: false }), response: Type.Object({ id: Id }),
});

export const findDuplicates = operation({
  id: 'matching.find', method: 'POST', path: '/api/matching/registers/:register/duplicates', summary: 'Look for duplicates inside a register', params: OfRegister, status: 202, response: Type.Object({ id: Id }),
});

const Chances = Type.Object({ code: Type.String(), name: Text, levels: Type.Array(Type.Object({ name: Text, m: Type.Number(), u: Type.Number(), bits: Type.Number() })) });
export const MatchWeights = Type.Object({
  version: Type.Integer(), certain: Type.Number(), possible: Type.Number(), pairs: Type.Integer(), decided: Type.Integer(), learnedAt: orNull(Instant), by: orNull(Type.String()), inUse: Type.Boolean(), fields: Type.Array(Chances),
});
export const listMatchWeights = operation({
  id: 'matching.weights', method: 'GET', path: '/api/matching/registers/:register/weights', summary: 'Versions of the weights of a register', params: OfRegister, response: Type.Object({ items: Type.Array(MatchWeights) }),
});
export const learnMatchWeights = operation({
  id: 'matching.learn', method: 'POST', path: '/api/matching/registers/:register/weights', summary: 'Learn a new version of the weights of the register itself', params: OfRegister, status: 201, response: Type.Object({ version: Type.Integer() }),
});
export const useMatchWeights = operation({
  id: 'matching.use', method: 'POST', path: '/api/matching/registers/:register/weights/:version/use', summary: 'Use this version of the weights from now on',
  params: Type.Object({ register: Code, version: Type.String({ pattern: '^(0|[1-9][0-9]{0,8})$' }) }, { additionalProperties: false }), response: Type.Object({ version: Type.Integer() }),
});
