import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const { countTests } = (await import(new URL('report.js', import.meta.url).href)) as { countTests(file: string, exitCode: number): unknown };
const folder = mkdtempSync(join(tmpdir(), 'zhengwu-count-'));
afterAll(() => rmSync(folder, { recursive: true }));

const report = (more: object): string => {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify({ numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, testResults: [], ...more }));
  return file;
};

test('passed and failed are counted as reported', () => {
  expect(countTests(report({ numFailedTests: 2 }), 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  expect(countTests(report({}), 0)).toEqual({ passed: 3, failed: 0, skipped: 0 });
});

test('a file that could not be loaded, a run without report and an unexplained exit code are failures', () => {
  expect(countTests(report({ testResults: [{ status: 'failed', assertionResults: [] }] }), 1)).toMatchObject({ failed: 1 });
  expect(countTests(join(folder, 'none.json'), 0)).toMatchObject({ failed: 1 });
  expect(countTests(report({}), 1)).toMatchObject({ failed: 1 });
});
