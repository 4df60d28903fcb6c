import { Histogram, Registry } from 'prom-client';
import type { RuleBody } from '@zhengwu/contracts';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judge, type Rule, type Seen } from './alerting.ts';
import { openHttpFigures } from './http-figures.ts';
import { monitoringModule } from './module.ts';
import { budgetLeft, burnOf, NOTHING, type Objective } from './objectives.ts';
import * as store from './store-alerts.ts';
import { addRequests, countDays, countOver, objectives, rollRequests } from './store-objectives.ts';
import { sayReadings } from './store.ts';
import { watchRules } from './watching.ts';

const START = Date.parse('2026-11-20T10:00:00Z');
let now = new Date(START);
let site: TestSite;
beforeAll(async () => { site = await createTestSite({ modules: [monitoringModule] }); });
afterAll(() => site.drop());
const system = <T>(work: Parameters<typeof site.database.as<T>>[1]) => site.database.as(site.database.system, work);
const at = (minutes: number): Date => (now = new Date(START + minutes * 60_000));
const watch = () => watchRules({ database: site.database, events: site.site.events, clock: { now: () => now } });
const say = (series: string, state: 'good' | 'warning' | 'bad', value = 1) =>
  system((tx) => sayReadings(tx, now, [{ series, kind: 'check', group: 'process', name: { zh: '甲', en: 'A' }, state, value, unit: 'count', note: { zh: '见', en: 'seen' }, remedy: null }]));
const stateOf = async (series: string) => (await system((tx) => store.openAlerts(tx))).find((one) => one.series === series)?.state;
const raised = async () => (await system((tx) => tx.query<{ subject: string; payload: Record<string, unknown> }>(`select subject, payload from events.outbox where type = 'alert.raised' order by seq`))).rows.map(({ payload }) => payload['role']);
const only = (...rules: [string, Partial<RuleBody>][]) => system(async (tx) => {
  await tx.query('delete from monitoring.rule');
  await tx.query('delete from monitoring.alert');
  await tx.query('delete from monitoring.reading');
  await tx.query('delete from events.outbox');
  for (const [id, change] of rules) {
    await store.putRule(tx, id, 0, { name: { zh: '规则', en: 'Rule' }, condition: { kind: 'state', series: 'check:*', atLeast: 'bad' }, forMinutes: 2, severity: 'high', told: [{ role: 'administrator', afterMinutes: 0 }, { role: 'supervisor', afterMinutes: 30 }], isOn: true, ...change });
  }
});

describe('a rule', () => {
  test('fires once its condition has held for its minutes, tells, escalates, and resolves', async () => {
    await only(['a', {}]);
    at(0); await say('check:x', 'bad'); await watch();
    expect([await stateOf('check:x'), await raised()]).toEqual(['pending', []]);
    at(1); await say('check:x', 'bad'); await watch();
    expect(await stateOf('check:x')).toBe('pending');
    at(2); await say('check:x', 'bad'); await watch(); await watch();
    expect([await stateOf('check:x'), await raised()]).toEqual(['firing', ['administrator']]);
    at(29); await say('check:x', 'bad'); await watch();
    expect(await raised()).toEqual(['administrator']);
    at(30); await say('check:x', 'bad'); await watch(); await watch();
    expect(await raised()).toEqual(['administrator', 'supervisor']);
    at(31); await say('check:x', 'good'); await watch();
    expect(await stateOf('check:x')).toBeUndefined();
    expect(await system((tx) => store.alerts(tx, null, null, 10))).toMatchObject([{ series: 'check:x', state: 'resolved', resolvedAt: now }]);
  });
  test('is forgotten when its condition ends before', async () => {
    await only(['a', {}]);
    at(0); await say('check:x', 'bad'); await watch();
    at(1); await say('check:x', 'good'); await watch();
    at(4); await watch();
    expect([await system((tx) => store.alerts(tx, null, null, 10)), await raised()]).toEqual([[], []]);
  });
  test('goes no further up once somebody has taken it', async () => {
    await only(['a', { forMinutes: 0 }]);
    at(0); await say('check:x', 'bad'); await watch();
    const [alert] = await system((tx) => store.openAlerts(tx));
    expect(await system((tx) => store.acknowledge(tx, alert?.id ?? '', '王管理'))).toBe(true);
    at(40); await say('check:x', 'bad'); await watch();
    expect([await stateOf('check:x'), await raised()]).toEqual(['acknowledged', ['administrator']]);
  });
  test('tells nobody while silenced, and does so when the silence ends', async () => {
    await only(['a', { forMinutes: 0 }]);
    at(0);
    await system((tx) => store.insertSilence(tx, { id: '019a0000-0000-7000-8000-000000000001', series: 'check:*', reason: '升级', from: now, until: new Date(START + 10 * 60_000), by: '王管理' }));
    await say('check:x', 'bad'); await watch();
    expect([await stateOf('check:x'), await raised()]).toEqual(['firing', []]);
    at(11); await say('check:x', 'bad'); await watch();
    expect(await raised()).toEqual(['administrator']);
  });
  test('concludes nothing from a reading that is too old', async () => {
    await only(['a', { forMinutes: 0 }]);
    at(20); await say('check:x', 'bad'); await watch();
    at(40); await watch();
    expect(await stateOf('check:x')).toBe('firing');
  });
  test('switched off, it resolves what it had', async () => {
    await only(['a', { forMinutes: 0 }]);
    at(0); await say('check:x', 'bad'); await watch();
    const [rule] = await system(store.rules);
    await system((tx) => store.putRule(tx, 'a', 1, { ...(rule as Rule), isOn: false }));
    await watch();
    expect(await stateOf('check:x')).toBeUndefined();
    expect(await system((tx) => store.putRule(tx, 'a', 1, rule as Rule)), 'somebody else’s version').toBeNull();
  });
  test('on a figure holds beyond its threshold and never without one', () => {
    const seen = (value: number | null): Seen => ({ series: 'check:q', name: { zh: '甲', en: 'A' }, state: 'good', value, note: { zh: '甲', en: 'A' }, at: now });
    const rule = (op: 'above' | 'below') => ({ condition: { kind: 'value', series: 'check:q', op, threshold: 5 } }) as Rule;
    const holds = (op: 'above' | 'below', value: number | null) => judge(rule(op), [seen(value)], [], now).matches.length === 1;
    expect([holds('above', 5), holds('above', 5.1), holds('below', 4.9), holds('below', null)]).toEqual([false, true, true, false]);
  });
});

