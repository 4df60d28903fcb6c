import { afterAll, beforeAll, expect, test } from 'vitest';
import { directoryModule, loadOrganisation } from '@zhengwu/directory';
import { identityModule, loadAccounts } from '@zhengwu/identity';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { messagesModule } from './module.ts';
import { securityNews } from './security-news.ts';
import { wordingOf } from './templates.ts';

const [ANNA, BELA] = ['0190f7a0-0000-7000-8000-0000000000a1', '0190f7a0-0000-7000-8000-0000000000b1'];
let site: TestSite;
const text = (zh: string) => ({ zh, en: zh });
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule, identityModule, messagesModule] });
  await site.database.as(site.database.system, async (tx) => {
    await loadOrganisation(tx, {
      divisions: [{ code: '990100', parent: null, name: text('云川市') }], departments: [{ id: 1, code: 'YC', division: '990100', name: text('市政府'), regionParent: null, lineParent: null }],
      roles: [{ code: 'security', name: text('安全'), grants: [{ permission: 'defence.keep', scope: 'all' }] }], posts: [{ code: 'YC.security', department: 1, name: text('安全'), roles: ['security'] }],
      people: [ANNA, BELA].map((id, index) => ({ id, name: `人${index}`, account: `p.${index}`, clearance: 1, phone: '', email: '', posts: index === 0 ? ['YC.security'] : [] })),
    } as never);
    await loadAccounts(tx, [{ kind: 'official', username: 'p.1', person: BELA, name: '人1' }], 'Yunchuan-2026');
  });
}, 60_000);
afterAll(() => site.drop());

const happen = async (type: string, subject: string, payload: Record<string, unknown>, id = uuidv7()) => site.database.as(site.database.system, (tx) => securityNews.tell({ id, type, subject, payload, at: new Date('2026-11-22T18:00:00Z') }, tx));
const told = async (person: string) => (await site.database.as(site.database.system, (tx) => tx.query<{ template: string; params: Record<string, unknown> }>('select template, params from messages.message where recipient = $1 order by sent_at, key', [person]))).rows
  .map(({ template, params }) => wordingOf(template, params).body);

test('the holder hears of a certificate that ends, in the days of Beijing; for an institution’s, whoever asked for it', async () => {
  await happen('certificate.expiring', 'ab12', { serial: 'ab12', name: '人0', person: ANNA, requester: BELA, notAfter: '2026-12-01T17:00:00Z' });
  await happen('certificate.expiring', 'cd34', { serial: 'cd34', name: '市政府', person: null, requester: ANNA, notAfter: '2026-12-01T17:00:00Z' });
  expect((await told(ANNA)).map(({ zh }) => zh)).toEqual([expect.stringContaining('“人0”（序列号 ab12）将于 2026-12-02 到期'), expect.stringContaining('市政府')]);
  expect(await told(BELA)).toEqual([]);
});

test('the owner hears of a recovery, once an event, and by what means', async () => {
  const [{ id: account = '' } = {}] = (await site.database.as(site.database.system, (tx) => tx.query<{ id: string }>('select id from identity.account'))).rows;
  const event = uuidv7();
  for (let times = 0; times < 2; times += 1) await happen('recovery.done', account, { account, means: 'two-administrators', address: '10.0.0.1' }, event);
  const [message, ...more] = await told(BELA);
  expect(more).toEqual([]);
  expect(message?.en).toContain('2026-11-23 02:00 by two administrators');
  await happen('recovery.done', uuidv7(), { account: uuidv7(), means: 'window', address: '10.0.0.1' });
});

test('a reminder reaches its owner once a day and kind; an alert of the defence whoever may act on it', async () => {
  const entry = uuidv7();
  for (const kind of ['due', 'due', 'overdue']) await happen('governance.reminded', entry, { entry, day: '2026-11-23', kind, person: BELA, number: 'FX-1', title: '弱口令整改', due: '2026-11-24' });
  expect((await told(BELA)).map(({ zh }) => zh).slice(-2)).toEqual(['“弱口令整改”即将到期（期限 2026-11-24）。请在“安全—管理登记”中处理。', '“弱口令整改”已经逾期（期限 2026-11-24）。请在“安全—管理登记”中处理。']);
  const before = (await told(ANNA)).length;
  await happen('defence.alerted', uuidv7(), { kind: 'guessing', severity: 'low', subject: 'x' });
  expect((await told(ANNA)).length).toBe(before);
  await happen('defence.alerted', uuidv7(), { kind: 'guessing', severity: 'high', subject: 'x' });
  expect((await told(ANNA)).length).toBe(before + 1);
});
