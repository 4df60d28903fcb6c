// npm test: types, lint, unit, property and database tests, browser tests. Its last line is "N passed, N failed".
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.js';
import { ensurePrograms } from './programs.js';
import { isStale } from './build.js';
import { ensureInstalled, environment, root, run } from './project.js';
import { countTests } from './report.js';

const reports = mkdtempSync(join(tmpdir(), 'zhengwu-report-'));
const bin = (name) => join(root, 'node_modules', name);

const check = async (args) => ((await run(args)) === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 });

const vitest = async (name, args, more = {}) => {
  const file = join(reports, `${name}.json`);
  const code = await run([bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args], { env: environment(more) });
  return countTests(file, code);
};

const isFull = process.env.ZHENGWU_TEST === 'full';

const tests = async () => {
  try {
    ensurePrograms(isFull);
    return await vitest('tests', []);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

const browserTests = async () => {
  if (!existsSync(join(root, 'e2e/vitest.config.ts'))) return { passed: 0, failed: 0, skipped: 0 };
  try {
    const CHROMIUM_PATH = ensureBrowser();
    if (isStale() && (await run([join(root, 'tools/build.js')])) !== 0) throw new Error('the build failed: see the lines above');
    return await vitest('browser', ['--config', 'e2e/vitest.config.ts'], { CHROMIUM_PATH });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

const steps = [
  ['types', () => check([bin('typescript/bin/tsc'), '--noEmit', '-p', '.'])],
  ['lint', () => check([bin('oxlint/bin/oxlint'), '--deny-warnings'])],
  ['tests', tests],
  ['browser', browserTests],
];

ensureInstalled();
const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, step] of steps) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const began = Date.now();
  process.stdout.write(`\n── ${name}\n`);
  const result = await step();
  for (const key of Object.keys(total)) total[key] += result[key];
  process.stdout.write(`── ${name}: ${result.passed} passed, ${result.failed} failed, ${Math.round((Date.now() - began) / 1000)} s\n`);
}
rmSync(reports, { recursive: true, force: true });
if (!isFull) process.stdout.write('Left out: tests with outside programs (*.full.ts); ZHENGWU_TEST=full npm test runs them and installs what they need.\n');
if (total.skipped > 0) process.stdout.write(`${total.skipped} skipped\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
