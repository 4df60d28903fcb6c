import { Type, type Static } from 'typebox';
import { Text } from '@zhengwu/contracts';

/** An enumeration over the codes of a table, keeping their literal types. */
export const keysOf = <C extends string>(list: { readonly codes: readonly C[] }) => Type.Unsafe<C>(Type.Enum([...list.codes]));

/** Everything in a pack is closed: an unknown property is a finding, never dropped. */
export const closed = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

export const Key = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$', description: 'camelCase key' });
export const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$', description: 'kebab-case code' });
export const DepartmentCode = Type.String({ pattern: '^[A-Z]{2}(-[A-Z0-9]{2,8}){1,3}$' });
export const Expression = Type.String({ minLength: 1, maxLength: 2000, description: 'FEEL' });
/** A path inside the pack's folder; the loader replaces it by the text. */
export const FilePath = Type.String({ pattern: '^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\\.[a-z]{2,5}$' });
/** 9 to 11 digits with an area code, written 0xxx-xxxxxxx; short numbers need the area code too. */
export const Phone = Type.String({ minLength: 5, maxLength: 20 });

/** A limit: how many days, of which kind, and what does not count. */
export const Limit = closed({
  days: Type.Integer({ minimum: 0, maximum: 365 }),
  unit: Type.Unsafe<'working' | 'calendar'>(Type.Enum(['working', 'calendar'])),
  explain: Type.Optional(Text),
});
export type Limit = Static<typeof Limit>;

/** A blank form and its filled example, drawn from the same rows. */
export const Sample = closed({
  title: Text,
  rows: Type.Array(closed({ label: Text, example: Text }), { minItems: 1 }),
  note: Type.Optional(Text),
});
export type Sample = Static<typeof Sample>;
