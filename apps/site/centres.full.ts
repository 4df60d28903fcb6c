import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '@zhengwu/clock';
import * as api from '@zhengwu/contracts';
import { demoPassword, makeCity } from '@zhengwu/demo';
import { projectFolder } from './packs.ts';
import { ensureBuilt, freePort } from './test/built.ts';
import { clientsOf, type Clients, type Person } from './test/clients.ts';
import { key } from './test/city.ts';
import { decide, picture, until } from './test/people.ts';

const SECRET = 'a-secret-of-the-tests-portal-000000';
const NAME = '云川清溪软件有限公司';
let folder: string;
let started: ChildProcess;
let said = '';
let ports: Record<'SITE' | 'PORTAL' | 'CITY_TAX' | 'PROVINCE_TAX' | 'EXCHANGE_PLAIN', number>;
let city: Clients & { origin: string };
let centres: Record<'tax' | 'province', Person>;

beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-centres-'));
  await chmod(folder, 0o755);
  const free = async (): Promise<number> => freePort();
  ports = { SITE: await free(), PORTAL: await free(), CITY_TAX: await free(), PROVINCE_TAX: await free(), EXCHANGE_PLAIN: await free() };
  const nodes = { EXCHANGE_NODES: await free(), CITY_TAX_NODES: await free(), PROVINCE_TAX_NODES: await free() };
  const env = { ...process.env, NODE_ENV: '', DATABASE_URL: '', ZHENGWU_DATA: join(folder, 'data'), ZHENGWU_PORTAL_SECRET: SECRET, ...Object.fromEntries(Object.entries({ ...ports, ...nodes }).map(([name, port]) => [`ZHENGWU_PORT_${name}`, String(port)])) };
  started = spawn('node', [join(projectFolder(), 'tools/start.js')], { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [started.stdout, started.stderr]) stream?.on('data', (chunk) => (said += chunk));
  while (!said.includes('Ctrl-C')) {
    if (started.exitCode !== null) throw new Error(said);
    await sleep(100);
  }
  if (said.includes('could not be made')) throw new Error(said);
  const origin = `http://127.0.0.1:${String(ports.SITE)}`;
  city = { ...clientsOf(origin, SECRET, demoPassword), origin };
  const steward = (port: number): Promise<Person> => clientsOf(`http://127.0.0.1:${String(port)}`, 'not-asked-of-officials', demoPassword).official('steward');
  centres = { tax: await steward(ports.CITY_TAX), province: await steward(ports.PROVINCE_TAX) };
}, 300_000);
afterAll(async () => {
  const gone = once(started, 'exit');
  started.kill('SIGINT');
  await gone;
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** The taxpayer as a centre knows it; null where it does not. */
const taxpayer = (centre: Person, uscc: string): Promise<Record<string, unknown> | null> =>
  centre.call(api.readBaseRecord, { params: { register: 'taxpayers' }, body: { key: uscc, reason: '核对交换' } }).then(({ data }) => data, (error: unknown) => {
    if (error instanceof api.ProblemError && error.problem.status === 404) return null;
    throw error;
  });
const patient = { timeout: 60_000, interval: 250 };

describe('the city’s government centre, its tax centre and the province’s', () => {
  let uscc = '';

  test('a company founded in a district is on the city’s register, and then with the tax line of city and province', async () => {
    const citizen = await city.citizen('citizen01');
    const person = makeCity({ today: dayOf(new Date()), size: { cases: 0 } }).residents.find((one) => one.username === 'citizen01');
    const values = {
      companyName: NAME, companyType: 'sole', scopeItems: ['software'], division: '990102', address: '云川市鹭汀区听潮路8号', premises: 'leased',
      capital: 100_000_000, termYears: 0, shareholders: [{ name: '林知夏', citizenNumber: person?.number, share: 100 }], taxpayerKind: 'general', seals: ['official'], employees: 3, phone: '12500000001',
    };
    const guide = await citizen.call(api.getService, { params: { code: 'enterprise-establishment' } });
    const needed = guide.materials.filter((one) => one.need === 'required' && !one.satisfiedBy && one.accept.includes('image/png'));
    const materials = await Promise.all(needed.map((one) => picture(city, citizen, 'enterprise-establishment', one.code)));
    const { caseId } = await citizen.call(api.submitCase, { body: { service: 'enterprise-establishment', values, materials }, idempotencyKey: key() });
    for (const [who, outcome] of [['window01', 'accept'], ['market01', 'pass'], ['market02', 'approve'], ['seal01', 'done'], ['tax01', 'done'], ['social01', 'done']] as const) await decide(city, who, caseId, outcome);
    await until(() => citizen.call(api.myCase, { params: { id: caseId } }), (one) => one.state === 11);
    const session = await (await city.citizen('citizen01')).call(api.citizenSession, {});
    const company = session.subjects.find((one) => one.name === NAME);
    const licences = await (await city.citizen('citizen01', company?.id)).call(api.myLicences, {});
    expect(licences.items.length).toBeGreaterThan(0);
    const keeper = await city.official('data-sc');
    const names = await keeper.call(api.readBaseRecord, { params: { register: 'company-names' }, body: { key: NAME, reason: '核对交换' } });
    uscc = String(names.data['uscc']);
    // What the tax bureau decided at the founding is there too, not what a new company begins with.
    for (const centre of Object.values(centres)) await expect.poll(() => taxpayer(centre, uscc), patient).toMatchObject({ name: NAME, division: '990102', taxpayerKind: 'general', status: 'active' });
  }, 120_000);

  test('a value that the tax bureau challenges is corrected by its keeper, and the correction flows back to city and province', async () => {
    const [challenger, keeper] = [await city.official('data-sw'), await city.official('data-sc')];
    const address = '云川市鹭汀区听潮路18号3层';
    const { id } = await challenger.call(api.challengeValue, { params: { register: 'enterprises' }, body: { key: uscc, field: 'address', proposed: address, reason: '实地核查发现门牌号登记有误' } });
    await keeper.call(api.answerChallenge, { params: { id }, body: { outcome: 'accepted', answer: '经核实，予以更正' } });
    for (const centre of Object.values(centres)) await expect.poll(() => taxpayer(centre, uscc), patient).toMatchObject({ address, taxpayerKind: 'general' });
  }, 120_000);

  test('an existing X-Road REST client asks through the city’s node, unchanged', async () => {
    const at = (path: string) => fetch(`http://127.0.0.1:${String(ports.EXCHANGE_PLAIN)}${path}`, { headers: { 'X-Road-Client': 'DEMO/GOV/YC-ZW/GOVCENTRE' } });
    const methods = await at('/r1/DEMO/GOV/YC-SW/TAXCENTRE/listMethods');
    expect(methods.headers.get('x-road-request-hash')).toMatch(/^[A-Za-z0-9+/]{86}==$/);
    expect(JSON.stringify(await methods.json())).toContain('"changes"');
    const refused = await at('/r1/DEMO/GOV/PR-SW/TAXCENTRE/changes/v1/batches');
    expect([refused.status, refused.headers.get('x-road-error')]).toEqual([500, 'Server.ServerProxy.AccessDenied']);
  });
});
