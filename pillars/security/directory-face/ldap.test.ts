import { connect } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Client, InsufficientAccessError, InvalidCredentialsError, NoSuchObjectError, UnwillingToPerformError } from 'ldapts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { element, elementsOf, number, numberOf, text, type Element } from './ber.ts';
import { CODES } from './message.ts';
import { Session, type Line } from './session.ts';
import { BASE, openTown, PASSWORD, type Town } from './town.fixture.ts';
import { openTree } from './tree.ts';

let town: Town;
const clients: Client[] = [];
beforeAll(async () => {
  town = await openTown(30);
}, 60_000);
afterEach(async () => {
  for (const client of clients.splice(0)) await client.unbind().catch(() => undefined);
});
afterAll(() => town.close());

const open = (): Client => {
  const client = new Client({ url: `ldap://127.0.0.1:${town.ldap.port}`, timeout: 5000 });
  clients.push(client);
  return client;
};
const dnOf = (account: string): string => `uid=${account},ou=people,${BASE}`;
const bound = async (account = 'li.ming', password = PASSWORD): Promise<Client> => {
  const client = open();
  await client.bind(dnOf(account), password);
  return client;
};

test('anybody learns what the server is, and nothing of the tree, until they bind', async () => {
  const client = open();
  const [root] = (await client.search('', { scope: 'base', attributes: ['*', '+'] })).searchEntries;
  expect(root).toMatchObject({ namingContexts: BASE, supportedLDAPVersion: '3', supportedControl: '1.2.840.113556.1.4.319', supportedExtension: ['1.3.6.1.4.1.1466.20037', '1.3.6.1.4.1.4203.1.11.3'] });
  await expect(client.search(BASE, { scope: 'base' })).rejects.toThrow(InsufficientAccessError);
  await expect(client.search('cn=subschema', { scope: 'base' })).rejects.toThrow(InsufficientAccessError);
});

test('an official reads colleagues’ business attributes and nothing private', async () => {
  const client = await bound();
  const { searchEntries: [found, ...more] } = await client.search(`ou=people,${BASE}`, { filter: '(&(objectClass=inetOrgPerson)(cn=欧阳*))' });
  expect(more).toEqual([]);
  expect(found).toEqual({
    dn: dnOf('ouyang'), objectClass: ['top', 'person', 'organizationalPerson', 'inetOrgPerson'], uid: 'ouyang', cn: '欧阳小雨', sn: '欧阳', givenName: '小雨', displayName: '欧阳小雨', ou: '公安局', title: '经办',
    departmentNumber: 'GA', mail: 'ouyang@yunchuan.example', telephoneNumber: '0990-1100',
  });
  const { searchEntries: [named] } = await client.search(dnOf('ouyang'), { scope: 'base', attributes: ['memberOf', 'clearance', 'mobile'] });
  expect(named).toEqual({ dn: dnOf('ouyang'), clearance: [], mobile: [], memberOf: [`cn=department.GA,ou=groups,${BASE}`, `cn=role.clerk,ou=groups,${BASE}`] });
  for (const filter of ['(clearance=3)', '(!(clearance=9))', '(mobile=12200001111)', '(!(mobile=1))']) expect((await client.search(BASE, { filter })).searchEntries).toEqual([]);
});

test('who left is not in the directory', async () => {
  const client = await bound();
  expect((await client.search(BASE, { filter: '(uid=left)' })).searchEntries).toEqual([]);
  await expect(client.search(dnOf('left'), { scope: 'base' })).rejects.toThrow(NoSuchObjectError);
  expect(JSON.stringify((await client.search(`cn=role.clerk,ou=groups,${BASE}`, { scope: 'base' })).searchEntries)).not.toContain('uid=left');
});

test('departments stand below one another by region; base, one level and subtree differ', async () => {
  const client = await bound();
  const dns = async (base: string, scope: 'base' | 'one' | 'sub') => (await client.search(base, { scope, filter: '(objectClass=organizationalUnit)', attributes: ['1.1'] })).searchEntries.map(({ dn }) => dn);
  const top = `ou=YC,ou=departments,${BASE}`;
  expect(await dns(top, 'base')).toEqual([top]);
  expect(await dns(top, 'one')).toEqual([`ou=GA,${top}`]);
  expect(await dns(top, 'sub')).toEqual([top, `ou=GA,${top}`, `ou=FJ,ou=GA,${top}`]);
  expect(await dns(`ou=departments,${BASE}`, 'one')).toEqual([top]);
  expect(await dns(BASE, 'one')).toEqual([`ou=departments,${BASE}`, `ou=people,${BASE}`, `ou=groups,${BASE}`]);
  await expect(dns(`ou=FJ,${top}`, 'base')).rejects.toThrow(NoSuchObjectError);
});

