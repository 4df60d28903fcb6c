import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { decode, encode, offsetOf, searchOf } from './lists.ts';

const place = { at: '2026-11-22T02:00:00.000Z', id: '0190f7a0-0000-7000-8000-00000000beef', total: 7 };

describe('the place in a list', () => {
  test('comes back as it was written', () => expect(decode(encode(place))).toEqual(place));

  test('what nobody here wrote is no place, and never an error', () => {
    const hostile = [['1', place.id, 0], [place.at, '-'.repeat(36), 0], ['infinity', place.id, 0], [`${place.at}'; drop`, place.id, 0], ['2026-99-99T00:00:00.000Z', place.id, 0], null, 7, {}, []];
    for (const one of hostile) expect(decode(Buffer.from(JSON.stringify(one)).toString('base64url'))).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => decode(text) === null));
  });

  test('a total that was tampered with is no number below nothing', () => {
    for (const total of [-5, null, 'x', 0.5]) expect(decode(Buffer.from(JSON.stringify([place.at, place.id, total])).toString('base64url'))?.total).toBe(0);
  });

  test('an offset is a whole number up to the cap, whatever is sent', () => {
    for (const text of ['1.5', '-1', 'NaN', 'Infinity', '1e2', '0x10', '', "1' or 1=1"]) expect(offsetOf(text)).toBe(0);
    expect([offsetOf('40'), offsetOf('999999')]).toEqual([40, 1000]);
  });
});

describe('search words', () => {
  const lexemes = /^('(?:[^'\\]|''|\\\\)+')( & '(?:[^'\\]|''|\\\\)+')*$/;
  test('whatever is typed, the query is a list of quoted lexemes or plain text without wildcards', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { words, plain } = searchOf(text);
      expect(words === null || lexemes.test(words)).toBe(true);
      expect(words ?? '').not.toContain('\0');
      expect((plain ?? '').replace(/\\[\\%_]/g, '')).not.toMatch(/[%_\\]/);
    }), { numRuns: 300 });
  });
});
