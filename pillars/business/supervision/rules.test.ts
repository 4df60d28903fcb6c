import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, createCalendar, initialCalendars, isDeemedAccepted } from '@zhengwu/clock';
import { supervisionRules } from '@zhengwu/contracts';
import { daysOf, limitFindings, silentUntil, usualKinds } from './rules.ts';

const calendar = createCalendar(initialCalendars);
const day = fc.integer({ min: 0, max: 200 }).map((n) => addDays('2026-03-01', n));
const running = (promised_due: string, statutory_due: string | null) => ({ id: 'c', number: 'N1', service: 's', department: 1, promised_due, statutory_due, extended: 0 });
const rulesOf = (promised: string, statutory: string | null, today: string) => limitFindings(running(promised, statutory), daysOf(calendar, today)).map(({ rule }) => rule);

describe('rules of the clock (电子监察)', () => {
  test('every rule of the code table has its card', () => {
    expect(Object.keys(usualKinds).sort()).toEqual([...supervisionRules.codes].sort());
  });

  test('every rule of the code table is found by somebody: none is declared and never looked for', () => {
    const sources = ['rules.ts', 'watch.ts', 'module.ts'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('');
    const looked = [...sources.matchAll(/found\(one, '([\w-]+)'/g)].map(([, rule]) => rule);
    expect([...new Set(looked)].sort()).toEqual([...supervisionRules.codes].sort());
  });

  test('a case is warned or late, never both; late by law means late by promise (承诺 ≤ 法定)', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 60 }), day, (promised, more, today) => {
      const rules = rulesOf(promised, addDays(promised, more), today);
      expect(rules.includes('due-soon') && rules.includes('over-promise')).toBe(false);
      if (rules.includes('over-statutory')) expect(rules).toContain('over-promise');
      expect(rules.includes('over-promise')).toBe(promised < today);
    }));
  });

  test('the warning comes exactly when at most one working day is left (预警：期满前一个工作日)', () => {
    fc.assert(fc.property(day, day, (promised, today) => {
      const left = calendar.workingDaysBetween(today, promised);
      expect(rulesOf(promised, null, today).includes('due-soon')).toBe(promised >= today && (left < 1 || (left === 1 && calendar.addWorkingDays(today, 1) >= promised)));
    }));
  });

  test('silence is measured as cases measure it: the day found is the last one deemed accepted (行政许可法 §32)', () => {
    fc.assert(fc.property(day, (today) => {
      const last = silentUntil(calendar, today);
      expect(isDeemedAccepted(calendar, last, today)).toBe(true);
      for (let n = 1; n <= 3; n += 1) if (isDeemedAccepted(calendar, addDays(last, n), today)) throw new Error(`${addDays(last, n)} is deemed accepted on ${today} too`);
    }));
  });
});
