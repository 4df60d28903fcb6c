import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHmacSigner } from '@zhengwu/crypto';
import { openDatabase, reachDatabase, type Database } from '@zhengwu/database';
import { demoPassword } from '@zhengwu/demo';
import { openForwarder, probesOf, proxyLog, scan, type Api, type Planted, type Probe } from './scanning.ts';
import { startCity } from './system.ts';

const SECRET = 'a-secret-of-the-tests-portal-000000';
const OFFICIALS = ['window01', 'reviewer01', 'approver01', 'supervisor', 'admin', 'security', 'audit', 'data01', 'data-sc'] as const;
type Credentials = (method: string, path: string) => Record<string, string>;

let folder: string;
let city: Awaited<ReturnType<typeof startCity>>;
let database: Database;
let disconnect: () => Promise<void>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-scan-'));
  city = await startCity({ ZHENGWU_PORTAL_SECRET: SECRET, ZHENGWU_RATE_LIMITS: 'off' });
  const reached = await reachDatabase({ dataFolder: city.folder, beside: true });
  database = await openDatabase(reached.connection);
  disconnect = reached.stop;
}, 300_000);
afterAll(async () => {
  await database.close();
  await disconnect();
  await city.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** Holes as careless code has them: a value spliced into SQL, and one into a page. They stand beside the real pages, in this test alone. */
const planted: Planted = async (path, query) => {
  if (path === '/api/planted') {
    const { rows } = await database.as(database.system, (tx) => tx.query(`select code, name_zh from directory.department where code = '${query.get('code')}'`)).catch(() => ({ rows: [] }));
    return { status: 200, type: 'application/json', body: JSON.stringify({ items: rows }) };
  }
  if (path === '/planted') return { status: 200, type: 'text/html', body: `<html><body><form action="/planted"><input name="q"></form><p>${query.get('q') ?? ''}</p></body></html>` };
  // Signing out would leave the scanner outside.
  return path.endsWith('/sign-out') ? { status: 404, type: 'text/plain', body: '' } : null;
};

const asOfficial = async (account: string): Promise<Credentials> => {
  const response = await fetch(`${city.addresses.site}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ account, password: demoPassword }) });
  const { csrf } = (await response.json()) as { csrf: string };
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return () => ({ cookie, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin', 'idempotency-key': crypto.randomUUID() });
};

const signer = createHmacSigner(SECRET, 'portal-credential');
const asPortal = (token: string): Credentials => (method, path) => {
  const seconds = String(Math.floor(Date.now() / 1000));
  return { 'x-zhengwu-portal': `${seconds}.${signer.sign(seconds, method, path, '203.0.113.9', token, '')}`, 'x-zhengwu-address': '203.0.113.9', 'idempotency-key': crypto.randomUUID(), ...(token ? { 'x-zhengwu-citizen': token } : {}) };
};
const asCitizen = async (account: string): Promise<Credentials> => {
  const path = '/api/citizen/session';
  const response = await fetch(city.addresses.site + path, { method: 'POST', headers: { 'content-type': 'application/json', ...asPortal('')('POST', path) }, body: JSON.stringify({ account, password: demoPassword }) });
  return asPortal(((await response.json()) as { token: string }).token);
};

/** Operations that end the scanner's own session, never end, or are not for a session. */
const isSkipped = (method: string, path: string): boolean => (method === 'DELETE' && /session/.test(path)) || /\/(live|uploads|password)\b/.test(path);

/** The first of the senders whom the site does not turn away, so that what lies behind the gate is tried. */
const senderOf = async (senders: readonly Credentials[], { method, path, body }: Probe): Promise<number> => {
  for (const [index, credentials] of senders.entries()) {
    const plain = path.replace('*', '');
    const { status } = await fetch(city.addresses.site + plain, { method, headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...credentials(method, plain) }, ...(body ? { body } : {}) });
    if (status !== 401 && status !== 403) return index;
  }
  return 0;
};

const SQLMAP = ['--batch', '--ignore-stdin', '--level', '1', '--risk', '1', '--technique', 'BT', '--time-sec', '2', '--dbms', 'PostgreSQL', '--flush-session', '--disable-coloring', '--ignore-code', '*'];

/** Parameters that sqlmap calls injectable, as `address parameter`. What it withdraws itself as a false positive is none. */
const injectable = async (name: string, credentials: Credentials, probes: readonly Probe[]): Promise<string[]> => {
  const forwarder = await openForwarder(city.addresses.site, credentials, planted);
  const [log, results] = [join(folder, `${name}.xml`), join(folder, `${name}.csv`)];
  await writeFile(log, proxyLog(forwarder.origin, probes));
  const said = await scan('sqlmap', ['-l', log, ...SQLMAP, '--output-dir', join(folder, name), '--results-file', results], 900);
  await forwarder.close();
  expect(said).toContain('ended with 0');
  expect([...forwarder.faults], name).toEqual([]);
  const [all, away] = [[...forwarder.statuses.values()], [401, 403].map((status) => forwarder.statuses.get(status) ?? 0)].map((counts) => counts.reduce((sum, one) => sum + one, 0)) as [number, number];
  expect(away, 'most of what was tried must get behind the gate').toBeLessThanOrEqual(all / 2);
  const rows = (await readFile(results, 'utf8')).trim().split('\n').slice(1);
  return rows.filter((row) => row !== '' && !row.includes('false positive')).map((row) => row.split(',').slice(0, 3).join(' ').replace(forwarder.origin, ''));
};

// OWASP ASVS 5.0 V1.2.4: database queries are protected against injection.
test('sqlmap finds the planted hole, and none in any operation of the running site', async () => {
  const api = (await (await fetch(`${city.addresses.site}/api/openapi.json`)).json()) as Api;
  const senders = [await asCitizen('citizen01'), ...(await Promise.all(OFFICIALS.map(asOfficial)))];
  const probes = probesOf(api, isSkipped);
  expect(probes.length).toBeGreaterThan(100);
  const bySender = new Map<number, Probe[]>();
  for (const probe of probes) {
    const sender = await senderOf(senders, probe);
    bySender.set(sender, [...(bySender.get(sender) ?? []), probe]);
  }
  expect(await injectable('planted', asPortal(''), [{ method: 'GET', path: '/api/planted?code=YC-ZW', body: null }])).toEqual(['/api/planted?code=YC-ZW GET code']);
  for (const [sender, own] of bySender) expect(await injectable(`sender-${sender}`, senders[sender] as Credentials, own)).toEqual([]);
}, 1_500_000);

interface Report {
  vulnerabilities: Record<string, { path: string; info: string }[]>;
}

// OWASP ASVS 5.0 V1.2.1 and V1.3: output is encoded for its place; nothing is executed, included or redirected by input.
test('wapiti finds the planted hole, and none in the pages of the running portal', async () => {
  const { portal } = city.addresses;
  const signIn = await fetch(`${portal}/sign-in`, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded', origin: portal, 'sec-fetch-site': 'same-origin' }, body: new URLSearchParams({ account: 'citizen01', password: demoPassword, next: '/my' }) });
  const cookie = signIn.headers.getSetCookie().map((one) => one.split(';')[0] ?? '').filter((one) => !one.endsWith('=')).join('; ');
  const report = join(folder, 'wapiti.json');
  // Each value of one's records has a page of one and the same kind: one of them stands for all, the others are not there for the scanner.
  const records = await (await fetch(`${portal}/my/records`, { headers: { cookie } })).text();
  const [, ...alike] = [...new Set([...records.matchAll(/href="(\/my\/records\/[^"?]+)/g)].map((match) => match[1] ?? ''))];
  expect(alike.length).toBeGreaterThan(5);
  const forwarder = await openForwarder(portal, () => ({ cookie, origin: portal, 'sec-fetch-site': 'same-origin' }), async (path, query) =>
    (alike.includes(path.replace(/^\/en\//, '/')) ? { status: 404, type: 'text/html', body: '' } : planted(path, query)));
  const begins = ['/planted?q=a', '/my/records', '/my', '/my/cases', '/my/licences', '/my/messages', '/my/mandates', '/my/account'].flatMap((path) => ['-s', forwarder.origin + path]);
  await scan('wapiti', [
    '-u', `${forwarder.origin}/`, ...begins, '--scope', 'folder', '-m', 'xss,permanentxss,blindsql,exec,file,redirect,crlf', '-d', '3', '--max-scan-time', '60', '--max-attack-time', '80',
    '--max-links-per-page', '40', '--max-files-per-dir', '12', '--flush-session', '--store-session', join(folder, 'wapiti'), '-f', 'json', '-o', report, '--no-bugreport', '-t', '10',
  ], 900);
  await forwarder.close();
  const { vulnerabilities } = JSON.parse(await readFile(report, 'utf8')) as Report;
  const found = Object.entries(vulnerabilities).flatMap(([kind, ones]) => ones.map(({ path }) => `${kind} ${path}`));
  expect([...new Set(found)]).toEqual(['Cross Site Scripting /planted']);
  expect(forwarder.statuses.get(200) ?? 0).toBeGreaterThan(500);
  expect([...forwarder.faults]).toEqual([]);
}, 1_000_000);
