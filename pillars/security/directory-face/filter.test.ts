import { parseString } from '@ldapjs/filter';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { BerError, element, elementsOf, text, type Element } from './ber.ts';
import { readFilter, shapeOf, type Filter } from './filter.ts';
import { evaluate, filterSql, type Columns } from './matching.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase({ modules: [] });
}, 60_000);
afterAll(async () => {
  await db.drop();
});

const read = (filter: string): Filter => readFilter(elementsOf(parseString(filter).toBer().buffer)[0] as Element);
/** Values that are meant to break out of wherever they are put; ldapjs compares exactly, so that letters are small. */
const value = fc.oneof(fc.constantFrom('甲', '李明', '%', '_', "'", '\\', "' or true --", '$1', '"', '*', '(', ')', 'a%b', 'x_y', 'ab', 'b', ''), fc.string({ minLength: 1, maxLength: 5 }).map((one) => one.toLowerCase().replaceAll('\0', '0')));
const filled = value.filter((one) => one !== '');
const NAMES = ['cn', 'mail', 'ou'] as const;
const attribute = fc.constantFrom(...NAMES);
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ op: fc.constant('equal' as const), attribute, value: filled }),
  fc.record({ op: fc.constant('present' as const), attribute }),
  fc.record({ op: fc.constant('substring' as const), attribute, initial: value, any: fc.array(filled, { maxLength: 2 }), final: filled }),
);
const filter = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof({ maxDepth: 3 }, leaf,
    fc.record({ op: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ op: fc.constant('not' as const), of: tie('filter') })),
})).filter;
/** An entry has what is always there (objectclass), one value or none, or several. */
const entry = fc.record({ cn: filled, mail: fc.option(filled), ou: fc.array(filled, { maxLength: 3 }) });
type Made = typeof entry extends fc.Arbitrary<infer T> ? T : never;

/** What has a meaning in a filter's text, by its code (RFC 4515 §3); the library also takes `:=` and its like inside a value for an operator. */
const escaped = (given: string): string => given.replace(/[*()\\:=<>~]/g, (one) => `\\${one.charCodeAt(0).toString(16)}`);
const written = (one: Filter): string => {
  switch (one.op) {
    case 'and': return `(&${one.of.map(written).join('')})`;
    case 'or': return `(|${one.of.map(written).join('')})`;
    case 'not': return `(!${written(one.of)})`;
    case 'equal': return `(${one.attribute}=${escaped(one.value)})`;
    case 'present': return `(${one.attribute}=*)`;
    case 'substring': return `(${one.attribute}=${escaped(one.initial)}*${one.any.map((part) => `${escaped(part)}*`).join('')}${escaped(one.final)})`;
    default: return '';
  }
};

const COLUMNS: Columns = new Map([['cn', { sql: 'e.cn', many: false }], ['mail', { sql: 'e.mail', many: false }], ['ou', { sql: 'e.ou', many: true }]]);
const inSql = async (one: Filter, of: readonly Made[]): Promise<(boolean | null)[]> => {
  const values: unknown[] = [JSON.stringify(of)];
  const sql = `select ${filterSql(one, COLUMNS, values)} as verdict from jsonb_to_recordset($1::jsonb) e (cn text, mail text, ou text[])`;
  return (await db.as(db.system, (tx) => tx.query<{ verdict: boolean | null }>(sql, values))).rows.map((row) => row.verdict);
};
const inMemory = ({ cn, mail, ou }: Made) => new Map([['cn', [cn]], ['mail', mail === null ? [] : [mail]], ['ou', ou]]);

test('a filter means the same as SQL, in memory and to @ldapjs/filter, whatever values it holds', async () => {
  await fc.assert(fc.asyncProperty(filter, fc.array(entry, { minLength: 1, maxLength: 5 }), async (one, entries) => {
    const mine = entries.map((each) => evaluate(one, inMemory(each)));
    expect(await inSql(one, entries)).toEqual(mine);
    // It compares escaped characters as they are written.
    if (written(one).includes('\\')) return;
    const theirs = parseString(written(one));
    expect(entries.map((each) => theirs.matches({ cn: each.cn, ...(each.mail === null ? {} : { mail: each.mail }), ...(each.ou.length > 0 ? { ou: each.ou } : {}) }))).toEqual(mine);
  }), { numRuns: 200 });
}, 30_000);

test('what a client sends is read as @ldapjs/filter wrote it', () => {
  fc.assert(fc.property(filter, (one) => {
    expect(shapeOf(read(written(one)))).toBe(shapeOf(one));
  }), { numRuns: 200 });
});

test('an attribute that may not be read is Undefined, and so is its negation (RFC 4511 §4.5.1.7)', async () => {
  const one: Made = { cn: '甲', mail: null, ou: [] };
  for (const hidden of ['(clearance=2)', '(!(clearance=2))', '(clearance=*)', '(!(clearance=*))', '(cn>=a)', '(!(cn>=a))']) {
    expect(await inSql(read(hidden), [one])).toEqual([null]);
    expect(evaluate(read(hidden), inMemory(one))).toBeNull();
  }
});

test('no value of a filter becomes SQL', () => {
  fc.assert(fc.property(filter, (one) => {
    const values: unknown[] = [];
    expect(filterSql(one, COLUMNS, values).replaceAll(/\$\d+::text/g, '')).toMatch(/^[a-z_.() =>0,]*$/);
  }));
});

test('filters too deep or too large are refused before they are read through', () => {
  const leafBer = element(0x87, Buffer.from('cn'));
  let deep = leafBer;
  for (let depth = 0; depth < 30; depth += 1) deep = element(0xa2, deep);
  const wide = element(0xa0, ...Array.from({ length: 300 }, () => leafBer));
  for (const ber of [deep, wide]) expect(() => readFilter(elementsOf(ber)[0] as Element)).toThrow(BerError);
  expect(() => readFilter(elementsOf(element(0xa3, text('cn')))[0] as Element)).toThrow(BerError);
});

test('bytes that are no BER are refused, never misread', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
    try {
      for (const one of elementsOf(Buffer.from(bytes))) readFilter(one);
    } catch (error) {
      expect(error).toBeInstanceOf(BerError);
    }
  }));
});
