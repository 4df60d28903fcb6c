import type { Register } from '@zhengwu/pack';

/** A record as it is written out: values by field. */
export type Row = Readonly<Record<string, unknown>>;

/** One column of a file: a field of the register, and what its schema says that it holds. */
export interface Column {
  key: string;
  kind: 'text' | 'number' | 'truth';
}

interface Property {
  type?: string;
  anyOf?: Property[];
}

const kindOf = ({ type, anyOf = [] }: Property): Column['kind'] => {
  const own = type ?? anyOf.find((one) => one.type !== 'null')?.type;
  return own === 'integer' || own === 'number' ? 'number' : own === 'boolean' ? 'truth' : 'text';
};

export const columnsOf = ({ fields, schema }: Register): Column[] => {
  const { properties = {} } = schema as { properties?: Record<string, Property> };
  return fields.map(({ key }) => ({ key, kind: kindOf(properties[key] ?? {}) }));
};

/** A value as text; lists and objects as JSON, nothing as ''. */
export const textOf = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));
