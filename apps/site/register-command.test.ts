import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerCommand } from './cli/register.ts';
import { openCity, type TestCity } from './test/city.ts';

let city: TestCity;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-register-'));
  city = await openCity();
}, 60_000);
afterAll(async () => {
  await city.close();
  await rm(folder, { recursive: true });
});

const run = async (...args: string[]): Promise<{ code: number; said: string }> => {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const code = await registerCommand(args, { out: say, err: say }, {}, (_environment, work) => work(city.site.database));
  return { code, said: lines.join('\n') };
};

test('a register is written to a file with every record of the day, and who did it and why is on record', async () => {
  const file = join(folder, 'divisions.jsonl');
  const { code, said } = await run('export', 'place-names', '--to', file, '--reason', '迁移演练', '--day', '2026-06-01');
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect([code, lines.length > 3]).toEqual([0, true]);
  expect(said).toContain(String(lines.length));
  const { rows } = await city.site.database.as(city.site.database.system, (tx) => tx.query<{ detail: Record<string, unknown> }>(`select detail from audit.record where event = 'register.extracted'`));
  expect(rows.map(({ detail }) => detail)).toEqual([{ rows: lines.length, day: '2026-06-01', format: 'jsonl', reason: '迁移演练', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
});

test('a command that lacks its reason, its file or a format is not understood; a register that is not there is named', async () => {
  const to = join(folder, 'x.csv');
  for (const args of [['export', 'place-names', '--to', to], ['export', 'place-names', '--reason', '原因'], ['export', 'place-names', '--to', join(folder, 'x.doc'), '--reason', '原因'], ['export', 'place-names', '--to', to, '--reason', '原因', '--day', '2026-02-30'], ['import', 'place-names', '--to', to, '--reason', '原因'], ['export', '--wrong']]) expect((await run(...args)).code, args.join(' ')).toBe(2);
  await expect(run('export', 'nothing', '--to', to, '--reason', '原因')).rejects.toThrow(/nothing.*place-names/s);
});
