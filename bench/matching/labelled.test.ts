import { Matching } from '@zhengwu/matching';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personAt } from './people.ts';
import { modules, people } from './register.ts';
import { incomingAt } from './slips.ts';
import { judge, none, precisionOf, recallOf } from './verdicts.ts';

const SIZE = 6000;
const ASKED = 4000;
let site: TestSite;

beforeAll(async () => {
  site = await createTestSite({ modules });
  await site.site.use(Registers).define('bench', [people]);
  await site.database.as(site.database.system, (tx) => site.site.use(Registers).load(tx, [...new Map(Array.from({ length: SIZE }, (_, n) => [personAt(n).citizenNumber, personAt(n)])).values()]
    .map((data) => ({ register: 'people', key: data.citizenNumber, data, validFrom: '2020-01-01', cause: 'seed' }))));
});
afterAll(() => site.drop());

test('of rows whose truth is known, 99 in 100 links are right and 95 in 100 of the known are linked or shown to a person', async () => {
  const asked = Array.from({ length: ASKED }, (_, n) => incomingAt(n, SIZE));
  const answers = await site.database.as(site.database.system, (tx) => site.site.use(Matching).resolve(tx, 'people', asked.map(({ row }) => row)));
  const verdicts = judge(none, asked, answers);
  if (process.env['ZHENGWU_BENCH_TELL']) {
    process.stdout.write(`${JSON.stringify({ ...verdicts, precision: precisionOf(verdicts), recall: recallOf(verdicts) })}\n`);
    for (const [at, { row, truth }] of asked.entries()) {
      const answer = answers[at];
      const key = truth === null ? null : personAt(truth).citizenNumber;
      if (answer?.outcome === 'same' && answer.key !== key) process.stdout.write(`WRONG ${JSON.stringify({ row, key, answer: { ...answer, candidates: [] } })}\n`);
      if (key !== null && answer?.outcome === 'new') process.stdout.write(`MISSED ${JSON.stringify({ row, person: personAt(truth ?? 0) })}\n`);
    }
  }
  expect(verdicts.known).toBeGreaterThan(ASKED * 0.45);
  expect(precisionOf(verdicts)).toBeGreaterThanOrEqual(0.99);
  expect(recallOf(verdicts)).toBeGreaterThanOrEqual(0.95);
  // A person is asked about few of them only.
  expect(verdicts.review).toBeLessThan(ASKED * 0.15);
});
