import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldLayout, FormStep } from '@zhengwu/contracts';
import { decodeForm, decodeMoney, encodeForm, encodeMoney } from './decode.ts';

const text = (zh: string) => ({ zh, en: zh });
const field = (key: string, control: FieldLayout['control'], more: Partial<FieldLayout> = {}): FieldLayout => ({ key, question: text(key), control, ...more });
const step: FormStep = {
  id: 'all',
  title: text('全部'),
  schema: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      note: { type: 'string' },
      count: { type: 'integer' },
      fee: { type: 'integer' },
      born: { type: 'string' },
      lost: { type: 'boolean' },
      kind: { type: 'integer' },
      agree: { type: 'boolean' },
      days: { type: 'array', items: { type: 'integer' } },
      phone: { type: 'string' },
      number: { type: 'string' },
      home: { type: 'object', properties: { division: { type: 'string' } } },
      people: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' }, share: { type: 'number' }, legal: { type: 'boolean' } } } },
    },
  },
  layout: [
    field('name', 'text'),
    field('note', 'paragraph'),
    field('count', 'number'),
    field('fee', 'money'),
    field('born', 'date'),
    field('lost', 'radios'),
    field('kind', 'select'),
    field('agree', 'checkbox'),
    field('days', 'checkboxes'),
    field('phone', 'phone'),
    field('number', 'citizenNumber'),
    field('home', 'address'),
    field('people', 'people', { items: [field('name', 'text'), field('share', 'number'), field('legal', 'checkbox')] }),
    field('say', 'static'),
  ],
};
const decode = (fields: Record<string, string>) => decodeForm(step, new URLSearchParams(fields));

describe('decodeForm', () => {
  const line = fc
    .string({ minLength: 1, maxLength: 30 })
    .map((value) => value.trim().normalize('NFKC').trim())
    .filter((value) => value.length > 0 && !/[\r\n]/.test(value));
  const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
  const person = fc.record({ name: line, share: maybe(fc.integer({ min: -1e6, max: 1e6 })), legal: fc.boolean() });
  const answers = fc.record({
    name: maybe(line),
    note: maybe(line),
    count: maybe(fc.integer({ min: -1e9, max: 1e9 })),
    fee: maybe(fc.integer({ min: 0, max: 1e11 })),
    born: maybe(fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10))),
    lost: maybe(fc.boolean()),
    kind: maybe(fc.integer({ min: 0, max: 9 })),
    agree: fc.boolean(),
    days: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })),
    phone: maybe(fc.stringMatching(/^1\d{10}$/)),
    number: maybe(fc.stringMatching(/^\d{17}[\dX]$/)),
    home: maybe(fc.record({ division: line, street: line })),
    people: maybe(fc.array(person, { minLength: 1, maxLength: 4 })),
  });

  test('gives back what a browser would send for any answers', () => {
    fc.assert(
      fc.property(answers, (values) => {
        const sent = new URLSearchParams(encodeForm(step, values).toString());
        expect(decodeForm(step, sent)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  test('leaves out what was left empty, and what is not asked', () => {
    expect(decode({ name: '  ', count: '', 'born.y': '', 'born.m': '', 'born.d': '', evil: 'x', say: 'x' })).toEqual({ agree: false });
    expect(decodeForm(step, new URLSearchParams({ name: '张三', note: '不问' }), ['name'])).toEqual({ name: '张三' });
  });

  test('keeps what it can not read as it was typed, so that the site can name the field', () => {
    expect(decode({ count: '三', fee: '一百', 'born.y': '1990', 'born.m': '', 'born.d': '5' })).toMatchObject({ count: '三', fee: '一百', born: '1990--05' });
  });

  test('reads full-width digits, spaces and dashes in numbers of people and phones', () => {
    expect(decode({ phone: '１２３ 4567-8901', number: '990101 19900101 001x', count: '１，２００' })).toMatchObject({
      phone: '12345678901',
      number: '99010119900101001X',
      count: 1200,
    });
  });

  test('drops wholly empty entries of people and keeps the order of the rest', () => {
    expect(decode({ 'people.0.name': '', 'people.2.name': '乙', 'people.1.name': '甲' }).people).toEqual([
      { name: '甲', legal: false },
      { name: '乙', legal: false },
    ]);
  });

  test('can not be made to write into the prototype', () => {
    const hostile = { ...step, layout: [...step.layout, field('__proto__', 'text')] };
    decodeForm(hostile, new URLSearchParams({ __proto__: 'x', '__proto__.polluted': 'yes' }));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('money', () => {
  test('yuan to fen and back is exact for every amount', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e13 }), (fen) => decodeMoney(encodeMoney(fen)) === fen));
  });
  test.each([
    ['1.15', 115],
    ['¥1,200', 120000],
    ['0.1', 10],
    ['１２.５', 1250],
    ['', undefined],
    ['1.234', '1.234'],
    ['-5', '-5'],
  ])('%s', (typed, fen) => {
    expect(decodeMoney(typed)).toBe(fen);
  });
});
