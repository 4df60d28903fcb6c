import { expect, test } from 'vitest';
import { readingOf } from './topics-check.ts';

test.each([
  ['good', { kind: 'database', isAway: false, waiting: 0 }],
  ['good', { kind: 'jetstream', isAway: false, waiting: 10 }],
  ['warning', { kind: 'jetstream', isAway: false, waiting: 1000 }],
  ['warning', { kind: 'jetstream', isAway: true, waiting: 0 }],
  ['bad', { kind: 'jetstream', isAway: true, waiting: 100_000 }],
] as const)('what carries topics is %s at %j; what is not good says what to do', (state, carriage) => {
  const reading = readingOf(carriage);
  expect(reading).toMatchObject({ state, value: carriage.waiting });
  if (state !== 'good') expect(reading.remedy?.en).toContain('ZHENGWU_NATS');
});
