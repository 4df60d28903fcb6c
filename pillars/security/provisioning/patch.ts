import type { Filter } from 'scim2-parse-filter';
import { fail } from './errors.ts';
import { matches, readFilter } from './filter.ts';
import { extensionOf, isJson, named, readSingle, readValue, type Json } from './resource.ts';
import type { Attribute, ResourceType } from './schema.ts';

export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MOST_OPERATIONS = 100;
const PATH = /^(?:(urn:[^[\]]+):)?([A-Za-z$][\w$-]*)(?:\[(.*)\])?(?:\.([A-Za-z$][\w$-]*))?$/s;

interface Operation {
  op: 'add' | 'replace' | 'remove';
  path: string | null;
  value: unknown;
}
/** What a path leads to: an attribute of the core or of an extension, some of its values, a part of them. */
interface Target {
  extension: string | null;
  attribute: Attribute;
  filter: Filter | null;
  part: Attribute | null;
}

const property = (given: Json, name: string): unknown => Object.entries(given).find(([key]) => key.toLowerCase() === name)?.[1];

const readOperation = (given: unknown): Operation => {
  if (!isJson(given)) throw fail('scim.syntax', { why: 'Operations' });
  const [op, path] = [String(property(given, 'op')).toLowerCase(), property(given, 'path') ?? null];
  if (op !== 'add' && op !== 'replace' && op !== 'remove') throw fail('scim.syntax', { why: `op ${op.slice(0, 40)}` });
  if (path !== null && (typeof path !== 'string' || path.length > 1000)) throw fail('scim.path', { path: String(path).slice(0, 100) });
  return { op, path, value: property(given, 'value') };
};

/** The operations of a PATCH (RFC 7644 §3.5.2). */
export const readOperations = (body: Json): Operation[] => {
  const [schemas, operations] = [property(body, 'schemas'), property(body, 'operations')];
  if (!Array.isArray(schemas) || !schemas.includes(PATCH)) throw fail('scim.syntax', { why: `schemas: ${PATCH}` });
  if (!Array.isArray(operations) || operations.length === 0) throw fail('scim.syntax', { why: 'Operations' });
  if (operations.length > MOST_OPERATIONS) throw fail('scim.too-many', { most: MOST_OPERATIONS });
  return operations.map(readOperation);
};

const targetOf = (type: ResourceType, path: string): Target => {
  const [, urn, name = '', filter, sub] = PATH.exec(path) ?? [];
  const extension = urn === undefined || urn.toLowerCase() === type.core.toLowerCase() ? null : (extensionOf(type, urn) ?? '');
  const attribute = named(extension === null ? type.attributes : (type.extensions[extension] ?? []), name);
  const part = sub === undefined ? null : named(attribute?.subAttributes ?? [], sub);
  if (!attribute || part === undefined || (filter !== undefined && !attribute.multiValued)) throw fail('scim.path', { path });
  if (attribute.mutability === 'readOnly' || part?.mutability === 'readOnly') throw fail('scim.mutability', { attribute: path });
  return { extension, attribute, filter: filter === undefined ? null : readFilter(filter), part };
};

const keyOf = (value: unknown): unknown => (isJson(value) && typeof value['value'] === 'string' ? value['value'].toLowerCase() : JSON.stringify(value));
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** A value that is there already is not added twice (RFC 7644 §3.5.2.1); one that is primary is alone in that (§3.5.2). */
const join = (present: readonly unknown[], more: readonly unknown[]): unknown[] => {
  const byKey = new Map(present.map((one) => [keyOf(one), one]));
  const isPrimary = (one: unknown): boolean => isJson(one) && one['primary'] === true;
  for (const one of more) byKey.set(keyOf(one), isJson(one) ? { ...(byKey.get(keyOf(one)) as Json | undefined), ...one } : one);
  const newest = more.findLast(isPrimary);
  return [...byKey.values()].map((one) => (newest && isPrimary(one) && keyOf(one) !== keyOf(newest) ? { ...(one as Json), primary: false } : one));
};

/** What an asked-for value must be, when a filter says so by equality alone. */
const demanded = (filter: Filter, attribute: Attribute): Json | null => {
  if ('filters' in filter) return filter.op === 'and' ? filter.filters.reduce<Json | null>((all, one) => { const each = demanded(one, attribute); return all && each && { ...all, ...each }; }, {}) : null;
  if (filter.op !== 'eq' || !('compValue' in filter)) return null;
  const part = named(attribute.subAttributes ?? [], filter.attrPath);
  return part ? { [part.name]: filter.compValue } : null;
};

