import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '@zhengwu/clock';
import * as api from '@zhengwu/contracts';
import { Defence } from '@zhengwu/defence';
import { composeCitizenNumber } from '@zhengwu/ids';
import { openCity, type TestCity } from './test/city.ts';
import { until } from './test/people.ts';

let city: TestCity;
type Official = Awaited<ReturnType<TestCity['official']>>;
let [admin, security, auditor, clerk]: [Official, Official, Official, Official] = [] as never;
const rows = async <T extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T[]> => (await city.site.database.as(city.site.database.system, (tx) => tx.query<T>(text, values))).rows;
const make = (who: Official, kind = 'people', filter: Record<string, string> = {}, idempotencyKey = randomUUID()) => who.call(api.makeExport, { params: { kind }, body: { filter }, idempotencyKey });
const usedBy = async (who: Official, kind = 'people') => (await who.call(api.listExportKinds, {})).items.find((one) => one.kind === kind)?.used;
const quota = (value: number | null, role: string | null = null, kind: string | null = 'people') => security.call(api.putExportQuota, { body: { kind, role, rows: value, reason: '测试' } });
const ask = (who: Official, wanted: number) => who.call(api.askExport, { body: { kind: 'people', rows: wanted, reason: '年度岗位核查需要名单' }, idempotencyKey: randomUUID() });
const decide = (id: string, body: { approve: boolean; rows?: number; hours?: number; note: string }, who = security) => who.call(api.decideExport, { params: { id }, body });
const problem = (code: string) => ({ problem: { code } });

/** The defence challenges who exports again and again at night; what these tests show holds at every hour. */
const workAtAnyHour = async (): Promise<void> => {
  const rule = (await security.call(api.listRules, {})).items.find(({ id }) => id === 'off-hours-export');
  if (!rule) throw new Error('no rule off-hours-export');
  await security.call(api.changeRule, { params: { id: rule.id }, body: { settings: { ...rule.settings, isOn: false }, reason: '测试不分昼夜', version: rule.version } });
};

beforeAll(async () => {
  city = await openCity();
  [admin, security, auditor, clerk] = await Promise.all([city.official('admin'), city.official('security'), city.official('audit'), city.official('window01')]);
  await workAtAnyHour();
}, 120_000);
afterAll(() => city.close());

describe('an export', () => {
  test('is counted, entered in the ledger with its hash and what was found, audited, and each row says where it comes from', async () => {
    const done = await make(admin);
    expect(done.rows).toBeGreaterThan(10);
    expect(done.number).toMatch(/^E\d{4}-\d{6}$/);
    const lines = done.text.trim().split('\r\n');
    expect(lines).toHaveLength(done.rows + 1);
    for (const line of lines.slice(1)) expect(line).toContain(done.number);
    expect(await usedBy(admin)).toBe(done.rows);
    const [entry] = (await security.call(api.exportLedger, { query: { limit: 1 } })).items;
    expect(entry).toMatchObject({ number: done.number, kind: 'people', rows: done.rows, hash: done.hash, request: null });
    const [record] = await rows<{ detail: Record<string, unknown> }>(`select detail from audit.record where event = 'disclosure.exported' and subject = $1`, [entry?.id]);
    expect(record?.detail).toMatchObject({ number: done.number, rows: done.rows });
  });

  test('is what the defence counts as an export, for its rules on nights and changed rights', async () => {
    await city.site.site.use(Defence).watch.flush();
    expect(await until(() => rows(`select 1 as one from defence.observation where kind = 'export'`), (all) => all.length > 0)).not.toHaveLength(0);
  });

  test('is for those whose permission shows the list, and holds what they may see', async () => {
    await expect(make(clerk)).rejects.toMatchObject(problem('export.unknown'));
    await expect(make(admin, 'audit-records', { from: '2026-01-01', until: '2026-12-31' })).rejects.toMatchObject(problem('export.unknown'));
    expect((await make(clerk, 'cases')).rows).toBe(0);
    const day = dayOf(new Date());
    expect((await make(auditor, 'audit-report', { report: 'events', from: '2026-01-01', until: day })).rows).toBeGreaterThan(0);
    await expect(make(auditor, 'audit-records', { from: day })).rejects.toMatchObject(problem('export.filter'));
    await expect(clerk.call(api.exportLedger, { query: {} })).rejects.toMatchObject(problem('access.denied'));
  });

  test('with the same key again is counted once and gives the same file', async () => {
    const [key, before] = [randomUUID(), await usedBy(admin)];
    const [one, other] = await Promise.all([make(admin, 'people', {}, key), make(admin, 'people', {}, key)]);
    expect(other).toEqual(one);
    expect(await usedBy(admin)).toBe((before ?? 0) + one.rows);
  });

  test('cannot be altered in the ledger by the site’s own role', async () => {
    await expect(rows(`update disclosure.export set rows = 0 returning 1 as one`)).rejects.toThrow(/permission denied/);
  });
});

