import { expect, test } from 'vitest';
import { forgetDraft, keepDraft, keptDraft, savedFilters, saveFilters } from './keeping.ts';

const storage = () => {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key), size: () => kept.size };
};

test('an opinion is kept per task until it is sent', () => {
  const place = storage();
  keepDraft('t1', { outcome: 'approve', reasonCode: null, opinion: '同意' }, place);
  keepDraft('t2', { outcome: null, reasonCode: 'r1', opinion: '' }, place);
  expect(keptDraft('t1', place)).toEqual({ outcome: 'approve', reasonCode: null, opinion: '同意' });
  expect(keptDraft('t2', place).reasonCode).toBe('r1');
  forgetDraft('t1', place);
  expect(keptDraft('t1', place).opinion).toBe('');
  expect(keptDraft('t2', place).reasonCode).toBe('r1');
});

test('an empty draft leaves nothing behind; a broken one is taken as nothing', () => {
  const place = storage();
  keepDraft('t', { outcome: null, reasonCode: null, opinion: 'x' }, place);
  keepDraft('t', { outcome: null, reasonCode: null, opinion: '' }, place);
  expect(place.size()).toBe(0);
  for (const broken of ['{', '7', 'null', '{"opinion":3}', '{"opinion":"a","outcome":{}}']) {
    place.setItem('zw.decision.t', broken);
    expect(keptDraft('t', place).opinion).toBe('');
  }
});

test('named filters are kept per page and account, thirty at most', () => {
  const place = storage();
  saveFilters('work', 'a', Array.from({ length: 40 }, (_, index) => ({ name: `n${index}`, search: 'q=1' })), place);
  expect(savedFilters('work', 'a', place)).toHaveLength(30);
  expect(savedFilters('work', 'b', place)).toEqual([]);
  place.setItem('zw.filters.work.a', '"x"');
  expect(savedFilters('work', 'a', place)).toEqual([]);
});
