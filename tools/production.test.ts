import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folders = new Map(globSync('{kernel/*,pillars/*/*,packs/*,apps/*,pack,contracts,demo,ui}/package.json', { cwd: root })
  .map((file) => [(JSON.parse(readFileSync(join(root, file), 'utf8')) as { name: string }).name, dirname(file)]));
/** What a file has loaded before anything runs: imports and exports of values. What `import()` loads is not among them. */
const STATIC = /^(?:import|export)\s+(?!type\s)(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm;

const targetsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(STATIC)].flatMap(([, name = '']) => {
    if (name.startsWith('.')) return [relative(root, join(root, dirname(file), name))];
    const folder = folders.get(name);
    return folder === undefined ? [] : [join(folder, 'index.ts')];
  }).filter((one) => existsSync(join(root, one)));

const loadedBy = (start: string): Map<string, string> => {
  const found = new Map([[start, '']]);
  for (const file of found.keys()) for (const target of targetsOf(file)) if (!found.has(target)) found.set(target, file);
  return found;
};

// OWASP ASVS 5.0 V15.2.3: no test code, samples or development features in production.
test.each(['apps/site/main.ts', 'apps/portal/main.ts'])('%s loads neither the demonstration nor tests before it knows that it is to show one', (start) => {
  const loaded = loadedBy(start);
  expect(loaded.size).toBeGreaterThan(20);
  // The face of the database hands the tests' part on; nothing here names it, so the built program is without it.
  const handed = (file: string, by: string): boolean => file.startsWith('kernel/database/testing/') && (by === 'kernel/database/index.ts' || by.startsWith('kernel/database/testing/'));
  expect([...loaded].filter(([file, by]) => !handed(file, by) && /^demo\/|^apps\/site\/demo\/|^(?:e2e|bench|tools)\/|\.(?:test|full|fixture|bench)\.tsx?$|\/(?:test|testing)\//.test(file)).map(([file, by]) => `${file} by ${by}`)).toEqual([]);
});

test('the demonstration is loaded in demo mode alone', () => {
  const lines = readFileSync(join(root, 'apps/site/start.ts'), 'utf8').split('\n').filter((line) => line.includes('demo/load'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('if (config.demo) await (await import(');
});
