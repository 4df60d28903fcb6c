import { expect, test } from 'vitest';
import fc from 'fast-check';
import { filterPart, readFilters, withFilters } from './filters.ts';
import { caseFilters, caseQuery } from '../pages/cases.tsx';

test('reads only what the page knows, within its values', () => {
  const search = new URLSearchParams('q= 张三 &state=99&card=red&service=x&evil=1&sort=-submitted');
  expect(readFilters(search, caseFilters)).toEqual({ q: '张三', card: 'red', service: 'x', sort: '-submitted' });
});

test('a changed filter leaves the others and begins at the first page', () => {
  const next = withFilters(new URLSearchParams('q=a&after=zz&card=red'), { card: undefined, state: '8' });
  expect(next.toString()).toBe('q=a&state=8');
});

test('a named filter is the same whatever the order, without the place in the list', () => {
  expect(filterPart(new URLSearchParams('state=8&q=a&after=z'))).toBe(filterPart(new URLSearchParams('q=a&state=8')));
});

test('the query has numbers and booleans where the contract wants them', () => {
  expect(caseQuery({ state: '8', open: 'false', q: 'a' })).toEqual({ state: 8, open: false, q: 'a' });
  expect(caseQuery({ sort: 'due', open: 'true' })).toEqual({ sort: 'due', open: true });
  expect([caseQuery({ sort: 'due', q: 'a' }), caseQuery({ sort: 'due', open: 'false' })].map((query) => query['sort'])).toEqual(['-submitted', '-submitted']);
});

test('whatever is set can be read back', () => {
  fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 100 }).filter((text) => text.trim() === text), (q) => {
    expect(readFilters(withFilters(new URLSearchParams(), { q }), { q: null }).q).toBe(q);
  }));
});
