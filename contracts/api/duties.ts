import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Id, Instant, Line, Version } from '../scalars.ts';
import { Text } from '../text.ts';
import { GrantRow } from './directory.ts';

const Named = Type.Object({ id: Id, name: Type.String() });
const Pattern = Type.String({ pattern: '^(role:|duty:)?[A-Za-z0-9._-]{1,80}\\*?$' });

/** A rule of separation of duties: nobody may hold something of both sides (a permission, role:CODE or duty:CODE; a star ends a beginning). */
export const Exclusion = Type.Object({ code: Code, name: Text, one: Type.Array(Pattern), other: Type.Array(Pattern), basis: Type.String(), fixed: Type.Boolean(), version: Version });
export type Exclusion = Static<typeof Exclusion>;
/** A change of administrators’ powers that waits for a second administrator of another kind. */
export const Proposal = Type.Object({
  id: Id, kind: Type.Enum(['role', 'posts']), subject: Type.String(), name: Text, reason: Type.String(), by: Named, duties: Type.Array(Type.String()), at: Instant,
  status: Type.Enum(['open', 'approved', 'refused']), decidedBy: Type.Union([Named, Type.Null()]), decidedAt: Type.Union([Instant, Type.Null()]), opinion: Type.Union([Type.String(), Type.Null()]),
  grants: Type.Union([Type.Array(GrantRow), Type.Null()]), posts: Type.Union([Type.Array(Text), Type.Null()]), mine: Type.Boolean(),
});

export const listDuties = operation({
  id: 'duty.list', method: 'GET', path: '/api/directory/duties', summary: 'The three administrators, what excludes what, and changes that wait for a second administrator',
  response: Type.Object({
    duties: Type.Array(Type.Object({ code: Code, name: Text, powers: Type.Array(Pattern), holders: Type.Array(Named) })), exclusions: Type.Array(Exclusion), proposals: Type.Array(Proposal), mine: Type.Array(Code),
  }),
});
export const putExclusion = operation({
  id: 'duty.putRule', method: 'PUT', path: '/api/directory/exclusions/:code', summary: 'Enter or change a rule; refused while somebody breaks it', params: Type.Object({ code: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }) }),
  body: Type.Object({ name: Type.Object({ zh: Line, en: Line }), one: Type.Array(Pattern, { minItems: 1, maxItems: 50 }), other: Type.Array(Pattern, { minItems: 1, maxItems: 50 }), basis: Line, reason: Line }, { additionalProperties: false }), response: Exclusion,
});
export const dropExclusion = operation({ id: 'duty.dropRule', method: 'DELETE', path: '/api/directory/exclusions/:code', summary: 'Take a rule away that no standard demands', params: Type.Object({ code: Code }), response: Type.Object({ dropped: Type.Boolean() }) });
export const decideProposal = operation({
  id: 'duty.decide', method: 'POST', path: '/api/directory/proposals/:id', summary: 'A second administrator agrees or refuses', params: Type.Object({ id: Id }),
  body: Type.Object({ approve: Type.Boolean(), opinion: Line }, { additionalProperties: false }), response: Type.Object({ status: Type.Enum(['approved', 'refused']) }),
});
