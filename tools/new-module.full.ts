import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namesOf } from './new-module/names.ts';

const repository = join(import.meta.dirname, '..');
let root: string;

/** A root that sees the installed packages, with contracts of its own. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'zhengwu-module-'));
  const modules = join(repository, 'node_modules');
  mkdirSync(join(root, 'node_modules/@zhengwu'), { recursive: true });
  for (const name of readdirSync(modules)) if (name !== '@zhengwu' && name !== '.vite') symlinkSync(join(modules, name), join(root, 'node_modules', name));
  for (const name of readdirSync(join(modules, '@zhengwu'))) if (name !== 'contracts') symlinkSync(join(modules, '@zhengwu', name), join(root, 'node_modules/@zhengwu', name));
  cpSync(join(repository, 'contracts'), join(root, 'contracts'), { recursive: true });
  symlinkSync(join(root, 'contracts'), join(root, 'node_modules/@zhengwu/contracts'));
  for (const file of ['.oxlintrc.json', 'tsconfig.json']) cpSync(join(repository, file), join(root, file));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...process.env, ZHENGWU_ROOT: root } });
const generate = (name: string) => node(join(repository, 'tools/new-module.ts'), name);

test('a new module has the house shape, compiles, passes lint and its own tests on a real database', () => {
  expect(generate('business/trade-permits').status).toBe(0);
  const folder = join(root, 'pillars/business/trade-permits');
  expect(readdirSync(folder).sort()).toEqual(['README.md', 'errors.ts', 'index.ts', 'migrations', 'module.ts', 'package.json', 'policy.ts', 'routes.ts', 'store.ts', 'trade-permit.ts', 'trade-permits.test.ts']);
  expect(readFileSync(join(root, '.oxlintrc.json'), 'utf8')).toContain('(trade-permits|processes|');

  const types = node(join(repository, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', '.');
  expect(types.stdout.split('\n').filter((line) => /^(pillars|contracts)\//.test(line))).toEqual([]);
  const lint = spawnSync(join(repository, 'node_modules/.bin/oxlint'), ['--deny-warnings', 'pillars', 'contracts/api/trade-permits.ts'], { cwd: root, encoding: 'utf8' });
  expect(lint.stdout).toContain('0 errors');
  const tests = node(join(repository, 'node_modules/vitest/vitest.mjs'), 'run', '--root', root, 'pillars');
  expect(`${tests.stdout}${tests.stderr}`).toMatch(/2 passed/);
  expect(tests.status).toBe(0);
}, 120_000);

test('a module that exists is left alone; a name that is none is refused with an example', () => {
  generate('data/gauges');
  const again = generate('data/gauges');
  expect(again.status).toBe(1);
  expect(again.stderr).toContain('exists already');
  expect(generate('gauges').stderr).toContain('node tools/new-module.ts business/permits');
});

test('names become nouns', () => {
  expect(namesOf('business/trade-permits')).toEqual({ pillar: 'business', module: 'trade-permits', noun: 'trade-permit', Noun: 'TradePermit' });
  expect(namesOf('data/registries')?.noun).toBe('registry');
  expect(namesOf('elsewhere/x')).toBeNull();
  expect(namesOf('business/../x')).toBeNull();
});
