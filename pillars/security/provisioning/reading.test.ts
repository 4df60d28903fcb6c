import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matches, readFilter } from './filter.ts';
import { ENTERPRISE, idOf, joiner, openTown, OWN, patch, USER, type Send, type Town } from './scim.fixture.ts';

let town: Town;
let hr: Send;
beforeAll(async () => {
  town = await openTown();
  hr = await town.client('personnel');
}, 60_000);
afterAll(() => town.close());

const found = async (filter: string, more = '') => {
  const answer = await hr('GET', `/Users?filter=${encodeURIComponent(filter)}&sortBy=userName${more}`);
  return answer.status === 200 ? (answer.body['Resources'] as { userName: string }[]).map(({ userName }) => userName).join(' ') : [answer.status, answer.body['scimType']];
};

describe('filters (RFC 7644 §3.4.2.2)', () => {
  test.each([
    ['userName eq "LI.MING"', 'li.ming'], ['userName Eq "nobody"', ''], ['name.formatted co "小雨"', 'ouyang'], ['userName sw "W"', 'wang.fang'], ['userName ew "ang"', 'ouyang wang.fang'],
    ['userName gt "m" and userName lt "p"', 'market ouyang'], ['not (userName pr)', ''], ['title eq "经办" and not (userName co "a")', ''], ['emails[type eq "work" and value co "fang@"]', 'wang.fang'], ['emails.value sw "market@"', 'market'],
    ['emails co "ouyang"', 'ouyang'], ['phoneNumbers pr', ''], ['active eq true and userName ne "admin" and userName ne "market"', 'li.ming ouyang wang.fang'], [`${ENTERPRISE}:department eq "公安局"`, 'li.ming wang.fang'],
    [`${OWN}:posts.value eq "FJ.clerk" or ${USER}:userName eq "market"`, 'market ouyang'], ['title eq "经办" or userName eq "admin" and userName eq "nobody"', 'market ouyang wang.fang'], ['meta.lastModified gt "2020-01-01T00:00:00Z" and userName eq "admin"', 'admin'],
    [`id eq "${idOf(1)}"`, 'li.ming'], [`${ENTERPRISE}:manager.value pr`, ''], ['userName eq "x\' or \'1\'=\'1"', ''],
  ])('%s', async (filter, expected) => {
    expect(await found(filter)).toBe(expected);
  });

  test.each(['userName', 'userName eq', 'userName eq "a" and', 'userName like "a"', 'password pr', 'userName eq 3', 'active gt true', 'active eq "true"', 'name eq "a"', 'meta.lastModified gt "yesterday"', 'emails[userName eq "a"]', '(((', Array.from({ length: 60 }, () => 'a pr').join(' or '), 'x"'])('%s is refused as invalidFilter', async (filter) => {
    expect(await found(filter)).toEqual([400, 'invalidFilter']);
  });

  test('whatever is sent is answered or refused, never an error', async () => {
    const word = fc.constantFrom('userName', 'emails', 'active', 'meta.created', 'eq', 'co', 'pr', 'gt', 'and', 'or', 'not', '(', ')', '[', ']', '"a"', 'true', 'null', '3', '"2026-01-01"', '%', '\'', '.value', '"\\u0000"', '"\\');
    await fc.assert(fc.asyncProperty(fc.array(word, { maxLength: 9 }), async (words) => {
      expect([200, 400]).toContain((await hr('GET', `/Users?count=1&filter=${encodeURIComponent(words.join(' '))}`)).status);
    }), { numRuns: 30 });
  });

  test('values of a path are found by the same rules in memory', () => {
    const value = { type: 'work', value: 'A@b.example', primary: true };
    for (const [filter, expected] of [['type eq "WORK"', true], ['value co "@b"', true], ['primary eq true and not (type eq "home")', true], ['display pr', false], ['value ne "x" or type pr', true], ['value ew "c"', false]] as const) expect([filter, matches(readFilter(filter), value)]).toEqual([filter, expected]);
  });
});

