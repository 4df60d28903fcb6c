import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { hashToken, mintToken } from '@zhengwu/crypto';
import { uuidv7 } from '@zhengwu/ids';
import { key, openCity, type TestCity } from './test/city.ts';
import { applyForCard, taskFor } from './test/people.ts';

let city: TestCity;
let admin: api.Client;
const token = mintToken();
const sql = async <R>(text: string, values: unknown[] = []) => (await city.site.database.as(city.site.database.system, (tx) => tx.query<R>(text, values))).rows;
beforeAll(async () => {
  city = await openCity();
  admin = await city.official('admin');
  const by = await person('admin');
  const id = uuidv7();
  await sql(`insert into directory.application (id, client_id, name_zh, name_en, department, permissions, scope) values ($1, 'personnel', '人事系统', 'Personnel', 1, '{scim.provision}', 'all')`, [id]);
  await sql(`insert into directory.application_token (id, application, hash, made_by, made_by_name, ends_at) values ($1, $2, $3, $4, $5, now() + interval '1 hour')`, [uuidv7(), id, hashToken(token), by.id, by.name]);
}, 120_000);
afterAll(() => city.close());

const person = async (account: string) => (await admin.call(api.listPeople, { query: { q: account } })).items.find((one) => one.account === account)!;
const scim = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${city.origin}/scim/v2${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, body: answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>) };
};

test('active false over SCIM, in a whole city: the session answers 401 at once and the task is with the named successor, under the application’s name', async () => {
  const [leaver, successor] = [await person('window01'), await person('window02')];
  const caseId = await applyForCard(city, await city.citizen('citizen01'));
  const { official, task } = await taskFor(city, 'window01', caseId, 'claim');
  await official.call(api.claimTask, { params: { id: task.id }, body: { version: task.version }, idempotencyKey: key() });
  const session = await city.official('window01');
  const left = await scim('PATCH', `/Users/${leaver.id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'active', value: false }, { op: 'add', path: 'urn:zhengwu:params:scim:schemas:extension:1.0:User:successor', value: 'window02' }, { op: 'add', path: 'urn:zhengwu:params:scim:schemas:extension:1.0:User:reason', value: '退休' }],
  });
  expect(left).toMatchObject({ status: 200, body: { active: false } });
  expect((await session.send('GET', '/api/session')).status).toBe(401);
  const [now] = (await (await city.official('window02')).call(api.openCase, { params: { id: caseId } })).tasks;
  expect(now).toMatchObject({ status: 'claimed', assignee: { id: successor.id } });
  const trail = await sql<{ event: string; kind: string; name: string }>("select event, kind, name from audit.record where subject in ($1, $2) and event in ('people.left', 'scim.userChanged', 'task.transferred') order by event", [leaver.id, caseId]);
  expect(trail.filter(({ event }) => event !== 'task.transferred').every(({ kind }) => kind === 'application')).toBe(true);
  expect(trail.map(({ event, name }) => `${event} ${name}`)).toEqual(['people.left', 'scim.userChanged', 'task.transferred'].map((event) => `${event} 人事系统 (personnel)`));
  const past = (await admin.call(api.personTimeline, { params: { id: leaver.id } })).items.filter((one) => one.kind === 'post');
  expect(past.every((one) => one.until !== null && one.endReason === '退休')).toBe(true);
});

test('the page of LDAP: its state for who runs it, what was read for the auditor alone', async () => {
  const about = await admin.call(api.ldapAbout, {});
  expect(about).toMatchObject({ listening: false, connections: 0, applications: [] });
  const auditor = await city.official('audit');
  expect((await auditor.call(api.ldapRecent, {})).items).toEqual([]);
  await expect(admin.call(api.ldapRecent, {})).rejects.toMatchObject({ problem: { status: 403 } });
  await expect(auditor.call(api.ldapAbout, {})).rejects.toMatchObject({ problem: { status: 403 } });
});
