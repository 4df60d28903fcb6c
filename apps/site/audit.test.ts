import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from './cli/commands.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-audit-cli-'));
  await writeFile(join(folder, 'key.pem'), generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(join(folder, 'records.jsonl'), '');
  await writeFile(join(folder, 'heads.jsonl'), 'a.b.c\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const zhengwu = async (...args: string[]) => {
  const said = { out: '', err: '' };
  return { code: await runCommand(args, { out: (line) => void (said.out += `${line}\n`), err: (line) => void (said.err += `${line}\n`) }, {}), ...said };
};

test.each([[['audit']], [['audit', 'exprot', '--to', 'x']], [['audit', 'verify', 'x']], [['audit', 'export']], [['audit', 'verify', 'x', '--kye', 'y']]])('%j is one clear line and exit code 2', async (args) => {
  expect(await zhengwu(...args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^[^\n]*[\u4e00-\u9fff][^\n]* \/ [^\n]*npx zhengwu[^\n]*\n$/) as string });
});

test('audit verify names what it finds, with exit code 1, without a database', async () => {
  const { code, out } = await zhengwu('audit', 'verify', folder, '--key', join(folder, 'key.pem'));
  expect(code).toBe(1);
  expect(out).toContain('head-forged  1');
  expect(out).toContain('no valid signed head');
  expect(await zhengwu('audit', 'verify', join(folder, 'key.pem'), '--key', join(folder, 'key.pem'))).toMatchObject({ code: 1, out: expect.stringContaining('does not hold') as string });
  expect(await zhengwu('audit', 'verify', join(folder, 'nowhere'), '--key', join(folder, 'key.pem'))).toMatchObject({ code: 1, err: expect.stringContaining('nowhere') as string });
});