describe('objectives', () => {
  const objective: Objective = { id: 'o', name: { zh: '可用', en: 'Up' }, group: '*', kind: 'availability', target: 0.999, withinMs: null, days: 30 };
  test('a burn of 14.4 over an hour spends two per cent of thirty days (SRE Workbook, chapter 5)', () => {
    const burn = burnOf(objective, { ...NOTHING, total: 100_000, failed: 1440 });
    expect(burn).toBeCloseTo(14.4, 9);
    expect((burn as number) / (30 * 24)).toBeCloseTo(0.02, 9);
    expect(budgetLeft(objective, { ...NOTHING, total: 100_000, failed: 50 })).toBeCloseTo(0.5, 9);
    expect(burnOf(objective, NOTHING)).toBeNull();
  });
  test('latency counts what was answered in time; what failed is in time for nobody', async () => {
    const registry = new Registry();
    const times = new Histogram({ name: 'http_request_duration_seconds', help: 'x', labelNames: ['operation', 'status'], buckets: [0.1, 0.5, 1, 2.5], registers: [registry] });
    const grown = openHttpFigures(registry);
    for (const [operation, status, seconds] of [['case.submit', '200', 0.05], ['case.submit', '200', 0.7], ['case.read', '500', 0.01], ['case.read', '404', 0.2], ['live.listen', '200', 900], ['/healthz', '200', 0.01]] as const) times.labels(operation, status).observe(seconds);
    expect([...await grown()]).toEqual([['case', { total: 4, failed: 1, within100: 1, within500: 2, within1000: 3, within2500: 3 }]]);
    times.labels('case.submit', '200').observe(0.05);
    expect((await grown()).get('case')).toEqual({ total: 1, failed: 0, within100: 1, within500: 1, within1000: 1, within2500: 1 });
    expect((await grown()).size).toBe(0);
  });
  test('both windows must burn: a spike long past and a spike just now alone are quiet, both together fire', async () => {
    await only(['fast', { condition: { kind: 'burn', objective: 'all.availability', times: 14.4, shortMinutes: 5, longMinutes: 60 }, forMinutes: 0 }]);
    const add = (total: number, failed: number) => system((tx) => addRequests(tx, now, new Map([['case', { ...NOTHING, total, failed }]])));
    at(100); await add(1000, 200);
    at(130); await add(1000, 0); await watch();
    expect(await stateOf('objective:all.availability')).toBeUndefined();
    at(131); await add(100, 50); await watch();
    expect(await stateOf('objective:all.availability')).toBe('firing');
    at(160); await add(1000, 0); await watch();
    expect(await stateOf('objective:all.availability')).toBeUndefined();
  });
  test('minutes roll up into hours, and the days count each request once', async () => {
    await system((tx) => tx.query('delete from monitoring.requests'));
    for (const minute of [0, 30, 61, 119, 125]) await system((tx) => addRequests(tx, at(minute), new Map([['case', { ...NOTHING, total: 10, failed: 1 }], ['session', { ...NOTHING, total: 1 }]])));
    for (const _ of [1, 2]) await system((tx) => rollRequests(tx, at(126)));
    expect(await system((tx) => countDays(tx, now, 'case', 30))).toMatchObject({ total: 50, failed: 5 });
    expect(await system((tx) => countDays(tx, now, '*', 30))).toMatchObject({ total: 55, failed: 5 });
    const over = await system((tx) => countOver(tx, now, [5, 60]));
    expect([over('case', 5).total, over('case', 60).total, over('*', 60).total, over('other', 60).total]).toEqual([10, 20, 22, 0]);
    expect((await system(objectives)).length).toBeGreaterThanOrEqual(5);
  });
});
