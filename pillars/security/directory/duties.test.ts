import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@zhengwu/contracts';
import { isZhengwuError } from '@zhengwu/errors';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { decide, orPropose, writePosts, writeRole } from './duties.ts';
import { loadOrganisation, type Organisation } from './loading.ts';
import { directoryModule } from './module.ts';
import * as store from './store.ts';
import * as rules from './store-duties.ts';

let site: TestSite;
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule] });
});
afterAll(async () => {
  await site.drop();
});

const text = (zh: string) => ({ zh, en: zh });
const people = ['system', 'security', 'audit', 'clerk', 'deputy'] as const;
type Name = (typeof people)[number];
const POWER: Record<string, string> = { system: 'directory.admin', security: 'directory.grant', audit: 'audit.read', clerk: 'task.handle' };
const DUTY: Record<string, string> = { 'directory.admin': 'system', 'directory.grant': 'security', 'certificate.register': 'security', 'audit.read': 'audit', 'audit.export': 'audit' };

/** The three administrators, a clerk and a deputy without a post; a second post of the system administrators. */
const office = (tag: string) => {
  const ids = Object.fromEntries(people.map((name) => [name, uuidv7()])) as Record<Name, string>;
  const organisation: Organisation = {
    divisions: [], departments: [{ id: Number.parseInt(tag, 36) + 1, code: `O-${tag}`, division: '990100', name: text('局'), regionParent: null, lineParent: null }],
    roles: ['system', 'security', 'audit', 'clerk'].map((code) => ({ code: `${tag}.${code}`, name: text(code), grants: [{ permission: POWER[code]!, scope: 'all' }] })),
    posts: ['system', 'security', 'audit', 'clerk'].map((code) => ({ code: `${tag}.${code}`, department: Number.parseInt(tag, 36) + 1, name: text(code), roles: [`${tag}.${code}`] })),
    people: people.map((name) => ({ id: ids[name], name, account: `${tag}.${name}`, clearance: 1, phone: '', email: '', posts: name === 'deputy' ? [] : [`${tag}.${name}`] })),
  };
  return { ids, organisation };
};

const actorOf = (id: string, name: string): Actor => ({
  kind: 'official', accountId: id, personId: id, name, subjects: [], onBehalfOf: null, scope: 'all', departments: [], homeDepartments: [], posts: [], permissions: {}, clearance: 1, assurance: 1,
  sessionId: null, requestId: 'r', address: '127.0.0.1',
});

let count = 0;
const open = async () => {
  count += 1;
  const tag = `t${count}`;
  const { ids, organisation } = office(tag);
  await site.database.as(site.database.system, async (tx) => {
    if (count === 1) await tx.query(`insert into directory.division (code, name_zh, name_en) values ('990100', '云川市', 'Yunchuan')`);
    await loadOrganisation(tx, organisation);
  });
  const posts = await site.database.as(site.database.system, async (tx) => new Map((await store.posts(tx)).map((post) => [post.code, post.id])));
  const as = (name: Name) => actorOf(ids[name], name);
  const versionOf = (name: Name) => site.database.as(site.database.system, async (tx) => (await store.person(tx, ids[name]))!.version);
  return {
    tag, ids, as,
    postOf: (code: string) => posts.get(`${tag}.${code}`)!,
    appoint: async (by: Name, whom: Name, codes: readonly string[]) => {
      const change = { posts: codes.map((code) => posts.get(`${tag}.${code}`)!) };
      const version = await versionOf(whom);
      return orPropose(site.site, as(by), { kind: 'posts', subject: ids[whom], change, reason: '任命' }, (tx) => writePosts(site.site, tx, ids[whom], { version, ...change }, '任命'));
    },
    permit: async (by: Name, role: string, permissions: readonly string[]) => {
      const change = { name: text(role), grants: permissions.map((permission) => ({ permission, scope: 'all' as const })) };
      const version = await site.database.as(site.database.system, (tx) => store.roleVersion(tx, `${tag}.${role}`)) as number;
      return orPropose(site.site, as(by), { kind: 'role', subject: `${tag}.${role}`, change, reason: '授权' }, (tx) => writeRole(site.site, tx, `${tag}.${role}`, { version, ...change }, '授权'));
    },
    standIn: (from: Name, to: Name) => site.database.as(as(from), async (tx) => {
      await store.insertDelegation(tx, { id: uuidv7(), from: ids[from], to: ids[to], startsAt: '2026-01-01T00:00:00Z', endsAt: '2099-01-01T00:00:00Z', reason: '出差' });
      await store.settle(tx);
    }),
  };
};

