import { fail } from './errors.ts';
import { LIST, MOST_RESULTS } from './reading.ts';
import type { Json } from './resource.ts';
import { Group, User, type Attribute, type ResourceType } from './schema.ts';

const TYPES: readonly ResourceType[] = [User, Group];
const CONFIG = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
const TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

/** RFC 7643 §5: what is not supported is said. */
export const serviceConfig = (base: string): Json => ({
  schemas: [CONFIG],
  patch: { supported: true }, bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 }, filter: { supported: true, maxResults: MOST_RESULTS }, changePassword: { supported: false }, sort: { supported: true }, etag: { supported: true },
  authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Bearer token', description: 'A token of a registered application (RFC 6750), made in the console, rotated with an overlap; it may be bound to the client certificate of an institution', specUri: 'https://www.rfc-editor.org/rfc/rfc6750', primary: true }],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

const typeOf = (base: string, { name, endpoint, description, core, extensions }: ResourceType): Json => ({
  schemas: [TYPE], id: name, name, endpoint, description, schema: core, schemaExtensions: Object.keys(extensions).map((schema) => ({ schema, required: false })),
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
});

const schemasOf = (base: string): Json[] => TYPES.flatMap(({ name, description, core, attributes, extensions }) => {
  const one = (id: string, title: string, list: readonly Attribute[]): Json => ({ schemas: [SCHEMA], id, name: title, description, attributes: list, meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` } });
  // Common attributes are no part of a schema (RFC 7643 §3.1).
  return [one(core, name, attributes.filter((attribute) => attribute.name !== 'id' && attribute.name !== 'externalId')), ...Object.entries(extensions).map(([id, list]) => one(id, id.includes('enterprise') ? 'EnterpriseUser' : `Zhengwu${name}`, list))];
});

const listOf = (all: Json[]) => ({ schemas: [LIST], totalResults: all.length, startIndex: 1, itemsPerPage: all.length, Resources: all });
const oneOf = (all: readonly Json[], id: string): Json => {
  const found = all.find((one) => String(one['id']).toLowerCase() === id.toLowerCase());
  if (!found) throw fail('scim.unknown');
  return found;
};

export const resourceTypes = (base: string) => listOf(TYPES.map((type) => typeOf(base, type)));
export const resourceType = (base: string, id: string): Json => oneOf(TYPES.map((type) => typeOf(base, type)), id);
export const schemas = (base: string) => listOf(schemasOf(base));
export const schema = (base: string, id: string): Json => oneOf(schemasOf(base), id);
