import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENTERPRISE, idOf, joiner, openTown, OWN, patch, type Send, type Town, USER } from './scim.fixture.ts';

let town: Town;
let hr: Send;
beforeAll(async () => {
  town = await openTown();
  hr = await town.client('personnel');
}, 60_000);
afterAll(() => town.close());

const join = async (userName: string, more: Record<string, unknown> = {}) => (await hr('POST', '/Users', joiner(userName, more))).body as { id: string; meta: { version: string } };
const postsOf = async (id: string) => (await town.sql<{ code: string }>('select p.code from directory.holding h join directory.post p on p.id = h.post where h.person = $1 and h.until is null order by p.code', [id])).map(({ code }) => code);
const scimType = (answer: { body: Record<string, unknown>; status: number }) => [answer.status, answer.body['scimType']];

describe('joining (RFC 7644 §3.3)', () => {
  test('is one step: person, account and post; the answer has the address and the version', async () => {
    const made = await hr('POST', '/Users', joiner('chen.xin', { externalId: 'E-1', emails: [{ value: 'chen@yunchuan.example', type: 'work' }] }));
    expect(made).toMatchObject({ status: 201, type: 'application/scim+json; charset=utf-8', body: { userName: 'chen.xin', externalId: 'E-1', displayName: '陈新来', title: '经办', active: true, [ENTERPRISE]: { department: '公安局', employeeNumber: '7' }, [OWN]: { posts: [{ value: 'GA.clerk', department: 'GA' }] } } });
    const id = String(made.body['id']);
    expect(made.headers['location']).toMatch(new RegExp(`/scim/v2/Users/${id}$`));
    expect(made.headers['etag']).toBe((made.body['meta'] as { version: string }).version);
    expect(await postsOf(id)).toEqual(['GA.clerk']);
    expect(await town.sql('select must_change, disabled from identity.account where person = $1', [id])).toEqual([{ must_change: true, disabled: false }]);
    expect(JSON.stringify(made.body)).not.toMatch(/password/i);
    const trail = await town.sql<{ kind: string; event: string; name: string }>('select kind, event, name from audit.record where subject = $1 order by event', [id]);
    expect(trail).toEqual(['directory.postsAssigned', 'people.joined', 'scim.userChanged'].map((event) => ({ kind: 'application', event, name: '人事系统 (personnel)' })));
  });

  test('happens once: the user name and the external id are taken (§3.3, uniqueness)', async () => {
    await join('once.only', { externalId: 'E-2' });
    expect(scimType(await hr('POST', '/Users', joiner('Once.Only')))).toEqual([409, 'uniqueness']);
    expect(scimType(await hr('POST', '/Users', joiner('once.more', { externalId: 'E-2' })))).toEqual([409, 'uniqueness']);
    expect(await town.sql('select from directory.person where account = $1', ['once.more'])).toHaveLength(0);
    const other = await town.client('payroll');
    expect((await other('POST', '/Users', joiner('of.another', { externalId: 'E-2' }))).status).toBe(201);
  });

  test('is refused whole where a post is not there or there are two of the name', async () => {
    for (const more of [{ title: '市长' }, { title: '经办', [ENTERPRISE]: {} }]) expect(scimType(await hr('POST', '/Users', joiner('no.post', more)))).toEqual([400, 'invalidValue']);
    expect(scimType(await hr('POST', '/Users', { userName: 'no.schema' }))).toEqual([400, 'invalidSyntax']);
    expect(await town.sql("select from directory.person where account like 'no.%'")).toHaveLength(0);
  });
});

