import { Type } from 'typebox';
import { operation, type Media } from '../operation.ts';
import type { Problem } from '../problem.ts';
import { Code, Id, Instant, Line, Version } from '../scalars.ts';
import { Text } from '../text.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
/** Our codes as RFC 7644 §3.12 names them; the rest have a status and a detail alone. */
const SCIM_TYPES: Readonly<Record<string, string>> = {
  'scim.filter': 'invalidFilter', 'scim.path': 'invalidPath', 'scim.no-target': 'noTarget', 'scim.value': 'invalidValue', 'scim.syntax': 'invalidSyntax', 'scim.mutability': 'mutability', 'scim.too-many': 'tooMany',
  'scim.taken': 'uniqueness', 'people.account-taken': 'uniqueness', 'request.malformed': 'invalidSyntax', 'request.invalid': 'invalidValue', 'duty.exclusive': 'invalidValue', 'scim.duty': 'invalidValue', 'people.no-successor': 'invalidValue',
};

const asScim = ({ status: told, code, detail, issues }: Problem): ReturnType<Media['problem']> => {
  const status = told === 422 ? 400 : told;
  const scimType = SCIM_TYPES[code];
  const said = [detail, ...(issues ?? []).map(({ path, message }) => `${path}: ${message}`)].join(' ');
  return {
    status, body: { schemas: [ERROR], status: String(status), ...(scimType ? { scimType } : {}), detail: said },
    ...(status === 401 ? { headers: { 'www-authenticate': 'Bearer realm="scim"' } } : {}),
  };
};

/** SCIM 2.0 (RFC 7644 §3.1, §3.12, §8.1). */
const media: Media = { type: 'application/scim+json', problem: asScim };
const Resource = Type.Record(Type.String({ maxLength: 200 }), Type.Unknown());
const Given = Type.Record(Type.String({ maxLength: 200 }), Type.Unknown(), { maxProperties: 100 });
const Listed = Type.Object({ schemas: Type.Array(Type.String()), totalResults: Type.Integer(), startIndex: Type.Integer(), itemsPerPage: Type.Integer(), Resources: Type.Array(Resource) });
const Whole = Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 });
const Shown = { attributes: Type.Optional(Type.String({ maxLength: 2000 })), excludedAttributes: Type.Optional(Type.String({ maxLength: 2000 })) };
const Asked = Type.Object({
  filter: Type.Optional(Type.String({ maxLength: 2000 })), sortBy: Type.Optional(Type.String({ maxLength: 200 })), sortOrder: Type.Optional(Type.Enum(['ascending', 'descending'])), startIndex: Type.Optional(Whole), count: Type.Optional(Whole), ...Shown,
});
const ById = Type.Object({ id: Type.String({ maxLength: 200 }) });
const shown = Type.Object(Shown);
const at = (path: string) => `/scim/v2/${path}` as const;

export const scimConfig = operation({ id: 'scim.config', method: 'GET', path: at('ServiceProviderConfig'), summary: 'What this SCIM service can do (RFC 7643 §5)', media, response: Resource });
export const scimResourceTypes = operation({ id: 'scim.resourceTypes', method: 'GET', path: at('ResourceTypes'), summary: 'Types of SCIM resources', media, response: Listed });
export const scimResourceType = operation({ id: 'scim.resourceType', method: 'GET', path: at('ResourceTypes/:id'), summary: 'One type of SCIM resource', media, params: ById, response: Resource });
export const scimSchemas = operation({ id: 'scim.schemas', method: 'GET', path: at('Schemas'), summary: 'Schemas of SCIM resources', media, response: Listed });
export const scimSchema = operation({ id: 'scim.schema', method: 'GET', path: at('Schemas/:id'), summary: 'One schema of SCIM resources', media, params: ById, response: Resource });

