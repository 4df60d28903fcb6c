import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const paper = readFileSync(join(root, 'docs/security/risky-parts.md'), 'utf8');
const TESTS = /\.(test|full|fixture|e2e|bench)\.tsx?$|\/(test|testing)\/|vite\.config\.ts$/;
/** Programs and threads that are started, text that becomes code or markup, what is unpacked. */
const DANGEROUS = /'node:(?:child_process|worker_threads|vm)'|\bnew Function\(|\beval\(|dangerouslySetInnerHTML|\.innerHTML\s*=|\b(?:create)?(?:gunzip|inflate|inflateRaw|unzip|brotliDecompress)(?:Sync)?\b/i;

// OWASP ASVS 5.0 V15.1.5: dangerous functions are named, and this finds those that are not.
test('docs/security/risky-parts.md names every file that does what is dangerous, and no other', () => {
  const found = globSync('{kernel,pillars,apps,packs,pack,demo,contracts,ui}/**/*.{ts,tsx}', { cwd: root, exclude: (name) => name === 'node_modules' })
    .filter((file) => !TESTS.test(file) && !file.endsWith('.d.ts') && DANGEROUS.test(readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')));
  const listed = [...paper.matchAll(/^\| `([\w./-]+\.tsx?)` \| (?!\|)/gm)].map(([, file]) => file);
  expect(found.toSorted()).toEqual(listed.toSorted());
});

// OWASP ASVS 5.0 V15.1.4: risky components are named; one that is no longer shipped is not.
test('each risky component that it names is one that is installed', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, unknown> };
  const part = paper.slice(paper.indexOf('## Risky components'), paper.indexOf('## Dangerous functions'));
  const named = [...part.matchAll(/^\| `([^`]+)` \| (?!\|)/gm)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([]);
});
