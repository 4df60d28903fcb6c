import { Type, type Static } from 'typebox';

/** One thing wrong with one field: where (JSON pointer), which rule, and what to do, in the reader's language. */
export const FieldIssue = Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() });
export type FieldIssue = Static<typeof FieldIssue>;

/** RFC 9457 problem details; `code` is stable, `instance` is the request id. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  instance: Type.String(),
  code: Type.String(),
  issues: Type.Optional(Type.Array(FieldIssue)),
  extra: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
export type Problem = Static<typeof Problem>;
