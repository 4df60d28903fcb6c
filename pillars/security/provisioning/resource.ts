import { fail } from './errors.ts';
import type { Attribute, ResourceType } from './schema.ts';

export type Json = Record<string, unknown>;

const MOST_VALUES = 500;
const MOST_TEXT = 200;

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Names of attributes know no case (RFC 7643 §2.1). */
export const named = (attributes: readonly Attribute[], name: string): Attribute | undefined => attributes.find((one) => one.name.toLowerCase() === name.toLowerCase());
export const extensionOf = (type: ResourceType, urn: string): string | undefined => Object.keys(type.extensions).find((one) => one.toLowerCase() === urn.toLowerCase());

const refuse = (attribute: Attribute, why: string): never => {
  throw fail('scim.value', { attribute: attribute.name, why });
};

/** Some clients send booleans as text (Microsoft Entra does). */
const booleanOf = (attribute: Attribute, value: unknown): boolean => {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return text === 'true' || text === 'false' ? text === 'true' : refuse(attribute, 'true or false');
};

/** One value as this service keeps it; what is read only is left out (RFC 7644 §3.3). */
export const readSingle = (attribute: Attribute, value: unknown): unknown => {
  if (attribute.type === 'boolean') return booleanOf(attribute, value);
  if (attribute.type === 'complex') return isJson(value) ? readAttributes(attribute.subAttributes ?? [], value) : refuse(attribute, 'an object');
  if (typeof value !== 'string') return refuse(attribute, 'a text');
  return value.length > MOST_TEXT ? refuse(attribute, `at most ${MOST_TEXT} characters`) : value.trim();
};

export const readValue = (attribute: Attribute, value: unknown): unknown => {
  if (!attribute.multiValued) return readSingle(attribute, value);
  if (!Array.isArray(value)) return refuse(attribute, 'a list');
  if (value.length > MOST_VALUES) throw fail('scim.too-many', { most: MOST_VALUES });
  return value.map((one) => readSingle(attribute, one));
};

/** Attributes under their own names; those nobody knows, those read only and those that are null are left out. */
const readAttributes = (attributes: readonly Attribute[], given: Json): Json => {
  const read: Json = {};
  for (const [name, value] of Object.entries(given)) {
    const attribute = named(attributes, name);
    if (attribute && attribute.mutability !== 'readOnly' && value !== null) read[attribute.name] = readValue(attribute, value);
  }
  return read;
};

/** A resource as it was sent. Throws `scim.syntax` without its schema, `scim.value` for a value of another type. */
export const readResource = (type: ResourceType, given: Json): Json => {
  const schemas = Object.entries(given).find(([name]) => name.toLowerCase() === 'schemas')?.[1];
  if (!Array.isArray(schemas) || !schemas.some((one) => typeof one === 'string' && one.toLowerCase() === type.core.toLowerCase())) throw fail('scim.syntax', { why: `schemas: ${type.core}` });
  const read = readAttributes(type.attributes, given);
  for (const [name, value] of Object.entries(given)) {
    const urn = extensionOf(type, name);
    if (!urn || value === null) continue;
    if (!isJson(value)) throw fail('scim.syntax', { why: urn });
    read[urn] = readAttributes(type.extensions[urn] ?? [], value);
  }
  return read;
};

/** A list of names as a client writes it, in lower case and without the URN of the core schema. */
const namesOf = (list: string | undefined, core: string): string[] | null => {
  if (list === undefined || list.trim() === '') return null;
  const prefix = `${core.toLowerCase()}:`;
  return list.split(',').map((one) => one.trim().toLowerCase()).filter((one) => one !== '').map((one) => (one.startsWith(prefix) ? one.slice(prefix.length) : one));
};

const subsOf = (value: unknown, keep: (name: string) => boolean): unknown => {
  if (Array.isArray(value)) return value.map((one) => subsOf(one, keep));
  return isJson(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => keep(name.toLowerCase()))) : value;
};

const ALWAYS = new Set(['schemas', 'id']);

/** What of a resource is answered (RFC 7644 §3.9); `schemas` and `id` always are. */
export const project = (resource: Json, type: ResourceType, { attributes, excludedAttributes }: { attributes?: string; excludedAttributes?: string }): Json => {
  const [wanted, unwanted] = [namesOf(attributes, type.core), namesOf(excludedAttributes, type.core)];
  const shown: Json = {};
  for (const [key, value] of Object.entries(resource)) {
    const name = key.toLowerCase();
    const below = (list: readonly string[], sub: string): boolean => list.includes(`${name}.${sub}`) || list.some((one) => one === `${name}:${sub}` || one.startsWith(`${name}:${sub}.`));
    if (ALWAYS.has(name) || (!wanted && !unwanted) || wanted?.includes(name)) shown[key] = value;
    else if (wanted?.some((one) => one.startsWith(`${name}.`) || one.startsWith(`${name}:`))) shown[key] = subsOf(value, (sub) => below(wanted, sub));
    else if (!wanted && unwanted && !unwanted.includes(name)) shown[key] = subsOf(value, (sub) => !below(unwanted, sub));
  }
  return shown;
};