describe('lists (RFC 7644 §3.4.2)', () => {
  test('are sorted and paged, with bounds', async () => {
    const page = async (query: string) => {
      const { body } = await hr('GET', `/Users?sortBy=userName&${query}`);
      return [body['totalResults'], body['startIndex'], body['itemsPerPage'], (body['Resources'] as { userName: string }[]).map(({ userName }) => userName).join(' ')];
    };
    expect(await page('count=2')).toEqual([5, 1, 2, 'admin li.ming']);
    expect(await page('startIndex=3&count=2')).toEqual([5, 3, 2, 'market ouyang']);
    expect(await page('startIndex=0&count=-5')).toEqual([5, 1, 0, '']);
    expect(await page('startIndex=9')).toEqual([5, 9, 0, '']);
    expect(await page('sortOrder=descending&count=1')).toEqual([5, 1, 1, 'wang.fang']);
    expect((await page('count=100000'))[2]).toBe(5);
    expect(await hr('GET', '/Users?sortBy=password')).toMatchObject({ status: 400, body: { scimType: 'invalidPath' } });
    expect(await hr('GET', '/Users?count=many')).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
  });

  test('hold what is asked for; id and schemas always (§3.9)', async () => {
    const keys = async (query: string) => Object.keys(((await hr('GET', `/Users/${idOf(1)}?${query}`)).body)).sort().join(' ');
    expect(await keys('attributes=userName')).toBe('id schemas userName');
    expect(await keys('attributes=')).toContain('emails');
    expect(await keys('excludedAttributes=emails,meta,name,urn:ietf:params:scim:schemas:core:2.0:User:title')).not.toMatch(/emails|meta|name |title/);
    const { body } = await hr('GET', `/Users/${idOf(1)}?attributes=emails.value,${ENTERPRISE}:department`);
    expect(body).toMatchObject({ emails: [{ value: 'li.ming@yunchuan.example' }], [ENTERPRISE]: { department: '公安局' } });
    expect(JSON.stringify(body)).not.toContain('primary');
  });
});

describe('groups (RFC 7643 §4.2)', () => {
  const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
  test('are entered, changed member by member and taken away', async () => {
    const made = await hr('POST', '/Groups', { schemas: [GROUP], displayName: '防汛', externalId: 'G-1', members: [{ value: idOf(1) }] });
    expect(made).toMatchObject({ status: 201, body: { displayName: '防汛', externalId: 'G-1', members: [{ value: idOf(1), display: '李明', type: 'User' }] } });
    const id = String(made.body['id']);
    const members = async (...operations: unknown[]) => ((await hr('PATCH', `/Groups/${id}`, patch(...operations))).body['members'] as { value: string }[] | undefined)?.map(({ value }) => value).sort() ?? [];
    expect(await members({ op: 'add', path: 'members', value: [{ value: idOf(2) }, { value: idOf(1) }] })).toEqual([idOf(1), idOf(2)]);
    expect((await hr('GET', `/Users/${idOf(2)}`)).body['groups']).toMatchObject([{ value: id, display: '防汛' }]);
    expect((await hr('GET', `/Users?filter=${encodeURIComponent(`groups.value eq "${id}"`)}`)).body['totalResults']).toBe(2);
    expect((await hr('GET', `/Groups?filter=${encodeURIComponent(`members.value eq "${idOf(2)}" and displayName co "防"`)}`)).body['totalResults']).toBe(1);
    expect(await members({ op: 'remove', path: `members[value eq "${idOf(1)}"]` })).toEqual([idOf(2)]);
    expect(await members({ op: 'Remove', path: 'members', value: [{ value: idOf(2) }] }, { op: 'add', path: 'members', value: { value: idOf(3) } })).toEqual([idOf(3)]);
    expect(await hr('PATCH', `/Groups/${id}`, patch({ op: 'add', path: 'members', value: [{ value: idOf(77) }] }))).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect((await hr('DELETE', `/Groups/${id}`)).status).toBe(204);
    expect((await hr('GET', `/Groups/${id}`)).status).toBe(404);
    expect(await town.sql("select kind, event from audit.record where event like 'group.%' order by at limit 1")).toEqual([{ kind: 'application', event: 'group.changed' }]);
  });
});