const codeOf = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (isZhengwuError(error)) return error.code;
    throw error;
  }
};

describe('separation of duties', () => {
  test('the three administrators are three people (GB/T 22239-2019 8.1.5): by posts, by a role’s permissions, by a stand-in', async () => {
    const { appoint, permit, standIn } = await open();
    expect(await codeOf(() => appoint('audit', 'system', ['system', 'audit']))).toBe('duty.exclusive');
    expect(await codeOf(() => permit('audit', 'system', ['directory.admin', 'certificate.register']))).toBe('duty.exclusive');
    expect(await codeOf(() => standIn('audit', 'security'))).toBe('duty.exclusive');
    expect(await codeOf(() => standIn('audit', 'clerk'))).toBe('done');
    expect(await codeOf(() => standIn('system', 'clerk'))).toBe('duty.exclusive');
  });

  test('nobody makes himself one: no post for oneself, no wider role of one’s own', async () => {
    const { appoint, permit } = await open();
    expect(await codeOf(() => appoint('clerk', 'clerk', ['clerk', 'audit']))).toBe('duty.self');
    expect(await codeOf(() => permit('clerk', 'clerk', ['task.handle', 'case.read']))).toBe('duty.own-role');
    expect(await codeOf(() => permit('security', 'clerk', ['task.handle', 'case.read']))).toBe('done');
  });

  test('an administrator’s power waits for a second administrator of another kind, who is named in the trail', async () => {
    const { appoint, as, ids } = await open();
    const made = await appoint('system', 'deputy', ['audit']);
    expect(made).toHaveProperty('proposed');
    const { proposed } = made as { proposed: string };
    for (const name of ['system', 'clerk'] as const) expect(await codeOf(() => decide(site.site, as(name), proposed, { approve: true, opinion: '可' }))).toBe('duty.not-second');
    expect(await decide(site.site, as('security'), proposed, { approve: true, opinion: '同意' })).toBe('approved');
    await site.database.as(site.database.system, async (tx) => {
      expect(await rules.dutiesOf(tx, ids.deputy)).toEqual(['audit']);
      const { rows } = await tx.query<{ by_name: string; reason: string }>(`select by_name, reason from directory.history where entity = 'holding' and value->>'person' = $1`, [ids.deputy]);
      expect(rows).toEqual([{ by_name: 'security', reason: '任命' }]);
    });
    expect(await codeOf(() => decide(site.site, as('audit'), proposed, { approve: true, opinion: '再来' }))).toBe('duty.proposal-unknown');
  });

  test('a rule of one’s own is refused while somebody breaks it, and holds from then on; those of the standard stay', async () => {
    const { tag, as, appoint } = await open();
    const put = (code: string, one: string, other: string) => site.database.as(as('security'), async (tx) => {
      await rules.putExclusion(tx, code, { name: text('规则'), one: [one], other: [other], basis: '内控制度' });
      await store.settle(tx);
    });
    expect(await codeOf(() => put(`${tag}-a`, `role:${tag}.clerk`, 'task.*'))).toBe('duty.exclusive');
    expect(await codeOf(() => put(`${tag}-b`, `role:${tag}.clerk`, 'duty:audit'))).toBe('done');
    expect(await codeOf(async () => appoint('system', 'clerk', ['clerk', 'audit']))).toBe('duty.exclusive');
    expect(await codeOf(() => site.database.as(as('security'), async (tx) => {
      await rules.dropExclusion(tx, 'system-audit');
      await store.settle(tx);
    }))).toBe('duty.fixed');
  });

  test('a load is checked too, whole', async () => {
    const { organisation } = office('zz');
    const bad = { ...organisation, people: organisation.people.map((one) => (one.name === 'deputy' ? { ...one, posts: ['zz.audit', 'zz.security'] } : one)) };
    expect(await codeOf(() => site.database.as(site.database.system, (tx) => loadOrganisation(tx, bad)))).toBe('duty.exclusive');
  });

  test('no sequence of allowed operations leads to one person holding both', async () => {
    const name = fc.constantFrom(...people);
    const role = fc.constantFrom('system', 'security', 'audit', 'clerk');
    const act = fc.oneof(
      fc.record({ kind: fc.constant('appoint' as const), by: name, whom: name, codes: fc.uniqueArray(role, { maxLength: 2 }) }),
      fc.record({ kind: fc.constant('permit' as const), by: name, role, permissions: fc.uniqueArray(fc.constantFrom(...Object.keys(DUTY), 'task.handle'), { maxLength: 2 }) }),
      fc.record({ kind: fc.constant('standIn' as const), from: name, to: name }),
      fc.record({ kind: fc.constant('decide' as const), by: name }),
    );
    const allowed = new Map<string, number>();
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 12 }), async (acts) => {
      const city = await open();
      const waiting: string[] = [];
      for (const one of acts) {
        const code = await codeOf(async () => {
          if (one.kind === 'standIn') return one.from === one.to ? undefined : city.standIn(one.from, one.to);
          if (one.kind === 'decide') return waiting.length > 0 ? decide(site.site, city.as(one.by), waiting.pop() as string, { approve: true, opinion: '可' }) : undefined;
          const made = one.kind === 'appoint' ? await city.appoint(one.by, one.whom, one.codes) : await city.permit(one.by, one.role, one.permissions);
          if ('proposed' in made) waiting.push(made.proposed);
          return made;
        });
        allowed.set(`${one.kind} ${code}`, (allowed.get(`${one.kind} ${code}`) ?? 0) + 1);
        expect(await held(city.ids)).toEqual([]);
      }
    }), { numRuns: 25, seed: 7 });
    for (const kind of ['appoint', 'permit', 'standIn', 'decide']) expect(allowed.get(`${kind} done`) ?? 0).toBeGreaterThan(0);
    expect(allowed.get('appoint duty.exclusive') ?? 0).toBeGreaterThan(0);
  });
});

/** People with more than one kind of administrator's power, by plain reading of the tables. */
const held = (ids: Record<string, string>): Promise<string[]> => site.database.as(site.database.system, async (tx) => {
  const rows = async <T>(text_: string): Promise<T[]> => (await tx.query<T>(text_)).rows;
  const holdings = await rows<{ person: string; roles: string[] }>('select h.person, p.roles from directory.holding h join directory.post p on p.id = h.post where h.until is null');
  const grants = await rows<{ role: string; permission: string }>('select role, permission from directory.role_grant');
  const away = await rows<{ from_person: string; to_person: string }>('select from_person, to_person from directory.delegation where ended_at is null');
  return Object.entries(ids).filter(([, id]) => {
    const seats = holdings.filter((one) => one.person === id || away.some((gone) => gone.to_person === id && gone.from_person === one.person));
    const permissions = grants.filter((grant) => seats.some((seat) => seat.roles.includes(grant.role))).map((grant) => grant.permission);
    return new Set(permissions.flatMap((permission) => DUTY[permission] ?? [])).size > 1;
  }).map(([name]) => name);
});
