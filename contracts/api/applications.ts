import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Day, Id, Instant, Line, Version } from '../scalars.ts';
import { Text } from '../text.ts';

const Name = Type.Object({ zh: Line, en: Line }, { additionalProperties: false });
const Department = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
const Named = Type.Object({ id: Id, name: Type.String() });

/** People named together, wherever they belong; kept by one department. */
export const Group = Type.Object({ id: Id, code: Code, name: Text, department: Department, members: Type.Array(Named), version: Version });
export const listGroups = operation({ id: 'group.list', method: 'GET', path: '/api/directory/groups', summary: 'Groups of people with their members', response: Type.Object({ items: Type.Array(Group) }) });
export const putGroup = operation({
  id: 'group.put', method: 'PUT', path: '/api/directory/groups/:code', summary: 'Enter or change a group', params: Type.Object({ code: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }) }),
  body: Type.Object({ version: Version, name: Name, department: Department, members: Type.Array(Id, { maxItems: 500 }), reason: Line }, { additionalProperties: false }), response: Group,
});
export const dropGroup = operation({ id: 'group.drop', method: 'DELETE', path: '/api/directory/groups/:code', summary: 'Take a group away', params: Type.Object({ code: Code }), response: Type.Object({ dropped: Type.Boolean() }) });

const Scope = Type.Enum(['department', 'region-subtree', 'line-subtree', 'subtree', 'all']);
/** Another system of the city that uses this one in its own name (LDAP, SCIM, OpenID Connect). */
export const Application = Type.Object({
  id: Id, clientId: Type.String(), name: Text, department: Department, permissions: Type.Array(Type.String()), scope: Scope, hasSecret: Type.Boolean(), active: Type.Boolean(), endsOn: Type.Union([Day, Type.Null()]), usedAt: Type.Union([Instant, Type.Null()]), version: Version,
});
export const listApplications = operation({ id: 'application.list', method: 'GET', path: '/api/directory/applications', summary: 'Applications as principals', response: Type.Object({ items: Type.Array(Application), permissions: Type.Array(Type.String()) }) });
export const putApplication = operation({
  id: 'application.put', method: 'PUT', path: '/api/directory/applications/:clientId', summary: 'Register or change an application', params: Type.Object({ clientId: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{2,63}$' }) }),
  body: Type.Object({ version: Version, name: Name, department: Department, permissions: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 }), scope: Scope, active: Type.Boolean(), endsOn: Type.Union([Day, Type.Null()]), reason: Line }, { additionalProperties: false }), response: Application,
});
export const renewSecret = operation({ id: 'application.secret', method: 'POST', path: '/api/directory/applications/:clientId/secret', summary: 'A new secret, shown once; the old one ends at once', params: Type.Object({ clientId: Type.String({ maxLength: 64 }) }), response: Type.Object({ secret: Type.String() }) });