test('groups know roles, departments and what is kept as a group; names are compared as names', async () => {
  await town.sql("insert into directory.people_group (id, code, name_zh, name_en, department) values (gen_random_uuid(), 'flood', '防汛', 'Flood', 1)");
  await town.sql("insert into directory.group_member select g.id, $1 from directory.people_group g", [town.personOf('wang')]);
  const client = await bound();
  const { searchEntries } = await client.search(`ou=groups,${BASE}`, { filter: `(member= UID=wang , OU=People,${BASE.toUpperCase()})`, attributes: ['cn', 'description'] });
  expect(searchEntries.map(({ cn, description }) => [cn, description])).toEqual([['department.GA', '公安局'], ['group.flood', '防汛'], ['role.clerk', 'clerk']]);
});

test('long answers come in pages that are whole together; unpaged ones end at the limit', async () => {
  const client = await bound();
  const sizes: number[] = [];
  const seen = new Set<string>();
  for await (const page of client.searchPaginated(BASE, { paged: { pageSize: 7 } })) {
    sizes.push(page.searchEntries.length);
    for (const { dn } of page.searchEntries) seen.add(dn);
  }
  const { searchEntries: whole } = await client.search(BASE);
  expect(sizes.slice(0, -1).every((size) => size === 7)).toBe(true);
  expect([...seen].sort()).toEqual(whole.map(({ dn }) => dn).sort());
  expect((await client.search(BASE, { sizeLimit: 3 })).searchEntries).toHaveLength(3);
});

test('wrong passwords count and lock the account as at the sign-in page, and nothing tells which was wrong (GB/T 22239-2019 8.1.4.1)', async () => {
  for (const account of ['nobody', 'wang', 'wang', 'wang', 'wang', 'wang']) await expect(bound(account, 'wrong')).rejects.toThrow(InvalidCredentialsError);
  await expect(bound('wang')).rejects.toThrow(InvalidCredentialsError);
  expect(await town.sql("select from audit.record where event = 'session.refused'")).toHaveLength(7);
  await town.sql("update identity.account set locked_until = null, failed = 0 where username = 'wang'");
  await bound('wang');
});

test('a password alone is not enough where two factors are needed, and a one-time password opens nothing', async () => {
  await town.sql("update identity.account set must_change = true where username = 'wang'");
  await expect(bound('wang')).rejects.toThrow(UnwillingToPerformError);
  await town.sql("update identity.account set must_change = false where username = 'wang'");
  await town.sql("insert into identity.one_time_code (account, secret, confirmed_at) select id, 'sealed', now() from identity.account where username = 'wang'");
  await expect(bound('wang')).rejects.toThrow(/two factors|0x8/);
  await town.sql('delete from identity.one_time_code');
});

test('a name without a password is no bind (RFC 4513 §5.1.2), and a failed bind leaves nobody bound', async () => {
  const client = await bound();
  await expect(client.bind(dnOf('li.ming'), '')).rejects.toThrow(UnwillingToPerformError);
  await expect(client.search(BASE)).rejects.toThrow(InsufficientAccessError);
});

test('an application sees its departments’ people alone, with the permission it was given', async () => {
  const [secret, other] = [await town.application('attendance', { permissions: ['ldap.read'], scope: 'subtree', department: 3 }), await town.application('printing', { permissions: [], scope: 'all', department: 1 })];
  const client = open();
  await client.bind(`cn=attendance,ou=applications,${BASE}`, secret);
  expect((await client.search(BASE, { filter: '(objectClass=person)', attributes: ['uid'] })).searchEntries.map(({ uid }) => uid)).toEqual(['zhao']);
  expect((await client.search(BASE, { filter: '(cn=赵\\28一\\29\\2a)', attributes: ['cn'] })).searchEntries).toHaveLength(1);
  await expect(client.search(dnOf('li.ming'), { scope: 'base' })).rejects.toThrow(NoSuchObjectError);
  expect((await client.search(`ou=groups,${BASE}`, { scope: 'one', attributes: ['cn'] })).searchEntries.map(({ cn }) => cn)).toEqual(['department.FJ']);
  await expect(open().bind(`cn=printing,ou=applications,${BASE}`, other)).rejects.toThrow(InsufficientAccessError);
  await expect(open().bind(`cn=attendance,ou=applications,${BASE}`, 'wrong')).rejects.toThrow(InvalidCredentialsError);
  await town.sql("update directory.application set active = false where client_id = 'attendance'");
  await expect(client.search(BASE)).rejects.toThrow(InsufficientAccessError);
});

test('whoever leaves reads nothing more over a connection that is open', async () => {
  const client = await bound('clerk000');
  await client.search(BASE, { scope: 'base' });
  await town.sql("update directory.person set active = false where account = 'clerk000'");
  await expect(client.search(BASE, { scope: 'base' })).rejects.toThrow(InsufficientAccessError);
});

