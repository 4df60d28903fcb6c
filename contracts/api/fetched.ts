import { Type, type Static } from 'typebox';
import { Code, Day, Instant } from '../scalars.ts';
import { Text } from '../text.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

/** What was looked up instead of asked: which facts hold, from whose registers, on what ground; with the applicant's own values. */
export const FetchedView = Type.Object({
  at: Instant,
  needs: Type.Array(Type.Object({
    code: Code, statement: Text, authority: Text, holds: Type.Boolean(), /** Who said so. */ by: orNull(Text), /** Of how many people it had to be true. */ people: Type.Integer(),
  })),
  sources: Type.Array(Type.Object({
    register: Code, name: Text, keeper: orNull(Text), found: Type.Boolean(), own: Type.Boolean(), validFrom: orNull(Day),
    /** The content that the service uses; none where only yes or no was kept. */
    fields: Type.Array(Type.Object({ key: Type.String(), label: Text, value: Text })),
  })),
});
export type FetchedView = Static<typeof FetchedView>;