describe('separation of duties', () => {
  test('no system makes an administrator (三员, GB/T 22239-2019 8.1.5)', async () => {
    expect(await hr('POST', '/Users', joiner('self.made', { title: '管理员', [ENTERPRISE]: { department: '市政府' } }))).toMatchObject({ status: 409, body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '409', scimType: 'invalidValue' } });
    const { id } = await join('later.made');
    expect((await hr('PATCH', `/Users/${id}`, patch({ op: 'add', path: `${OWN}:posts`, value: [{ value: 'YC.admin' }] }))).status).toBe(409);
    expect(await postsOf(id)).toEqual(['GA.clerk']);
    expect(await town.sql('select from directory.proposal')).toHaveLength(0);
  });

  test('what nobody may hold both of is refused with the rule', async () => {
    const { id } = await join('both.posts', { title: '出纳', [ENTERPRISE]: { department: '市场局' } });
    const refused = await hr('PATCH', `/Users/${id}`, patch({ op: 'add', path: `${OWN}:posts`, value: [{ value: 'SC.book' }] }), { 'accept-language': 'en' });
    expect(scimType(refused)).toEqual([409, 'invalidValue']);
    expect(refused.body['detail']).toContain('No cashier keeps the books');
    expect(await postsOf(id)).toEqual(['SC.cash']);
  });
});

