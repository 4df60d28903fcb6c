import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from './scim.fixture.ts';

const run = promisify(execFile);
let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 60_000);
afterAll(() => town.close());

test('the lines of docs/security/provisioning.md connect a system with curl', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../docs/security/provisioning.md'), 'utf8');
  const lines = /```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  expect(lines.trim().split('\n')).toHaveLength(10);
  const { port } = await town.http.listen({ host: '127.0.0.1', port: 0 });
  const { token } = await town.token('curl.client');
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', lines], { env: { ...process.env, SITE: `http://127.0.0.1:${port}`, TOKEN: token, no_proxy: '127.0.0.1' } });
  expect(stdout).toContain('"userName":"wang.fang"');
  expect(stdout).toContain('"title":"局长"');
  expect(await town.sql("select p.active, r.removed_at is not null as removed from directory.person p join provisioning.record r on r.resource = p.id where p.account = 'chen.xin'")).toEqual([{ active: false, removed: true }]);
});