describe('who may', () => {
  test('nobody without a token that holds; the answer says Bearer (RFC 7644 §2)', async () => {
    const late = await town.client('late.client', { ends: new Date(Date.now() - 1000) });
    const bound = await town.client('bound.client', { institution: '12990100MB0000001X' });
    for (const send of [town.send(null), town.send('x'.repeat(43)), town.send('short'), late, bound]) {
      const refused = await send('GET', '/Users');
      expect([refused.status, refused.headers['www-authenticate'], refused.type]).toEqual([401, 'Bearer realm="scim"', 'application/scim+json; charset=utf-8']);
    }
    const other = await town.client('other.client', { permissions: ['ldap.read'] });
    expect((await other('GET', '/Users')).status).toBe(403);
    expect((await hr('POST', '/Users', '<xml/>', { 'content-type': 'text/xml' })).status).toBe(415);
  });

  test('a token opens nothing but SCIM, and a closed application nothing at all', async () => {
    const closing = await town.client('closing');
    expect((await closing('GET', '/Users?count=0')).status).toBe(200);
    await town.sql("update directory.application set active = false where client_id = 'closing'");
    expect((await closing('GET', '/Users?count=0')).status).toBe(401);
  });

  test('reads are in the trail as the application’s, without what was asked for', async () => {
    await found('userName eq "somebody.secret"');
    const trail = await town.sql<{ kind: string; detail: unknown }>("select kind, name, detail from audit.record where event = 'scim.read'");
    expect(trail[0]?.kind).toBe('application');
    expect(JSON.stringify(trail)).not.toContain('somebody.secret');
  });
});

/** RFC 7644 §3.3 to §3.6 leave the order to clients: whatever they send, the directory keeps to its own promises. */
test('any sequence of commands leaves the directory whole', async () => {
  const ids: string[] = [];
  for (const name of ['any.one', 'any.two']) ids.push(String((await hr('POST', '/Users', joiner(name))).body['id']));
  const code = fc.constantFrom('GA.head', 'GA.clerk', 'SC.cash', 'SC.book', 'YC.admin', 'NO.such');
  const command = fc.oneof(
    fc.boolean().map((active) => [{ op: 'replace', path: 'active', value: active }]),
    fc.array(code, { maxLength: 3 }).map((codes) => [{ op: 'replace', path: `${OWN}:posts`, value: codes.map((value) => ({ value })) }]),
    fc.tuple(fc.boolean(), code).map(([active, value]) => [{ op: 'replace', value: { active } }, { op: 'add', path: `${OWN}:posts`, value: [{ value }] }]),
    fc.constantFrom('甲', '乙').map((value) => [{ op: 'replace', path: 'displayName', value }]),
  );
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(1), command), { minLength: 1, maxLength: 6 }), async (commands) => {
    for (const [who, operations] of commands) expect([200, 400, 409]).toContain((await hr('PATCH', `/Users/${ids[who]}`, patch(...operations))).status);
    const broken = await town.sql(`select p.account from directory.person p join identity.account a on a.person = p.id
      where p.active = a.disabled or (not p.active and exists (select from directory.holding h where h.person = p.id and h.until is null)) or exists (select from directory.conflicts(array[p.id]))
        or (p.account like 'any.%' and 'duty:system' in (select name from directory.powers(array[p.id])))`);
    expect(broken).toEqual([]);
    for (const id of ids) {
      const { body } = await hr('GET', `/Users/${id}`);
      expect((await hr('PUT', `/Users/${id}`, body)).body).toEqual(body);
    }
  }), { numRuns: 5 });
}, 30_000);
