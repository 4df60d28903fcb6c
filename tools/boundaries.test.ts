import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mayImport } from './boundaries/arrows.ts';
import { circles } from './boundaries/circles.ts';
import { importsIn, importsOf, packages, root, shared, sourcesOf, type Import, type Package } from './boundaries/packages.ts';

const all = packages();
const imports = new Map(all.map((owner) => [owner, sourcesOf(owner).flatMap(importsOf)]));
const folderOf = new Map(all.map(({ name, folder }) => [name, folder]));
const isRelative = ({ specifier }: Import): boolean => specifier.startsWith('.');
const targetOf = ({ file, specifier }: Import): string => normalize(join(dirname(file), specifier));
const isTest = (file: string): boolean => /\.(test|full|e2e|bench|fixture)\.tsx?$|(^|\/)fixtures?\.ts$|\/test(ing)?\/|test-site\.ts$/.test(file);

const complaints = (find: (owner: Package, one: Import) => string | false): string[] =>
  [...imports].flatMap(([owner, list]) => list.flatMap((one) => {
    const complaint = find(owner, one);
    return complaint === false ? [] : [`${one.file}: ${complaint}`];
  }));

describe('imports of all packages', () => {
  test('there is something to check', () => {
    expect(all.length).toBeGreaterThan(20);
    expect([...imports.values()].flat().length).toBeGreaterThan(100);
  });

  test('stay inside the package when relative, carry their extension and, but for tests, never name its own index', () => {
    expect(complaints((owner, one) => {
      if (!isRelative(one)) return false;
      const target = targetOf(one);
      if (!target.startsWith(`${owner.folder}/`)) return `${one.specifier} leaves the package`;
      if (!/\.(tsx?|js|css|json)$/.test(target)) return `${one.specifier} lacks its extension`;
      return target === join(owner.folder, 'index.ts') && !isTest(one.file) && `${one.specifier} is the package’s own face`;
    })).toEqual([]);
  });

  test('follow the arrows of the architecture, by package name only', () => {
    expect(complaints((owner, { specifier }) => {
      const [, name, rest] = /^@zhengwu\/([^/]+)(\/.*)?$/.exec(specifier) ?? [];
      if (name === undefined) return false;
      if (rest !== undefined) return `${specifier} reaches into another package`;
      const target = folderOf.get(specifier);
      if (target === undefined) return `${specifier} does not exist`;
      return target !== owner.folder && !mayImport(owner.folder, target) && `${specifier} against the arrows`;
    })).toEqual([]);
  });

  test('name only what the package declares, or for tests what all may use', () => {
    expect(complaints((owner, one) => {
      const { file, specifier } = one;
      if (isRelative(one) || specifier.startsWith('node:') || builtinModules.includes(specifier)) return false;
      const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
      // A pack is evaluated with the TypeBox of @zhengwu/pack, wherever its folder lies.
      if (owner.folder.startsWith('packs/') && name === 'typebox') return false;
      const known = owner.needs.has(name) || name === owner.name || (shared.has(name) && (isTest(file) || file.endsWith('config.ts') || /^(e2e|bench)\//.test(file)));
      return !known && !specifier.startsWith('virtual:') && `${name} is not in its package.json`;
    })).toEqual([]);
  });

  test('use what the package declares', () => {
    expect(all.flatMap((owner) => {
      const sources = sourcesOf(owner).map((file) => readFileSync(join(root, file), 'utf8'));
      const isNamed = (name: string): boolean => sources.some((text) => text.includes(`'${name}'`) || text.includes(`'${name}/`));
      return [...owner.needs].filter((name) => !name.startsWith('@types/') && !isNamed(name)).map((name) => `${owner.folder}: ${name} is declared and not used`);
    })).toEqual([]);
  });

  // OWASP ASVS 5.0 V15.3.2: an answer that points elsewhere is not followed to where nobody meant to ask.
  test('say of each outgoing call what becomes of a redirection, and never follow one', () => {
    const shipped = all.filter(({ folder }) => /^(kernel|pillars|apps)\//.test(folder) && folder !== 'apps/console').flatMap(sourcesOf).filter((file) => !isTest(file) && !/\.fixture\.ts$|\/(bench|test)\/|script\.ts$/.test(file));
    const calls = shipped.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/(?<![.\w])(?:undiciFetch|fetch)\((?!\))[^;]*/g)].map(([call]) => ({ file, call })));
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.filter(({ call }) => !/redirect: '(error|manual)'/.test(call)).map(({ file }) => file)).toEqual([]);
  });

  test('form no circle of files', () => {
    const graph = new Map(all.flatMap((owner) => sourcesOf(owner).map((file) => [file, importsOf(file).filter(isRelative).map(targetOf).filter((target) => existsSync(join(root, target)))] as const)));
    expect(circles(graph).map((path) => path.join(' → '))).toEqual([]);
  });

  test('form no circle of packages', () => {
    const ofOurs = (owner: Package): string[] => (imports.get(owner) ?? []).filter(({ file }) => !isTest(file)).map(({ specifier }) => specifier).filter((name) => name.startsWith('@zhengwu/') && name !== owner.name);
    const graph = new Map(all.map((owner) => [owner.name, [...new Set(ofOurs(owner))]]));
    expect(circles(graph).map((path) => path.join(' → '))).toEqual([]);
  });
});

describe('the check itself', () => {
  test('reads every form of import', () => {
    const text = `import a from 'one';\nimport type { B } from "two";\nimport 'three';\nexport { c } from './four.ts';\nexport * from 'five';\nconst d = await import('six');\nimport {\n  e,\n} from 'seven';`;
    expect(importsIn(text)).toEqual(['one', 'two', 'three', './four.ts', 'five', 'six', 'seven']);
  });

  test('finds a circle', () => {
    expect(circles(new Map([['a', ['b']], ['b', ['c']], ['c', ['a']], ['d', []]]))).toEqual([['a', 'b', 'c', 'a']]);
  });

  test.each([
    ['kernel/log/a.ts', `import { x } from '@zhengwu/database';`],
    ['kernel/http/a.ts', `import pg from 'pg';`],
    ['kernel/database/a.ts', `import { x } from '@zhengwu/cases';`],
    ['kernel/database/b.ts', `import { x } from '../../pillars/business/cases/index.ts';`],
    ['pillars/data/registers/a.ts', `import { x } from '@zhengwu/cases';`],
    ['pillars/business/cases/a.ts', `import { x } from '@zhengwu/ui';`],
    ['apps/portal/a.ts', `import { x } from '@zhengwu/database';`],
    ['apps/console/a.tsx', `import { x } from '@zhengwu/errors';`],
    ['packs/driving/a.ts', `import { x } from '@zhengwu/errors';`],
    ['contracts/a.ts', `import { x } from '@zhengwu/errors';`],
    ['demo/a.ts', `import { x } from '@zhengwu/cases/store.ts';`],
  ])('lint refuses the same in %s: %s', (file, line) => {
    const folder = mkdtempSync(join(tmpdir(), 'zhengwu-lint-'));
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), `${line}\nexport const y = [x, typeof pg];\n`);
    const { stdout, status } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--deny-warnings'], { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stdout).toContain('no-restricted-imports');
    expect(status).toBe(1);
  });
});