test('each search leaves one record that says what was asked for and not by which value', async () => {
  const client = await bound('ouyang');
  await client.search(BASE, { filter: '(&(cn=李明)(telephoneNumber=12*))', attributes: ['cn'] });
  const [record] = await town.sql<{ detail: Record<string, unknown> }>("select detail from audit.record where event = 'ldap.searched' order by at desc limit 1");
  expect(record?.detail).toMatchObject({ dn: dnOf('ouyang'), filter: '(&(cn=?)(telephonenumber=?*))', scope: 'sub', attributes: ['cn'] });
  expect(JSON.stringify(record)).not.toContain('李明');
  expect(await town.sql("select from audit.record where event = 'ldap.bound' and subject = $1", [town.personOf('ouyang')])).toHaveLength(1);
});

test('nothing can be changed: add, modify, delete, rename and compare are refused', async () => {
  const client = await bound();
  for (const attempt of [() => client.add(dnOf('new'), { objectClass: 'person', cn: 'x', sn: 'x' }), () => client.del(dnOf('wang')), () => client.modifyDN(dnOf('wang'), 'uid=w'), () => client.compare(dnOf('wang'), 'cn', 'x')]) {
    await expect(attempt()).rejects.toThrow(UnwillingToPerformError);
  }
});

test('StartTLS shows a certificate of the site’s authority, and the connection goes on under it', async () => {
  const client = open();
  await client.startTLS({ ca: [...rootCertificates, await town.chain()], host: '127.0.0.1' });
  await client.bind(dnOf('li.ming'), PASSWORD);
  expect((await client.search(BASE, { scope: 'base' })).searchEntries).toHaveLength(1);
});

/** What the server says to raw bytes until it closes or a moment has passed. */
const raw = (...sent: Buffer[]): Promise<{ said: Buffer; closed: boolean }> => new Promise((resolve) => {
  const socket = connect(town.ldap.port, '127.0.0.1', () => socket.write(Buffer.concat(sent)));
  const chunks: Buffer[] = [];
  const end = (closed: boolean): void => {
    clearTimeout(timer);
    socket.destroy();
    resolve({ said: Buffer.concat(chunks), closed });
  };
  const timer = setTimeout(() => end(false), 1500);
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('close', () => end(true));
  socket.on('error', () => undefined);
});
const startTls = element(0x30, number(1), element(0x77, text('1.3.6.1.4.1.1466.20037', 0x80)));

test('what is no LDAP, is too large, or follows StartTLS unencrypted ends the connection with a reason', async () => {
  const whoAmI = element(0x30, number(2), element(0x77, text('1.3.6.1.4.1.4203.1.11.3', 0x80)));
  for (const bytes of [Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]), Buffer.concat([startTls, whoAmI])]) {
    const { said, closed } = await raw(bytes);
    expect(closed).toBe(true);
    expect(said.includes('1.3.6.1.4.1.1466.20036')).toBe(true);
  }
});

/** The result code that a session answers over a line that is neither local nor, unless said, encrypted. */
const answerFrom = async (request: Parameters<Session['handle']>[0], line: Partial<Line> = {}): Promise<number> => {
  const sent: Buffer[] = [];
  const session = new Session(town.site.site, openTree(BASE, '云川市'), { address: '203.0.113.9', requestId: 'test', isLocal: false, isEncrypted: () => false, send: (message) => void sent.push(message), isAbandoned: () => false, mayBind: () => true, ...line });
  await session.handle(request);
  const [envelope] = elementsOf(sent[0] as Buffer);
  const [, result] = elementsOf((envelope as Element).body);
  return numberOf(elementsOf((result as Element).body)[0] as Element);
};

test('a password is not taken unencrypted from another machine (RFC 4513 §6.3.1), SASL and version 2 not at all, and binds have a rate', async () => {
  const simple = { id: 1, controls: [], op: 'bind' as const, version: 3, name: dnOf('li.ming'), password: Buffer.from(PASSWORD) };
  expect(await answerFrom(simple)).toBe(CODES.confidentialityRequired);
  expect(await answerFrom(simple, { isEncrypted: () => true })).toBe(CODES.success);
  expect(await answerFrom(simple, { isEncrypted: () => true, mayBind: () => false })).toBe(CODES.busy);
  expect(await answerFrom({ ...simple, password: null })).toBe(CODES.authMethodNotSupported);
  expect(await answerFrom({ ...simple, version: 2 })).toBe(CODES.protocolError);
  expect(await answerFrom({ ...simple, controls: [{ oid: '1.2.3', critical: true, value: null }] })).toBe(CODES.unavailableCriticalExtension);
});

test('a bind that is refused is in the trail with its address, without what was typed as a name', async () => {
  await expect(open().bind(dnOf('somebody.typed'), 'wrong')).rejects.toThrow(InvalidCredentialsError);
  const trail = await town.sql<{ subject: string; address: string; detail: unknown }>("select subject, address, detail from audit.record where event = 'ldap.refused' order by at desc limit 1");
  expect(trail).toEqual([{ subject: 'people', address: '127.0.0.1', detail: { reason: 'wrong' } }]);
  expect(JSON.stringify(await town.sql('select subject, name, detail from audit.record'))).not.toContain('somebody.typed');
});
