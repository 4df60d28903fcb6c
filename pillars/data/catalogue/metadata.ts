import { resourceClasses, type ResourceMetadata } from '@zhengwu/contracts';
import type { Register, RegisterField } from '@zhengwu/pack';
import { fail } from './errors.ts';

/** A name of a law or policy and an article of it: 《…》第…条. */
const CITES = /《[^》]{2,}》.{0,40}第[^条]{1,12}条|《[^》]{2,}》/;
export const citesLaw = (text: string): boolean => CITES.test(text);

/** What the national guide demands of an entry beyond its shape. */
export const checkMetadata = ({ code, class: kind, sharing }: ResourceMetadata): void => {
  if (!code.startsWith(kind)) throw fail('catalogue.wrong-class', { code });
  const isWithout = (sharing.class === '2' && sharing.condition === null) || (sharing.class === '3' && (sharing.basis === null || !citesLaw(sharing.basis.zh)));
  if (isWithout) throw fail('catalogue.needs-basis', {});
};

interface Property {
  type?: string;
  format?: string;
}

/** The kind of an item by its schema (GB/T 21063). */
const kindOf = ({ type, format }: Property): ResourceMetadata['items'][number]['kind'] => {
  if (type === 'integer') return 'I';
  if (type === 'number') return 'N';
  if (type === 'boolean') return 'L';
  if (format === 'date') return 'D';
  return format === 'date-time' ? 'T' : 'C';
};

/** Second part of the code, by what a base register is about; what is no base register counts on within its department's class. */
const items: Readonly<Record<string, string>> = { population: '01', legal: '02', geography: '03', economy: '04', credit: '05', licence: '06' };

const isOpen = ({ class: level, identifier }: RegisterField): boolean => level === 'public' && identifier !== 'citizenNumber';

/** The entry that a register makes of itself, so that nobody types what its pack says already. `serial` tells it from others. */
export const metadataOf = (register: Register & { category?: string }, serial: number): ResourceMetadata => {
  const { name, schema, fields, sharing, category } = register;
  const { properties = {} } = schema as { properties?: Record<string, Property> };
  const kind = category === undefined ? '3' : '1';
  const open = register.subject !== 'person' && sharing.class === '1' && fields.some(isOpen);
  return {
    name, code: `${kind}${items[category ?? ''] ?? '99'}001/${String(serial).padStart(6, '0')}`, class: kind, format: '3',
    abstract: { zh: `${name.zh}：${fields.map(({ label }) => label.zh).join('、')}。`, en: `${name.en}: ${fields.map(({ label }) => label.en.toLowerCase()).join(', ')}.` },
    items: fields.map((field) => ({ name: field.key, title: field.label, kind: kindOf(properties[field.key] ?? {}), isOpen: open && isOpen(field) })),
    sharing: { class: sharing.class, mode: '3', condition: sharing.condition ?? null, basis: sharing.basis ?? null },
    openness: { isOpen: open, condition: null }, cycle: '1', related: [],
  };
};

const flat = (value: unknown, path: string): [string, string][] => {
  if (value === null || typeof value !== 'object') return [[path, JSON.stringify(value ?? null)]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, `${path}/${key}`));
};

export interface Difference {
  path: string;
  before: string | null;
  after: string | null;
}

/** What differs between two entries, place by place; items are compared by their name, not by where they stand. */
export const differences = (before: ResourceMetadata, after: ResourceMetadata): Difference[] => {
  const byName = ({ items: list, ...rest }: ResourceMetadata): unknown => ({ ...rest, items: Object.fromEntries(list.map(({ name, ...item }) => [name, item])) });
  const [old, fresh] = [new Map(flat(byName(before), '')), new Map(flat(byName(after), ''))];
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((path) => old.get(path) !== fresh.get(path)).sort().map((path) => ({ path, before: old.get(path) ?? null, after: fresh.get(path) ?? null }));
};

export const classText = (kind: string): { zh: string; en: string } => resourceClasses.text(kind as '1');
