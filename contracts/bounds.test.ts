import { expect, test } from 'vitest';
import * as contracts from './index.ts';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  [keyword: string]: unknown;
}

const operations = Object.values(contracts as Record<string, unknown>).filter((one): one is contracts.AnyOperation => typeof one === 'object' && one !== null && 'method' in one && 'path' in one);

const isBounded = (schema: Schema): boolean => {
  const has = (...keywords: string[]): boolean => keywords.some((keyword) => schema[keyword] !== undefined);
  if (schema.type === 'string') return has('maxLength', 'pattern', 'format', 'enum', 'const');
  if (schema.type === 'array') return has('maxItems');
  if (schema.type === 'integer' || schema.type === 'number') return has('maximum') && has('minimum');
  return true;
};

const unbounded = (schema: Schema | undefined, at: string): string[] =>
  schema === undefined ? [] : [
    ...(isBounded(schema) ? [] : [at]),
    ...unbounded(schema.items, `${at}[]`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => unbounded(inner, `${at}.${name}`)),
    ...(schema.anyOf ?? []).flatMap((inner) => unbounded(inner, at)),
  ];

test('whatever an operation takes in has a largest size', () => {
  expect(operations.length).toBeGreaterThan(90);
  expect(operations.flatMap(({ id, params, query, body }) => Object.entries({ params, query, body }).flatMap(([part, schema]) => unbounded(schema as Schema | undefined, `${id} ${part}`)))).toEqual([]);
});
