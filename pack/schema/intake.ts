import { Type, type Static } from 'typebox';
import { Text } from '@zhengwu/contracts';
import { closed, Key, Slug } from './parts.ts';

/** Where a field of our record comes from: a field of theirs (perhaps by a table of codes), a fixed value, or the day from which the change holds. */
const Part = closed({
  to: Key,
  from: Type.Optional(Key),
  value: Type.Optional(Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean(), Type.Null()])),
  validFrom: Type.Optional(Type.Literal(true)),
  codes: Type.Optional(Type.Record(Type.String(), Type.String())),
  /** Only when we did not know the record: what it becomes later is ours. */
  first: Type.Optional(Type.Literal(true)),
});

/** How changes of a topic of another site become records of a register here. Which site they come from is each deployment's own. */
export const Intake = closed({
  code: Slug,
  name: Text,
  topic: Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9-]+){0,3}$' }),
  register: Slug,
  /** The field of theirs that is the key of ours. */
  key: Key,
  /** Records that we do not know are passed over: they are not ours to begin. */
  knownOnly: Type.Optional(Type.Literal(true)),
  parts: Type.Array(Part, { minItems: 1 }),
});
export type Intake = Static<typeof Intake>;
