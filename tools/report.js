// Counts what a vitest run reported; a file that could not be loaded and a run without report count as failures.
import { readFileSync } from 'node:fs';

/** @returns {{ passed: number, failed: number, skipped: number }} */
export const countTests = (file, exitCode) => {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const broken = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed')).length;
  const failed = report.numFailedTests + broken;
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
};
