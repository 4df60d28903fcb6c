import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@zhengwu/contracts';
import { directoryModule } from '@zhengwu/directory';
import { createHttp, standIn, type HttpServer } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import { placeSite } from '@zhengwu/database';
import { accessAudit, createTestSite, defineModule, type TestSite } from '@zhengwu/module';
import { labelsModule } from './module.ts';

/** Entries of one department each, as a module with labelled objects has them. */
const binder = defineModule({
  name: 'binder', requires: [], policy: {}, migrations: [{
    id: '0001-binder', sql: `
create table binder.entry (id uuid primary key, department int not null);
alter table binder.entry enable row level security;
alter table binder.entry force row level security;
create policy platform on binder.entry using ((select kernel.is_system())) with check ((select kernel.is_system()));
create policy reach on binder.entry for select using ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[]));
select kernel.label_table('entry', 'binder.entry', 'id', 1);`,
  }],
});
const person = (more: Partial<Actor>): Actor => ({
  ...standIn({ id: 'r', ip: '127.0.0.1' }), kind: 'official', sessionId: 's', accountId: uuidv7(), personId: uuidv7(), name: '甲', clearance: 1,
  permissions: { 'label.change': { scope: 'subtree', departments: [7] } }, ...more,
});
const all = { 'label.change': { scope: 'all', departments: [] }, 'label.decide': { scope: 'all', departments: [] } } as const;
const people: Record<string, Actor> = {
  clerk: person({}), cleared: person({ clearance: 3 }), elsewhere: person({ permissions: { 'label.change': { scope: 'subtree', departments: [8] } } }),
  security: person({ permissions: { ...all } as never }), second: person({ clearance: 3, permissions: { ...all } as never }),
};

let site: TestSite;
let http: HttpServer;
const entry = uuidv7();
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule, labelsModule, binder] });
  await site.database.as(site.database.system, (tx) => tx.query('insert into binder.entry values ($1, 7, 0)', [entry]));
  http = createHttp({
    log: site.site.log, origin: 'http://127.0.0.1:1', policies: site.policy, audit: accessAudit(site.site.audit, site.site.log), checkAnswers: true,
    authenticator: { authenticate: (request) => people[String(request.headers['x-who'])], isPortal: () => false, verifyCsrf: () => true },
  });
  site.routes(http);
  await http.assemble();
}, 120_000);
afterAll(() => site.drop());

const ask = async (who: string, method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown) => {
  const answer = await http.fastify.inject({ method, url: `/api/labels/${path}`, headers: { 'x-who': who, 'x-csrf-token': 'x', 'sec-fetch-site': 'same-origin' }, ...(body === undefined ? {} : { payload: body as object }) });
  return answer.json() as Record<string, never> & { code?: string; id: string; state: string; level: string };
};
const put = (who: string, level: string, reason = '含内部数据') => ask(who, 'PUT', `of/entry/${entry}`, { level, reason });
const decide = (who: string, id: string, agrees: boolean) => ask(who, 'POST', `requests/${id}/decision`, { agrees, opinion: '已核对' });

test('raised at once by whoever reaches the object, never above their own clearance or the site’s', async () => {
  expect((await put('elsewhere', 'internal')).code).toBe('label.unknown');
  expect((await put('clerk', 'secret')).code).toBe('label.above-clearance');
  expect((await put('cleared', 'confidential')).code).toBe('label.classified-in-extranet');
  expect(await put('clerk', 'internal')).toMatchObject({ state: 'done', was: 'public', level: 'internal' });
  expect((await put('clerk', 'internal')).code).toBe('label.same');
  expect(await ask('clerk', 'GET', `of/entry/${entry}`)).toMatchObject({ level: 'internal', highest: 'internal', history: [{ by: '甲', reason: '含内部数据' }] });
});

test('lowered when another person agrees, and not before', async () => {
  const asked = await put('security', 'public', '内容已公布');
  expect(asked).toMatchObject({ state: 'asked', was: 'internal', level: 'public' });
  expect((await put('clerk', 'public')).code).toBe('label.asked-already');
  expect((await decide('security', asked.id, true)).code).toBe('label.own-request');
  expect((await decide('clerk', asked.id, true)).code).toBe('access.denied');
  expect((await ask('clerk', 'GET', `of/entry/${entry}`)).level).toBe('internal');
  expect(await decide('second', asked.id, true)).toMatchObject({ state: 'done', level: 'public' });
  expect((await ask('clerk', 'GET', `of/entry/${entry}`)).level).toBe('public');
  expect((await decide('second', asked.id, true)).code).toBe('label.decided');
});

test('a refusal keeps the label; a lowering of what was changed meanwhile is refused whole', async () => {
  await put('clerk', 'internal');
  const refused = await put('clerk', 'public');
  expect(await decide('second', refused.id, false)).toMatchObject({ state: 'refused' });
  const stale = await put('clerk', 'public');
  await site.database.as(site.database.system, (tx) => tx.query('select labels.put($1, $2, 1, 0)', ['entry', entry]));
  expect((await decide('second', stale.id, true)).code).toBe('label.decided');
  expect((await ask('second', 'GET', 'requests') as unknown as { items: { id: string; state: string }[] }).items.find(({ id }) => id === stale.id)?.state).toBe('asked');
});

test('in an intranet site what is above one’s clearance is not there, nor the requests about it', async () => {
  await placeSite(site.database.config, { zone: 'intranet', highest: 4 });
  await decide('second', ((await ask('second', 'GET', 'requests')) as unknown as { items: { id: string }[] }).items[0]?.id ?? '', false);
  expect(await put('cleared', 'secret')).toMatchObject({ state: 'done' });
  expect((await put('clerk', 'topSecret')).code).toBe('label.unknown');
  const asked = await put('cleared', 'internal');
  expect((await decide('security', asked.id, true)).code).toBe('label.decided');
  expect(await decide('second', asked.id, true)).toMatchObject({ state: 'done' });
});

test('every step stands in the trail with who and why; nobody decides about their own in the database either', async () => {
  const { rows } = await site.database.as(site.database.system, (tx) => tx.query<{ event: string }>(`select distinct event from audit.record where subject = $1 and name = '甲' order by 1`, [entry]));
  expect(rows.map(({ event }) => event)).toEqual(['label.kept', 'label.lowered', 'label.lowering-asked', 'label.raised']);
  await expect(site.database.as(site.database.system, (tx) => tx.query(`insert into labels.change (kind, object, was, level, reason, state, by_person, by_name, decided_by)
    values ('entry', 'x', 1, 0, 'r', 'done', $1, '甲', $1)`, [people['clerk']?.personId]))).rejects.toThrow(/check/);
  await expect(site.database.as(people['second'] as Actor, (tx) => tx.query('select labels.put($1, $2, 1, 0)', ['entry', entry]))).rejects.toMatchObject({ code: 'access.denied' });
});