export const scimUsers = operation({ id: 'scim.users', method: 'GET', path: at('Users'), summary: 'Officials by filter, sorted, in pages', media, query: Asked, response: Listed });
export const scimUser = operation({ id: 'scim.user', method: 'GET', path: at('Users/:id'), summary: 'One official', media, params: ById, query: shown, response: Resource });
export const scimCreateUser = operation({ id: 'scim.createUser', method: 'POST', path: at('Users'), summary: 'Somebody joins', media, status: 201, query: shown, body: Given, response: Resource });
export const scimReplaceUser = operation({ id: 'scim.replaceUser', method: 'PUT', path: at('Users/:id'), summary: 'An official as they are now: moves, leaves and comes back by it', media, params: ById, query: shown, body: Given, response: Resource });
export const scimChangeUser = operation({ id: 'scim.changeUser', method: 'PATCH', path: at('Users/:id'), summary: 'Change an official; active false is leaving', media, params: ById, query: shown, body: Given, response: Resource });
export const scimRemoveUser = operation({ id: 'scim.removeUser', method: 'DELETE', path: at('Users/:id'), summary: 'An official leaves for good; history is kept', media, status: 204, params: ById, response: Type.Null() });
export const scimGroups = operation({ id: 'scim.groups', method: 'GET', path: at('Groups'), summary: 'Groups by filter, sorted, in pages', media, query: Asked, response: Listed });
export const scimGroup = operation({ id: 'scim.group', method: 'GET', path: at('Groups/:id'), summary: 'One group', media, params: ById, query: shown, response: Resource });
export const scimCreateGroup = operation({ id: 'scim.createGroup', method: 'POST', path: at('Groups'), summary: 'Enter a group', media, status: 201, query: shown, body: Given, response: Resource });
export const scimReplaceGroup = operation({ id: 'scim.replaceGroup', method: 'PUT', path: at('Groups/:id'), summary: 'A group as it is now', media, params: ById, query: shown, body: Given, response: Resource });
export const scimChangeGroup = operation({ id: 'scim.changeGroup', method: 'PATCH', path: at('Groups/:id'), summary: 'Change a group', media, params: ById, query: shown, body: Given, response: Resource });
export const scimRemoveGroup = operation({ id: 'scim.removeGroup', method: 'DELETE', path: at('Groups/:id'), summary: 'Take a group away', media, status: 204, params: ById, response: Type.Null() });

const Token = Type.Object({ id: Id, madeBy: Type.String(), madeAt: Instant, endsAt: Instant, usedAt: Type.Union([Instant, Type.Null()]), usedFrom: Type.Union([Type.String(), Type.Null()]), institution: Type.Union([Type.String(), Type.Null()]), live: Type.Boolean() });
const Client = Type.Object({ clientId: Type.String(), name: Text, department: Text, scope: Code, active: Type.Boolean(), version: Version, people: Type.Integer(), tokens: Type.Array(Token) });
const Waiting = Type.Object({ id: Id, name: Type.String(), account: Type.String(), since: Instant });
export const provisioningState = operation({
  id: 'provisioning.state', method: 'GET', path: '/api/provisioning', summary: 'Systems that keep the directory over SCIM, their tokens, and joiners who have no password yet',
  response: Type.Object({ address: Type.String(), clients: Type.Array(Client), waiting: Type.Array(Waiting) }),
});
export const makeToken = operation({
  id: 'provisioning.token', method: 'POST', path: '/api/provisioning/:clientId/tokens', summary: 'A token for an application, shown once; the ones before it end after an overlap', status: 201, params: Type.Object({ clientId: Type.String({ maxLength: 64 }) }),
  body: Type.Object({ days: Type.Integer({ minimum: 1, maximum: 365 }), overlapHours: Type.Integer({ minimum: 0, maximum: 720 }), institution: Type.Union([Type.String({ pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' }), Type.Null()]), reason: Line }, { additionalProperties: false }),
  response: Type.Object({ token: Type.String(), endsAt: Instant }),
});
export const endToken = operation({
  id: 'provisioning.endToken', method: 'DELETE', path: '/api/provisioning/tokens/:id', summary: 'End a token now', params: Type.Object({ id: Id }), response: Type.Object({ ended: Type.Boolean() }),
});
export const handPassword = operation({
  id: 'provisioning.password', method: 'POST', path: '/api/provisioning/people/:id/password', summary: 'A one-time password, shown once, for a joiner who has not chosen one yet', params: Type.Object({ id: Id }), response: Type.Object({ password: Type.String() }),
});
