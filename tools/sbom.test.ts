import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bomOf, licenceFaults, licencesMarkdown, type Bom, type LockFile } from '@zhengwu/governance';

const serial = '3e671687-395b-41f5-a30f-a58921a69b79';
let lock: LockFile;
let bom: Bom;
beforeAll(async () => {
  lock = JSON.parse(await readFile(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as LockFile;
  bom = bomOf(lock, serial, '2026-11-22T00:00:00Z');
});

describe('the bill of materials', () => {
  test('is a CycloneDX 1.6 list of every package of the lock file, each with a licence that is allowed', () => {
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
    // Of the schema of CycloneDX 1.6: serial number, unique references, purl, hashes of the length of their algorithm, one licence or one expression.
    expect(bom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect(new Set(bom.components.map((one) => one['bom-ref'])).size).toBe(bom.components.length);
    const lengths = { 'SHA-512': 128, 'SHA-256': 64, 'SHA-1': 40 };
    for (const one of bom.components) {
      expect(one.purl).toMatch(/^pkg:npm\/(%40[a-z0-9._~-]+\/)?[A-Za-z0-9._~-]+@[0-9][^\s]*$/);
      expect(one.version).not.toBe('');
      expect(one.licenses).toHaveLength(1);
      for (const { alg, content } of one.hashes ?? []) expect(content).toMatch(new RegExp(`^[0-9a-f]{${lengths[alg]}}$`));
    }
    const locked = new Set(Object.entries(lock.packages).filter(([path, one]) => path.includes('node_modules/') && one.link !== true).map(([path, one]) => `${path.slice(path.lastIndexOf('node_modules/') + 13)}@${one.version}`));
    expect(bom.components.length).toBe(locked.size);
    expect(licenceFaults(bom)).toEqual([]);
  });

  test('names a package without a licence, or with one that is not allowed', () => {
    const strange = bomOf({ version: '1', packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/@b/c': { version: '2.0.0', license: 'AGPL-3.0' }, 'node_modules/d': { version: '1.0.0', license: '(AGPL-3.0 OR MIT)' }, 'node_modules/e': { version: '1.0.0', license: 'MIT AND AGPL-3.0' } } }, serial, '');
    expect(licenceFaults(strange)).toEqual(['pkg:npm/%40b/c@2.0.0: AGPL-3.0', 'pkg:npm/a@1.0.0: no licence', 'pkg:npm/e@1.0.0: MIT AND AGPL-3.0']);
  });

  test('each package has the hash that npm checks when it installs', () => {
    const [one] = bom.components.filter(({ hashes }) => hashes !== undefined);
    expect(bom.components.filter(({ hashes }) => hashes === undefined).map(({ purl }) => purl)).toEqual([]);
    const kept = Object.entries(lock.packages).find(([path, at]) => path.endsWith(`node_modules/${one?.group ? `${one.group}/` : ''}${one?.name}`) && at.version === one?.version)?.[1].integrity;
    expect(Buffer.from(one?.hashes?.[0]?.content ?? '', 'hex').toString('base64')).toBe(kept?.slice('sha512-'.length));
  });

  test('docs/licences.md says what the lock file says', async () => {
    await expect(licencesMarkdown(bom)).toMatchFileSnapshot('../docs/licences.md');
  });
});
