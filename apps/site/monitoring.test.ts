import { acknowledgeAlert, addDevice, addProbe, addSilence, listDevices, listObjectives, listOperationalAlerts, listProbes, myMessages, readHealth, requestRecords, requestTrace } from '@zhengwu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { key, openCity, type TestCity } from './test/city.ts';

type Official = Awaited<ReturnType<TestCity['official']>>;
let city: TestCity;
let [admin, auditor, window]: Official[] = [];
beforeAll(async () => {
  city = await openCity();
  [admin, auditor, window] = [await city.official('admin'), await city.official('audit'), await city.official('window01')];
});
afterAll(() => city.close());
const as = (one: Official | undefined): Official => one as Official;
/** Runs a job of the module now, whatever its turn. */
const work = async (name: string): Promise<void> => {
  const { site, modules } = city.site;
  const job = modules.find((module) => module.name === 'monitoring')?.jobs?.(site).find((one) => one.name === `monitoring.${name}`);
  await job?.run({}, { id: '1', attempt: 1, signal: new AbortController().signal });
};
const probe = { name: '坏目标', kind: 'tcp' as const, host: '127.0.0.1', port: 1, timeoutMs: 500, everySeconds: 10, isOn: true };

describe('the management centre', () => {
  test('shows the site’s own state to the system administrator and to nobody else', async () => {
    await work('check');
    expect((await as(admin).call(readHealth)).items.length).toBeGreaterThan(10);
    for (const one of [auditor, window]) await expect(as(one).call(readHealth)).rejects.toMatchObject({ problem: { status: 403 } });
    expect((await as(admin).call(listObjectives)).items.length).toBeGreaterThanOrEqual(5);
  });
  test('a target that leads to metadata services is refused at registration', async () => {
    await expect(as(admin).call(addProbe, { body: { ...probe, host: '169.254.169.254' }, idempotencyKey: key() })).rejects.toMatchObject({ problem: { code: 'monitoring.target-refused', status: 422 } });
  });
  test('the keys of a device go in and never come out', async () => {
    await as(admin).call(addDevice, { body: { name: '核心交换机', host: '127.0.0.1', port: 9, user: 'watcher', authProtocol: 'sha256', privProtocol: 'aes', authKey: 'key-of-auth-01', privKey: 'key-of-priv-02', everySeconds: 3600, isOn: false }, idempotencyKey: key() });
    const shown = JSON.stringify(await as(admin).call(listDevices));
    const { database } = city.site;
    const kept = JSON.stringify((await database.as(database.system, (tx) => tx.query('select * from monitoring.device'))).rows);
    const recorded = JSON.stringify((await database.as(database.system, (tx) => tx.query(`select detail from audit.record where event = 'monitoring.deviceAdded'`))).rows);
    for (const text of [shown, kept, recorded]) expect(text).toContain('watcher');
    for (const text of [shown, kept, recorded]) expect(text).not.toMatch(/key-of-/);
  });
  test('a broken target alerts, reaches the in-box of who is on duty, and is taken in hand', async () => {
    const { database } = city.site;
    await database.as(database.system, (tx) => tx.query(`update monitoring.rule set body = body || '{"forMinutes": 0}' where id = 'probes.bad'`));
    const { id } = await as(admin).call(addProbe, { body: probe, idempotencyKey: key() });
    await expect.poll(async () => { await work('probe'); return (await as(admin).call(listProbes)).items.find((one) => one.id === id)?.state; }, { timeout: 20_000 }).toBe('bad');
    await work('alert');
    expect((await as(admin).call(listOperationalAlerts, { query: {} })).items.find(({ series }) => series === `probe:${id}`)?.state).toBe('firing');
    await expect.poll(async () => (await as(admin).call(myMessages, { query: {} })).items.some(({ title, body }) => title.zh.startsWith('运行告警') && body.zh.includes('坏目标')), { timeout: 20_000 }).toBe(true);
    const alert = (await as(admin).call(listOperationalAlerts, { query: {} })).items.find(({ series }) => series === `probe:${id}`);
    await expect(as(auditor).call(acknowledgeAlert, { params: { id: alert?.id ?? '' } })).rejects.toMatchObject({ problem: { status: 403 } });
    await as(admin).call(acknowledgeAlert, { params: { id: alert?.id ?? '' } });
    await as(admin).call(addSilence, { body: { series: `probe:${id}`, reason: '设备更换', minutes: 10 }, idempotencyKey: key() });
    expect((await as(admin).call(listOperationalAlerts, { query: {} })).items.find((one) => one.id === alert?.id)).toMatchObject({ state: 'acknowledged', silence: '设备更换', told: [{ role: 'administrator' }] });
  }, 45_000);
  test('from a request to its audit records: the system administrator sees how many, the audit administrator which', async () => {
    const requestId = 'request-of-the-site-test';
    const sent = await as(admin).send('POST', addProbe.path, { headers: { 'idempotency-key': key(), 'x-request-id': requestId }, body: JSON.stringify({ ...probe, name: '另一个', isOn: false }) });
    expect([sent.status, sent.headers.get('x-request-id')]).toEqual([201, requestId]);
    expect((await as(admin).call(requestTrace, { params: { id: requestId } })).records).toBe(1);
    await expect(as(admin).call(requestRecords, { params: { id: requestId } })).rejects.toMatchObject({ problem: { status: 403 } });
    expect((await as(auditor).call(requestRecords, { params: { id: requestId } })).items).toMatchObject([{ event: 'monitoring.probeAdded' }]);
  });
});
