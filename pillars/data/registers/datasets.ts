import type { Dataset, DatasetColumn } from '@zhengwu/module';
import type { Register, RegisterField } from '@zhengwu/pack';

interface Property {
  type?: string;
  format?: string;
  enum?: unknown[];
}

/** What a field's schema makes of it for reckoning; lists and objects are left out. */
const typeOf = ({ type, format, enum: values }: Property): DatasetColumn['type'] | null => {
  if (type === 'string' || values !== undefined) return format === 'date' ? 'day' : 'text';
  if (type === 'number' || type === 'integer') return 'number';
  return type === 'boolean' ? 'truth' : null;
};

const casts = { text: '', day: '::date', instant: '::timestamp', number: '::float8', truth: '::boolean' } as const;

/** Nothing about a person and nothing that a few departments alone may see goes into a snapshot. */
const maySnapshot = ({ class: level, identifier }: RegisterField): boolean => (level === 'public' || level === 'internal') && identifier !== 'citizenNumber';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The records of a register as they hold and are known now. */
export const datasetOf = ({ code, name, schema, fields, sharing }: Register): Dataset => {
  const { properties = {} } = schema as { properties?: Record<string, Property> };
  const taken = fields.filter(maySnapshot).flatMap((field) => {
    const type = typeOf(properties[field.key] ?? {});
    return type === null ? [] : [{ name: field.key, title: field.label, type }];
  });
  return {
    code: `register-${code}`, title: name, permission: 'register.read', department: null, shared: sharing.class === '1',
    columns: [...taken, { name: 'recordSince', title: { zh: '本版本自', en: 'In force since' }, type: 'day' }],
    rows: `select ${taken.map(({ name: key, type }) => `(data->>${literal(key)})${casts[type]}, `).join('')}valid_from from registers.record where register = ${literal(code)} and known_to is null and valid_to is null`,
  };
};
