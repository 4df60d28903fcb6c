import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOf } from './quality-parts.tsx';

test('a share is cut to two places', () => {
  expect([1, 0.9978, 0.99999, 0.29, 0, null].map(shareOf)).toEqual(['100%', '99.78%', '99.99%', '29.00%', '0.00%', '—']);
});

test('100% says that nothing breaks the rule, of however many records (property)', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.nat(10_000_000), (judged, failing) => {
    const kept = Math.max(0, judged - failing);
    expect(shareOf(kept / judged) === '100%').toBe(kept === judged);
  }));
});
