import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '@zhengwu/config';
import { createLog } from '@zhengwu/log';
import { makeNatsServer, type NatsServer } from './nats.fixture.ts';
import { openStreams, type Streams } from './streams.ts';

/** As docs/data/topics.md says: TLS, an account with no more than it needs, and files that are sealed. */
const guarded = (folder: string): string => {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=nats', '-addext', 'subjectAltName=DNS:localhost', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'ca.pem')], { stdio: 'ignore' });
  return `tls { cert_file: "${join(folder, 'ca.pem')}", key_file: "${join(folder, 'key.pem')}" }
authorization { users = [{ user: zhengwu, password: "of-the-test", permissions: { publish: ["$JS.API.>", "zhengwu.>"], subscribe: ["_INBOX.>"] } }] }
jetstream { store_dir: "${join(folder, 'store')}", max_mem: 64MB, max_file: 1GB, cipher: aes, key: "a key of the test" }`;
};

let [safe, plain]: NatsServer[] = [];
const opened: Streams[] = [];
beforeAll(async () => {
  [safe, plain] = [await makeNatsServer(guarded), await makeNatsServer()];
  await Promise.all([safe.start(), plain.start()]);
});
afterAll(async () => {
  for (const streams of opened) await streams.close();
  await Promise.all([safe?.remove(), plain?.remove()]);
});

const dial = (server: NatsServer | undefined, scheme: string, more: Record<string, string> = {}): Streams => {
  const { nats } = readConfig({ ZHENGWU_NATS: (server as NatsServer).url.replace('nats://127.0.0.1', `${scheme}://localhost`), ...more });
  const streams = openStreams(nats, createLog({ level: 'silent' }));
  opened.push(streams);
  return streams;
};
const trusted = (): Record<string, string> => ({ ZHENGWU_NATS_CA_FILE: join(safe?.folder ?? '', 'ca.pem') });
const named = { ZHENGWU_NATS_USER: 'zhengwu', ZHENGWU_NATS_PASSWORD: 'of-the-test' };

test('over TLS, by user and password, with the rights that are written down; what is stored is not to be read on the disk', async () => {
  const streams = dial(safe, 'tls', { ...trusted(), ...named });
  await expect.poll(() => streams.isAway()).toBe(false);
  await streams.create('a', 'news');
  const message = { topic: 'news', key: '王小明', payload: { number: '110101199003070000' }, offset: 1, at: new Date(), id: '01890a5d-ac96-774b-bcce-b302099a8057' };
  expect(await streams.put('a', 0, [message])).toEqual([]);
  expect(await streams.get('a', [1, 2])).toEqual([message]);
  expect(await streams.ends('a')).toEqual({ first: 1, last: 1 });
  expect(await streams.purge('a', 2)).toBe(1);
  expect(await streams.ends('b')).toBeNull();
  await streams.put('a', 1, [{ ...message, offset: 2, id: '01890a5d-ac96-774b-bcce-b302099a8058' }]);
  const store = join(safe?.folder ?? '', 'store');
  const files = (await readdir(store, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(0);
  for (const { parentPath, name } of files) expect((await readFile(join(parentPath, name))).includes('110101199003070000')).toBe(false);
});

test.each<[string, () => Streams]>([
  ['a wrong password', () => dial(safe, 'tls', { ...trusted(), ...named, ZHENGWU_NATS_PASSWORD: 'another' })],
  ['a server whose certificate nobody vouches for', () => dial(safe, 'tls', named)],
  ['tls:// where the server offers none', () => dial(plain, 'tls')],
  ['a CA file where the server offers no TLS', () => dial(plain, 'nats', trusted())],
])('with %s nothing is said and nothing taken', async (_why, open) => {
  const streams = open();
  await new Promise((resolve) => { setTimeout(resolve, 1500); });
  expect(streams.isAway()).toBe(true);
  await expect(streams.ends('a')).rejects.toThrow('no NATS server is in reach');
});