const setSome = (holder: Json, { attribute, part }: Target, filter: Filter, { op, path, value }: Operation): void => {
  const present = listOf(holder[attribute.name]);
  const isMeant = present.map((one) => matches(filter, one));
  const change = part ? { [part.name]: readSingle(part, value) } : (readSingle(attribute, value) as Json);
  const made = isMeant.includes(true) ? null : op === 'add' ? demanded(filter, attribute) : null;
  if (!isMeant.includes(true) && !made) throw fail('scim.no-target', { path: path ?? '' });
  const changed = present.map((one, index) => (isMeant[index] ? { ...(one as Json), ...change } : one));
  holder[attribute.name] = made ? [...present, { ...made, ...change }] : changed;
};

const set = (holder: Json, target: Target, operation: Operation): void => {
  const { attribute, filter, part } = target;
  const { op, value } = operation;
  if (filter) return setSome(holder, target, filter, operation);
  if (part && attribute.multiValued) {
    holder[attribute.name] = listOf(holder[attribute.name]).map((one) => ({ ...(one as Json), [part.name]: readSingle(part, value) }));
    return;
  }
  if (part) holder[attribute.name] = { ...(holder[attribute.name] as Json | undefined), [part.name]: readSingle(part, value) };
  else if (attribute.multiValued) {
    const more = readValue(attribute, listOf(value)) as unknown[];
    holder[attribute.name] = join(op === 'add' ? listOf(holder[attribute.name]) : [], more);
  } else if (attribute.type === 'complex' && isJson(value)) holder[attribute.name] = { ...(holder[attribute.name] as Json | undefined), ...(readValue(attribute, value) as Json) };
  // Some clients send the value of a complex attribute alone (Microsoft Entra's manager).
  else if (attribute.type === 'complex') holder[attribute.name] = { value: readSingle({ ...attribute, type: 'string' }, value) };
  else holder[attribute.name] = readValue(attribute, value);
};

const remove = (holder: Json, { attribute, filter, part }: Target, value: unknown): void => {
  if (attribute.required) throw fail('scim.mutability', { attribute: attribute.name });
  const present = listOf(holder[attribute.name]);
  const without = (one: unknown): unknown => (part ? Object.fromEntries(Object.entries(one as Json).filter(([name]) => name !== part.name)) : undefined);
  if (!attribute.multiValued) {
    if (part && isJson(holder[attribute.name])) holder[attribute.name] = without(holder[attribute.name]);
    else delete holder[attribute.name];
    return;
  }
  // Some clients name the values to take away beside the path (Microsoft Entra's members).
  const named_ = value === undefined || value === null ? null : new Set(listOf(value).map(keyOf));
  const isMeant = (one: unknown): boolean => (filter ? matches(filter, one) : named_ === null || named_.has(keyOf(one)));
  holder[attribute.name] = part ? present.map((one) => (isMeant(one) ? without(one) : one)) : present.filter((one) => !isMeant(one));
};

const holderOf = (resource: Json, extension: string | null): Json => {
  if (extension === null) return resource;
  const held = isJson(resource[extension]) ? resource[extension] : {};
  resource[extension] = held;
  return held;
};

/** Each attribute of a value without a path is one operation of its own; extensions may be named whole or by dotted names. */
const spread = (type: ResourceType, { op, value }: Operation): Operation[] => {
  if (!isJson(value)) throw fail('scim.value', { attribute: 'value', why: 'an object' });
  return Object.entries(value).filter(([name]) => name.toLowerCase() !== 'schemas').flatMap(([name, inner]) => {
    const extension = extensionOf(type, name);
    if (!extension) return [{ op, path: name, value: inner }];
    if (!isJson(inner)) throw fail('scim.value', { attribute: name, why: 'an object' });
    return Object.entries(inner).map(([sub, each]) => ({ op, path: `${extension}:${sub}`, value: each }));
  });
};

const applyOne = (type: ResourceType, resource: Json, operation: Operation): void => {
  const { op, path, value } = operation;
  if (path === null) {
    if (op === 'remove') throw fail('scim.no-target', { path: '' });
    for (const one of spread(type, operation)) applyOne(type, resource, one);
    return;
  }
  const whole = extensionOf(type, path);
  if (whole) {
    if (op === 'remove') delete resource[whole];
    else for (const one of spread(type, { op, path: null, value: { [whole]: value } })) applyOne(type, resource, one);
    return;
  }
  const target = targetOf(type, path);
  const holder = holderOf(resource, target.extension);
  if (op === 'remove' || value === null) remove(holder, target, op === 'remove' ? value : undefined);
  else set(holder, target, operation);
};

/** The resource after the operations, one after another; the given one stays as it is. Throws for the first that cannot be done. */
export const patched = (type: ResourceType, resource: Json, operations: readonly Operation[]): Json => {
  const changed = structuredClone(resource);
  for (const one of operations) applyOne(type, changed, one);
  return changed;
};
