type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

const mapEach = (value: unknown, close: (s: unknown) => unknown): unknown =>
  isSchema(value) ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, close(v)])) : value;

const closeInside = (schema: Schema, closed: boolean): Record<string, unknown> => {
  const inner = (s: unknown): unknown => closeSchema(s);
  const copy: Record<string, unknown> = { ...schema };
  for (const key of ['properties', 'patternProperties', '$defs']) if (key in copy) copy[key] = mapEach(copy[key], inner);
  for (const key of ['items', 'additionalProperties', 'additionalItems', 'contains']) {
    const value = copy[key];
    copy[key] = Array.isArray(value) ? value.map(inner) : isSchema(value) ? inner(value) : value;
    if (copy[key] === undefined) delete copy[key];
  }
  for (const key of ['anyOf', 'oneOf']) if (Array.isArray(copy[key])) copy[key] = copy[key].map((s) => (closed ? closeSchema(s) : openAtTop(s)));
  if (Array.isArray(copy['allOf'])) copy['allOf'] = copy['allOf'].map(openAtTop);
  return copy;
};

const openAtTop = (schema: unknown): unknown => (isSchema(schema) ? closeInside(schema, false) : schema);

/**
 * A copy of a schema in which objects refuse properties they do not declare (JSON Schema 2019-09, §9.3.2.4 for intersections).
 * An object that says `additionalProperties` itself keeps what it says.
 */
export const closeSchema = (schema: unknown): unknown => {
  if (!isSchema(schema)) return schema;
  const copy = closeInside(schema, true);
  if (Array.isArray(copy['allOf'])) return { ...copy, unevaluatedProperties: copy['unevaluatedProperties'] ?? false };
  const declares = isSchema(copy['properties']) && !('additionalProperties' in copy) && !('patternProperties' in copy);
  return declares ? { ...copy, additionalProperties: false } : copy;
};
