import type { FieldLayout } from '@zhengwu/contracts';

export type FormValues = Record<string, unknown>;
type Shape = Record<string, unknown>;

const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON Schema of one property, empty when the step does not declare it. */
export const propertyOf = (schema: unknown, key: string): Shape => {
  const properties = isShape(schema) ? schema.properties : undefined;
  const property = isShape(properties) ? properties[key] : undefined;
  return isShape(property) ? property : {};
};

/** JSON type of a property; unions take the first that is not null. */
export const typeOf = (property: Shape): string => {
  const { type } = property;
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return String(type.find((one) => one !== 'null') ?? 'string');
  const options = property.anyOf ?? property.oneOf;
  if (Array.isArray(options)) {
    const known = options
      .filter(isShape)
      .map(typeOf)
      .find((one) => one !== 'null');
    if (known) return known;
  }
  if (isShape(property.properties)) return 'object';
  return 'string';
};

export const isRequired = (schema: unknown, key: string): boolean => isShape(schema) && Array.isArray(schema.required) && schema.required.includes(key);

/** Schema of one entry of an array property. */
export const itemOf = (property: Shape): Shape => (isShape(property.items) ? property.items : {});

/** Fields of one entry of a `people` field. */
export const entryFields = (field: FieldLayout): FieldLayout[] =>
  (field.items ?? []).filter((item): item is FieldLayout => isShape(item) && typeof item.key === 'string' && typeof item.control === 'string');

/** Fields to ask now, in order: those that the site says are visible. */
export const asked = (layout: FieldLayout[], visible?: readonly string[]): FieldLayout[] => (visible ? layout.filter((field) => visible.includes(field.key)) : layout);

export const asText = (value: unknown): string => (value === undefined || value === null ? '' : typeof value === 'object' ? '' : String(value));
export const asRecord = (value: unknown): Shape => (isShape(value) ? value : {});
export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
