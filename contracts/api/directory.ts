import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Day, Id, Instant, Line, Version } from '../scalars.ts';
import { Text } from '../text.ts';

export const Department = Type.Object({
  id: Type.Integer(), code: Code, name: Text, division: Type.String(),
  /** The parent in the region's line of authority (块) and the superior in the line of business (条). */
  regionParent: Type.Union([Type.Integer(), Type.Null()]), lineParent: Type.Union([Type.Integer(), Type.Null()]), version: Version,
});
export type Department = Static<typeof Department>;
export const Person = Type.Object({
  id: Id, name: Type.String(), account: Type.Union([Type.String(), Type.Null()]), clearance: Type.Integer(), active: Type.Boolean(), version: Version,
  posts: Type.Array(Type.Object({ id: Id, code: Code, name: Text, department: Type.Integer(), roles: Type.Array(Code) })),
});
export const GrantRow = Type.Object({ permission: Type.String({ maxLength: 100 }), scope: Type.Enum(['own', 'department', 'region-subtree', 'line-subtree', 'subtree', 'all']) });
/** As it stood at the end of this day; now when absent. */
const OnDay = { on: Type.Optional(Day) };
export const Role = Type.Object({ code: Code, name: Text, grants: Type.Array(GrantRow), holders: Type.Integer(), version: Version });

export const listDepartments = operation({ id: 'directory.departments', method: 'GET', path: '/api/directory/departments', summary: 'Departments with both lines of authority, now or on a day', query: Type.Object(OnDay), response: Type.Object({ items: Type.Array(Department) }) });
export const listPeople = operation({
  id: 'directory.people', method: 'GET', path: '/api/directory/people', summary: 'Officials', query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 50 })), department: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })), ...OnDay }),
  response: Type.Object({ items: Type.Array(Person) }),
});
export const putPersonPosts = operation({
  id: 'directory.assignPosts', method: 'PUT', path: '/api/directory/people/:id/posts', summary: 'The posts a person holds from now on; administrators take a second one’s consent', params: Type.Object({ id: Id }),
  body: Type.Object({ version: Version, posts: Type.Array(Id, { maxItems: 20 }), reason: Line }, { additionalProperties: false }), response: Type.Object({ ...Person.properties, proposal: Type.Union([Id, Type.Null()]) }),
});
export const listPosts = operation({ id: 'directory.posts', method: 'GET', path: '/api/directory/posts', summary: 'Posts, now or on a day', query: Type.Object(OnDay), response: Type.Object({ items: Type.Array(Type.Object({ id: Id, code: Code, name: Text, department: Type.Integer(), roles: Type.Array(Code) })) }) });
export const listRoles = operation({ id: 'directory.roles', method: 'GET', path: '/api/directory/roles', summary: 'Roles with their permissions, now or on a day, and every permission there is', query: Type.Object(OnDay), response: Type.Object({ items: Type.Array(Role), permissions: Type.Array(Type.Object({ permission: Type.String(), operations: Type.Array(Type.String()) })) }) });
export const putRole = operation({
  id: 'directory.changeRole', method: 'PUT', path: '/api/directory/roles/:code', summary: 'Set the permissions of a role', params: Type.Object({ code: Code }),
  body: Type.Object({ version: Version, name: Type.Object({ zh: Line, en: Line }), grants: Type.Array(GrantRow, { maxItems: 300 }), reason: Line }, { additionalProperties: false }), response: Type.Object({ ...Role.properties, proposal: Type.Union([Id, Type.Null()]) }),
});
export const Delegation = Type.Object({ id: Id, from: Type.Object({ id: Id, name: Type.String() }), to: Type.Object({ id: Id, name: Type.String() }), startsAt: Instant, endsAt: Instant, reason: Type.String() });
export const listDelegations = operation({ id: 'delegation.list', method: 'GET', path: '/api/my/delegations', summary: 'Delegations from me and to me', response: Type.Object({ items: Type.Array(Delegation) }) });
export const createDelegation = operation({
  id: 'delegation.create', method: 'POST', path: '/api/my/delegations', summary: 'Somebody stands in while I am away', status: 201,
  body: Type.Object({ to: Id, startsAt: Instant, endsAt: Instant, reason: Line }, { additionalProperties: false }), response: Delegation,
});
export const endDelegation = operation({ id: 'delegation.end', method: 'DELETE', path: '/api/my/delegations/:id', summary: 'End a delegation now', params: Type.Object({ id: Id }), response: Type.Object({ ended: Type.Boolean() }) });
export const colleagues = operation({ id: 'directory.colleagues', method: 'GET', path: '/api/my/colleagues', summary: 'People one can delegate or circulate to', query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 50 })) }), response: Type.Object({ people: Type.Array(Type.Object({ id: Id, name: Type.String(), department: Text, posts: Type.Array(Text) })) }) });

/* ---- mandates of citizens and companies ---- */
export const Mandate = Type.Object({
  id: Id, principal: Type.Object({ id: Id, name: Type.String(), kind: Type.Enum(['person', 'institution']) }), agent: Type.Object({ id: Id, name: Type.String() }),
  /** representative (proved by the register), agent, guardian, child (for a parent). */
  basis: Type.Enum(['representative', 'agent', 'guardian', 'family']), services: Type.Union([Type.Array(Code), Type.Null()]),
  status: Type.Enum(['offered', 'active', 'ended']), startsAt: Instant, endsAt: Type.Union([Instant, Type.Null()]), mine: Type.Enum(['given', 'received']),
});
export const listMandates = operation({ id: 'mandate.list', method: 'GET', path: '/api/my/mandates', summary: 'Mandates given and received', response: Type.Object({ items: Type.Array(Mandate) }) });
export const createMandate = operation({
  id: 'mandate.create', method: 'POST', path: '/api/my/mandates', summary: 'Let somebody act for me or for my company', status: 201,
  body: Type.Object({ principal: Id, agentName: Line, agentCitizenNumber: Type.String({ pattern: '^\\d{17}[\\dX]$' }), basis: Type.Enum(['agent', 'guardian', 'family']), services: Type.Optional(Type.Array(Code, { maxItems: 50 })), endsOn: Type.Optional(Day) }, { additionalProperties: false }), response: Mandate,
});
export const acceptMandate = operation({ id: 'mandate.accept', method: 'POST', path: '/api/my/mandates/:id/accept', summary: 'Accept a mandate offered to me', params: Type.Object({ id: Id }), response: Mandate });
export const endMandate = operation({ id: 'mandate.end', method: 'DELETE', path: '/api/my/mandates/:id', summary: 'End a mandate, from either side', params: Type.Object({ id: Id }), response: Type.Object({ ended: Type.Boolean() }) });