describe('above the quota', () => {
  test('nothing leaves, the problem names the way on; another’s approval lets it pass, counted, and no more than approved', async () => {
    const size = (await make(admin)).rows;
    await quota(await usedBy(admin) as number);
    const refused = await make(admin).catch((error: { problem: api.Problem }) => error.problem);
    expect(refused).toMatchObject({ code: 'export.over-quota', status: 409 });
    expect((refused as api.Problem).detail).toContain('安全管理员');
    const asked = await ask(admin, size * 2);
    await expect(ask(admin, 5)).rejects.toMatchObject(problem('export.asked-already'));
    await expect(decide(asked.id, { approve: true, note: '同意' })).rejects.toMatchObject(problem('export.limits'));
    expect(await decide(asked.id, { approve: true, rows: size + 1, hours: 2, note: '同意一次' })).toMatchObject({ status: 'approved', allowed: size + 1, own: false });
    await expect(decide(asked.id, { approve: false, note: '再想想' })).rejects.toMatchObject(problem('export.decided'));
    expect((await make(admin)).rows).toBe(size);
    await expect(make(admin)).rejects.toMatchObject(problem('export.over-quota'));
    const [entry] = (await security.call(api.exportLedger, { query: { limit: 1 } })).items;
    expect(entry?.request).toBe(asked.id);
  });

  test('nobody decides a request of their own, by the service or in the table', async () => {
    const [own] = await rows<{ id: string }>(`insert into disclosure.request (person, person_name, kind, reason, rows) select r.person, r.name, 'people', '自己批准自己', 5 from audit.record r where r.event = 'disclosure.quotaChanged' limit 1 returning id`);
    await expect(decide(own?.id ?? '', { approve: true, rows: 5, hours: 1, note: '自己' })).rejects.toMatchObject(problem('export.own-request'));
    await expect(rows(`update disclosure.request set decided_by = person, status = 'refused' where id = $1 returning id`, [own?.id])).rejects.toThrow(/check constraint/);
    expect((await security.call(api.exportRequests, { query: { open: true } })).items.find(({ id }) => id === own?.id)?.own).toBe(true);
  });

  test('an approval that has run out lets nothing pass', async () => {
    const asked = await ask(admin, 1000);
    await decide(asked.id, { approve: true, rows: 1000, hours: 1, note: '一小时' });
    await rows(`update disclosure.request set until = now() - interval '1 second' where id = $1 returning id`, [asked.id]);
    await expect(make(admin)).rejects.toMatchObject(problem('export.over-quota'));
    expect((await admin.call(api.listExportKinds, {})).requests.find(({ id }) => id === asked.id)?.status).toBe('over');
  });

  test('two at once take no more than is left', async () => {
    const size = (await rows<{ n: number }>('select count(*)::int as n from directory.person where active'))[0]?.n ?? 0;
    await quota(((await usedBy(admin)) ?? 0) + size + 3);
    const done = await Promise.allSettled([make(admin), make(admin), make(admin)]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('a quota for a role goes before the general one', async () => {
    await quota(100_000, 'administrator');
    expect((await make(admin)).rows).toBeGreaterThan(0);
    await quota(null, 'administrator');
    await expect(make(admin)).rejects.toMatchObject(problem('export.over-quota'));
    await expect(quota(5, 'no-such-role')).rejects.toMatchObject(problem('export.unknown'));
  });
});

describe('what people hand in', () => {
  test('a document with the mark of a state secret is refused with what to do, told to the security administrator and recorded with who sent it', async () => {
    const citizen = await city.citizen('citizen05');
    const paper = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Title <feff673a5bc6260500310030 5e74> >>\nendobj\ntrailer << /Info 1 0 R >>\n%%EOF\n');
    const grant = await citizen.call(api.grantUpload, { body: { owner: 'intake', service: 'identity-card-replacement', material: 'old-card', name: 'a.pdf', type: 'application/pdf' } });
    const answer = await city.upload(grant, paper);
    expect({ status: answer.status, code: ((await answer.json()) as api.Problem).code }).toEqual({ status: 422, code: 'file.classified' });
    const alerts = await until(() => rows<{ kind: string; detail: Record<string, unknown> }>(`select kind, detail from defence.alert where kind = 'files.classified'`), (all) => all.length > 0);
    expect(alerts).toMatchObject([{ detail: { level: '机密' } }]);
    const records = await until(() => rows<{ person: string | null }>(`select nullif(subject, '-') as person from audit.record where event = 'file.classifiedRefused'`), (all) => all.length > 0);
    expect(records[0]?.person).toBeTruthy();
  });
});

describe('what policies declare to leave in full', () => {
  const declared = () => Object.entries(city.site.policy).filter(([, rule]) => rule.shows?.some((kind) => kind !== 'mobile-phone'));
  test('is what citizens filled in themselves, what an official asks for with a record, and nothing else; a new one is added here on purpose', () => {
    expect(declared().map(([operation]) => operation).sort()).toEqual([
      'audit.prove', 'case.correct', 'case.mine', 'case.reveal', 'case.submit', 'case.view', 'challenge.mine', 'challenge.raiseOwn', 'draft.check', 'draft.create', 'draft.list', 'draft.materials', 'draft.save', 'draft.step', 'draft.submit', 'export.make', 'import.upload', 'intake.form',
      'licence.mine', 'licence.view', 'lifeEvent.check', 'lifeEvent.save', 'lifeEvent.submit', 'lifeEvent.view', 'matching.pair', 'message.mailbox', 'message.mine', 'privacy.askCopy', 'privacy.askCorrection', 'privacy.consent', 'privacy.copyFile', 'privacy.looks', 'privacy.mine', 'privacy.withdraw', 'quality.open', 'register.own', 'register.reveal',
    ]);
  });
  test('leaves a record wherever an official may call it; the public sees none outside the demonstration’s mailbox', () => {
    const own = new Set(['message.mine', 'message.mailbox']);
    for (const [operation, { who, audit }] of declared()) {
      if (own.has(operation)) continue;
      if ([who].flat().includes('official')) expect(audit, operation).not.toBeNull();
      expect([who].flat(), operation).not.toContain('public');
    }
  });
});

test('numbers that are not declared leave in no answer: a planted one is withheld and in the trail by kind alone', async () => {
  const number = composeCitizenNumber({ division: '990102', birth: '1990-03-07', sequence: 7 });
  await rows(`update directory.person set name = $1 where account = 'reviewer01' returning id`, [number]);
  await expect(admin.call(api.listPeople, { query: { q: 'reviewer01' } })).rejects.toMatchObject(problem('disclosure.withheld'));
  const found = await until(() => rows<{ detail: unknown }>(`select detail from audit.record where event = 'disclosure.found'`), (all) => all.length > 0);
  expect(found[0]?.detail).toMatchObject({ operation: 'directory.people', done: 'withheld', found: { 'citizen-number': 1 } });
  expect(JSON.stringify(found)).not.toContain(number);
  expect(await until(() => rows<{ subject: string }>(`select subject from defence.alert where kind = 'disclosure.withheld'`), (all) => all.length > 0)).toEqual([{ subject: 'directory.people' }]);
});
