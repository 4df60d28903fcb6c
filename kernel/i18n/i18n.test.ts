import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  asLanguage, defineMessages, formatDay, formatDuration, formatInstant, formatMoney, formatNumber, formatSize, formatWorkingDays,
  incompleteMessages, negotiateLanguage, translator,
} from './index.ts';

const messages = defineMessages({
  apply: { zh: '开始申请', en: 'Start the application' },
  waiting: { zh: '还有 {count} 件', en: '{count} cases waiting', one: '{count} case waiting' },
});

describe('catalogues', () => {
  test('speak both languages, with places and the English singular', () => {
    expect(translator(messages, 'zh-CN')('waiting', { count: 1 })).toBe('还有 1 件');
    expect(translator(messages, 'en')('waiting', { count: 1 })).toBe('1 case waiting');
    expect(translator(messages, 'en')('waiting', { count: 0 })).toBe('0 cases waiting');
    expect(translator(messages, 'en')('apply')).toBe('Start the application');
  });

  test('refuse an unknown key or a missing place in the types', () => {
    const t = translator(messages, 'en');
    // @ts-expect-error no such key
    expect(() => t('gone')).toThrow(TypeError);
    // @ts-expect-error the place {count} is needed
    expect(t('waiting')).toContain('{count}');
  });

  test('are checked for completeness', () => {
    expect(incompleteMessages(messages)).toEqual([]);
    expect(
      incompleteMessages({ a: { zh: '', en: 'x' }, b: { zh: '件', en: ' ' }, c: { zh: '{n} 件', en: 'n' }, d: { zh: '件', en: '件' }, e: { zh: '件', en: 'x', one: 'y' } }),
    ).toEqual(['a: no Chinese', 'b: no English', 'c: places differ', 'd: Chinese in the English', 'e: singular without {count}']);
  });
});

describe('Accept-Language (RFC 9110 §12.5.4)', () => {
  test.each([
    [undefined, 'zh-CN'], ['', 'zh-CN'], ['fr', 'zh-CN'], ['en-US,en;q=0.9', 'en'], ['zh-TW,en;q=0.9', 'zh-CN'],
    ['en;q=0.1, zh;q=0.9', 'zh-CN'], ['zh;q=0, en', 'en'], ['fr, en;q=0.5', 'en'], ['zho', 'zh-CN'], ['*', 'zh-CN'],
  ])('%s → %s', (header, language) => {
    expect(negotiateLanguage(header)).toBe(language);
  });

  test('never fails on any header', () => {
    fc.assert(fc.property(fc.string({ maxLength: 2000 }), (header) => void expect(negotiateLanguage(header)).toMatch(/^(zh-CN|en)$/)));
  });

  test('tags', () => {
    expect([asLanguage('en-GB'), asLanguage('zh'), asLanguage('eng-x'), asLanguage(undefined)]).toEqual(['en', 'zh-CN', undefined, undefined]);
  });
});

describe('formats', () => {
  test('days, instants in Beijing time, numbers', () => {
    expect(formatDay('2026-11-22', 'zh-CN')).toBe('2026年11月22日');
    expect(formatDay('2026-11-22', 'en')).toBe('22 November 2026');
    expect(() => formatDay('2026-02-30', 'en')).toThrow(RangeError);
    expect(formatInstant('2026-11-22T16:30:00Z', 'zh-CN')).toBe('2026年11月23日 00:30');
    expect(formatInstant('2026-11-22T16:30:00Z', 'en')).toBe('23 November 2026 at 00:30');
    expect(formatNumber(1234567, 'en')).toBe('1,234,567');
  });

  test('money is whole fen, shown exactly', () => {
    expect(formatMoney(2000, 'zh-CN')).toBe('20.00 元');
    expect(formatMoney(1, 'en')).toBe('CNY 0.01');
    expect(() => formatMoney(0.5, 'en')).toThrow(RangeError);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (fen) => {
        expect(Math.round(Number(formatMoney(fen, 'en').replace(/[^\d.]/g, '')) * 100)).toBe(fen);
      }),
    );
  });

  test('working days, durations, sizes', () => {
    expect([formatWorkingDays(1, 'en'), formatWorkingDays(5, 'en'), formatWorkingDays(5, 'zh-CN')]).toEqual(['1 working day', '5 working days', '5 个工作日']);
    expect([formatDuration(0, 'en'), formatDuration(61, 'en'), formatDuration(1620, 'zh-CN')]).toEqual(['0 minutes', '1 hour 1 minute', '1 天 3 小时']);
    expect([formatSize(1, 'en'), formatSize(12, 'zh-CN'), formatSize(348160, 'en'), formatSize(1572864, 'en')]).toEqual(['1 byte', '12 字节', '340 KB', '1.5 MB']);
  });
});
