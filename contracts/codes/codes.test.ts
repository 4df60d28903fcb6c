import { describe, expect, test } from 'vitest';
import * as codes from './codes.ts';

const lists = Object.values(codes).filter((one): one is typeof codes.itemTypes => typeof one === 'object' && !Array.isArray(one) && 'entries' in one) as unknown as codes.CodeList[];

describe('code tables', () => {
  test.each(lists.map((list) => [list.id, list] as const))('%s has a text in both languages for each code', (_, list) => {
    for (const { code, zh, en } of list.entries) {
      expect(zh, String(code)).toMatch(/\p{Script=Han}/u);
      expect(en, String(code)).toMatch(/^[A-Z]/);
    }
  });

  test('their names are unique', () => {
    expect(new Set(lists.map((list) => list.id)).size).toBe(lists.length);
  });

  test('a code appears once in a table', () => {
    expect(() => codes.codeList('twice', [{ code: 'a', zh: '甲', en: 'A' }, { code: 'a', zh: '乙', en: 'B' }])).toThrow('appears twice');
  });

  test('an unknown code is shown as it is, and has no text', () => {
    expect(codes.itemTypes.label('01', 'zh-CN')).toBe('行政许可');
    expect(codes.itemTypes.label('99', 'en')).toBe('99');
    expect(codes.itemTypes.has('99')).toBe(false);
    expect(() => codes.itemTypes.text('99' as '01')).toThrow(RangeError);
  });

  test('sizes are those of GB/T 39046, GB/T 39554 and the C0109 schemas', () => {
    const sizes = [codes.itemTypes, codes.exerciseLevels, codes.bodyKinds, codes.audiences, codes.handlingForms, codes.powerSources, codes.onlineDepths];
    expect(sizes.map((list) => list.codes.length)).toEqual([11, 7, 4, 6, 5, 6, 8]);
    expect(codes.documentKinds.codes).toHaveLength(15);
  });
});

describe('case states 办件状态', () => {
  test('are fifteen, numbered as on the national platform', () => {
    expect(codes.caseStates.codes).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(codes.caseState.received).toBe(1);
    expect(codes.caseState.revoked).toBe(15);
    expect(codes.caseState.closedApprovedFollowUp).toBe(12);
  });

  test('every open state can reach an end and every state can be reached', () => {
    const reach = (from: codes.CaseStateCode, seen = new Set<number>()): Set<number> => {
      for (const next of codes.nextStates[from]) if (!seen.has(next)) reach(next, seen.add(next));
      return seen;
    };
    expect(reach(1).size).toBe(14);
    for (const code of codes.caseStates.codes.filter(codes.isOpenState)) expect(reach(code).has(14), String(code)).toBe(true);
  });

  test('an ended case goes on only to revocation, or from follow-up to approved (行政许可法 §69)', () => {
    const ended = codes.caseStates.codes.filter((code) => !codes.isOpenState(code));
    expect([...new Set(ended.flatMap((code) => codes.nextStates[code]))].sort()).toEqual([11, 15]);
  });
});

describe('ratings (GB/T 39734)', () => {
  test('five stars are level 1, and levels 4 and 5 are bad', () => {
    expect([1, 2, 3, 4, 5].map(codes.levelOfStars)).toEqual([5, 4, 3, 2, 1]);
    expect([1, 2, 3, 4, 5].filter(codes.isBadRating)).toEqual([4, 5]);
    expect(() => codes.levelOfStars(0)).toThrow(RangeError);
  });
});