describe('leaving and coming back', () => {
  test('active false ends posts and account in one step; active true brings back the account alone', async () => {
    const { id } = await join('to.leave');
    const [before] = await town.sql<{ hash: string }>('select password_hash as hash from identity.account where person = $1', [id]);
    expect(await hr('PATCH', `/Users/${id}`, patch({ op: 'replace', value: { active: false } }))).toMatchObject({ status: 200, body: { active: false, [OWN]: { posts: [] } } });
    expect(await town.sql('select disabled from identity.account where person = $1', [id])).toEqual([{ disabled: true }]);
    expect((await hr('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'active', value: 'False' }))).status).toBe(200);
    expect(scimType(await hr('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'title', value: '局长' }, { op: 'replace', path: `${ENTERPRISE}:department`, value: 'GA' })))).toEqual([400, 'invalidValue']);
    expect(await hr('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'active', value: 'True' }))).toMatchObject({ status: 200, body: { active: true, [OWN]: { posts: [] } } });
    const [after] = await town.sql<{ hash: string; disabled: boolean }>('select password_hash as hash, disabled from identity.account where person = $1', [id]);
    expect(after?.disabled).toBe(false);
    expect(after?.hash).not.toBe(before?.hash);
  });

  test('DELETE leaves for good: 404 from then on, the history stays, the user name is given to nobody (§3.6)', async () => {
    const { id } = await join('for.good');
    expect((await hr('DELETE', `/Users/${id}`)).status).toBe(204);
    for (const answer of [await hr('GET', `/Users/${id}`), await hr('DELETE', `/Users/${id}`), await hr('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'active', value: true }))]) expect(answer.status).toBe(404);
    expect((await hr('GET', '/Users?filter=userName eq "for.good"')).body['totalResults']).toBe(0);
    expect(await town.sql('select active from directory.person where id = $1', [id])).toEqual([{ active: false }]);
    expect(scimType(await hr('POST', '/Users', joiner('for.good')))).toEqual([409, 'uniqueness']);
  });
});

describe('changing', () => {
  test('PUT of what GET answered changes nothing, and a move is one step (§3.5.1)', async () => {
    const { id } = await join('stays.same');
    const read = await hr('GET', `/Users/${id}`);
    const same = await hr('PUT', `/Users/${id}`, read.body);
    expect(same.body).toEqual(read.body);
    const moved = await hr('PUT', `/Users/${id}`, { ...read.body, title: '局长' });
    expect(moved).toMatchObject({ status: 200, body: { title: '局长', [OWN]: { posts: [{ value: 'GA.head' }] } } });
    expect(scimType(await hr('PUT', `/Users/${id}`, { ...read.body, userName: 'other.name' }))).toEqual([400, 'mutability']);
  });

  test('a version that is not the latest is refused (§3.14)', async () => {
    const { id, meta } = await join('of.version');
    expect((await hr('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'name.formatted', value: '陈改名' }), { 'if-match': meta.version })).status).toBe(200);
    expect((await hr('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'name.formatted', value: '陈又改' }), { 'if-match': meta.version })).status).toBe(412);
    const now = await hr('GET', `/Users/${id}`);
    expect(now.body['displayName']).toBe('陈改名');
    expect((await hr('GET', `/Users/${id}`, undefined, { 'if-none-match': String(now.headers['etag']) })).status).toBe(304);
  });

  test('what is read only, nowhere or of another type is refused by name (§3.12)', async () => {
    const { id } = await join('of.errors');
    const refused = async (...operations: unknown[]) => scimType(await hr('PATCH', `/Users/${id}`, patch(...operations)));
    expect(await refused({ op: 'replace', path: 'id', value: 'x' })).toEqual([400, 'mutability']);
    expect(await refused({ op: 'replace', path: 'nickName', value: 'x' })).toEqual([400, 'invalidPath']);
    expect(await refused({ op: 'remove' })).toEqual([400, 'noTarget']);
    expect(await refused({ op: 'replace', path: 'emails[type eq "home"].value', value: 'x' })).toEqual([400, 'noTarget']);
    expect(await refused({ op: 'replace', path: 'active', value: 'perhaps' })).toEqual([400, 'invalidValue']);
    expect(await refused({ op: 'replace', path: `${ENTERPRISE}:manager`, value: { value: idOf(99) } })).toEqual([400, 'invalidValue']);
    expect(await refused({ op: 'jump', path: 'active' })).toEqual([400, 'invalidSyntax']);
    expect(scimType(await hr('PATCH', `/Users/${id}`, { Operations: [] }))).toEqual([400, 'invalidSyntax']);
  });

  test('name, manager, mail and telephone as Microsoft Entra sends them', async () => {
    const { id } = await join('of.entra');
    const answer = await hr('PATCH', `/Users/${id}`, patch(
      { op: 'Replace', value: { 'name.familyName': '欧阳', 'name.givenName': '锋' } }, { op: 'Add', path: `${ENTERPRISE}:manager`, value: idOf(1) },
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'feng@yunchuan.example' }, { op: 'Add', path: 'phoneNumbers[type eq "work"].value', value: '12200003333' },
    ));
    expect(answer).toMatchObject({ status: 200, body: { displayName: '欧阳锋', emails: [{ value: 'feng@yunchuan.example' }], phoneNumbers: [{ value: '12200003333' }], [ENTERPRISE]: { manager: { value: idOf(1), displayName: '李明' } } } });
    await expect.poll(() => town.sql('select person_name as name from identity.account where person = $1', [id]), { timeout: 5000 }).toEqual([{ name: '欧阳锋' }]);
  });
});

describe('reach', () => {
  test('a client keeps the departments it reaches and sees no others', async () => {
    const police = await town.client('police-hr', { scope: 'subtree', department: 2 });
    const names = ((await police('GET', '/Users?sortBy=userName&count=200')).body['Resources'] as { userName: string }[]).map(({ userName }) => userName);
    expect(names).toContain('ouyang');
    expect(names).not.toContain('market');
    expect((await police('GET', `/Users/${idOf(4)}`)).status).toBe(404);
    expect((await police('PATCH', `/Users/${idOf(4)}`, patch({ op: 'replace', path: 'active', value: false }))).status).toBe(404);
    expect((await police('POST', '/Users', joiner('out.of.reach', { [ENTERPRISE]: { department: 'SC' } }))).status).toBe(403);
    const { id } = (await police('POST', '/Users', joiner('in.reach'))).body as { id: string };
    expect((await police('PATCH', `/Users/${id}`, patch({ op: 'replace', path: `${OWN}:posts`, value: [] }))).status).toBe(200);
    expect((await police('GET', `/Users/${id}`)).status).toBe(200);
  });
});

test('schemas that say so are served and the answers keep to them (RFC 7643 §5 to §7)', async () => {
  expect((await hr('GET', '/ServiceProviderConfig')).body).toMatchObject({ patch: { supported: true }, bulk: { supported: false }, etag: { supported: true } });
  expect((await hr('GET', '/ResourceTypes')).body['totalResults']).toBe(2);
  expect((await hr('GET', `/Schemas/${USER}`)).body).toMatchObject({ id: USER, name: 'User' });
  expect((await hr('GET', '/Schemas/urn:none')).status).toBe(404);
});
