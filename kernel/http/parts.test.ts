import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { Type } from 'typebox';
import { dispositionOf } from './answer.ts';
import { hashOf } from './body.ts';
import { checkMatch, compileSchema, etagOf } from './index.ts';
import { createMethods } from './methods.ts';
import { bodyTag, isUnchanged } from './preconditions.ts';

describe('If-Match (RFC 9110 §13.1.1)', () => {
  const outcome = (header: string | undefined): string => {
    try {
      checkMatch(header, 7);
      return 'ok';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  test.each([
    ['"7"', 'ok'], ['"6", "7"', 'ok'], ['*', 'ok'], ['"6"', 'precondition.failed'], ['W/"7"', 'precondition.failed'], ['7', 'precondition.failed'], [undefined, 'precondition.required'],
  ])('%s → %s', (header, expected) => expect(outcome(header)).toBe(expected));

  test('If-None-Match compares weakly', () => {
    expect(etagOf(7)).toBe('"7"');
    expect([isUnchanged('W/"7"', '"7"'), isUnchanged('"8"', '"7"'), isUnchanged(undefined, '"7"')]).toEqual([true, false, false]);
  });
});

describe('schemas', () => {
  const codes = (schema: Parameters<typeof compileSchema>[0], value: unknown): string[] => compileSchema(schema)(value).map((i) => `${i.path} ${i.code}`);

  test('refuse unknown fields at every depth, in lists, alternatives and intersections', () => {
    const inner = Type.Object({ a: Type.Optional(Type.String()) });
    expect(codes(Type.Object({ list: Type.Array(inner) }), { list: [{ b: 1 }], c: 1 })).toEqual(['/c field.unknown', '/list/0/b field.unknown']);
    expect(codes(Type.Intersect([inner, Type.Object({ b: Type.String() })]), { a: 'x', b: 'y' })).toEqual([]);
    expect(codes(Type.Intersect([inner, Type.Object({ b: Type.String() })]), { b: 'y', c: 1 })).toEqual(['/c field.unknown']);
    expect(codes(Type.Record(Type.String(), Type.Unknown()), { any: 1 })).toEqual([]);
    expect(codes(Type.Object({ a: Type.Tuple([Type.String(), Type.Number()]) }), { a: ['x', 1] })).toEqual([]);
  });

  test('of alternatives name the fault in the one that was meant', () => {
    const shape = Type.Union([
      Type.Object({ kind: Type.Literal('card'), number: Type.String({ minLength: 3 }) }),
      Type.Object({ kind: Type.Literal('cash'), fen: Type.Integer() }),
    ]);
    expect(codes(shape, { kind: 'card', number: 'x' })).toEqual(['/number field.too-short']);
    expect(codes(shape, { kind: 'none' })).toEqual([' field.alternative']);
    expect(codes(shape, 7)).toEqual([' field.alternative']);
  });

  test('name at most 100 faults', () => {
    expect(codes(Type.Array(Type.String()), Array.from({ length: 5000 }, () => 1))).toHaveLength(100);
  });
});

test('hashes ignore the order of keys and nothing else', () => {
  expect(hashOf({ a: [1, { x: 1, y: 2 }], b: 2 })).toBe(hashOf({ b: 2, a: [1, { y: 2, x: 1 }] }));
  expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]));
  expect(hashOf(undefined)).toMatch(/^[0-9a-f]{64}$/);
});

test('file names in headers (RFC 6266, RFC 8187)', () => {
  expect(dispositionOf('a.pdf', true)).toBe(`inline; filename="a.pdf"; filename*=UTF-8''a.pdf`);
  expect(dispositionOf("证'.pdf", false)).toBe(`attachment; filename="_'.pdf"; filename*=UTF-8''%E8%AF%81%27.pdf`);
});

test('an address knows the methods of its operations; a dot in a path is a dot', () => {
  const methods = createMethods();
  methods.add('GET', '/api/cases/:id');
  methods.add('DELETE', '/api/cases/:id');
  methods.add('PUT', '/api/a.b');
  expect([methods.at('/api/cases/7?x=1'), methods.at('/api/a.b'), methods.at('/api/axb'), methods.at('/api/cases/7/8')]).toEqual([['DELETE', 'GET', 'HEAD'], ['PUT'], [], []]);
});

test('tags of short bodies tell one from another, one changed character included', () => {
  const seen = new Map<string, string>();
  fc.assert(fc.property(fc.string({ maxLength: 200 }), fc.nat(), (text, at) => {
    for (const body of [text, text.slice(0, at % (text.length + 1)) + '云' + text.slice(at % (text.length + 1))]) {
      const tag = bodyTag(body);
      expect(tag).toMatch(/^W\/"[\w.-]+"$/);
      expect(seen.get(tag) ?? body).toBe(body);
      seen.set(tag, body);
    }
  }), { numRuns: 2000 });
});
