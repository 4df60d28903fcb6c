import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { loadOrganisation, type Organisation } from './loading.ts';
import { directoryModule } from './module.ts';
import * as access from './store-access.ts';

let site: TestSite;
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule] });
}, 60_000);
afterAll(async () => {
  await site.drop();
});

const text = (zh: string) => ({ zh, en: zh });
const SCOPES = ['own', 'department', 'region-subtree', 'line-subtree', 'subtree', 'all'] as const;
const parent = fc.option(fc.nat(20));
const world = fc.record({
  parents: fc.array(fc.tuple(parent, parent), { minLength: 2, maxLength: 7 }),
  people: fc.array(fc.record({ department: fc.nat(6), scope: fc.option(fc.constantFrom(...SCOPES)), clearance: fc.nat(4) }), { minLength: 3, maxLength: 5 }),
  asked: fc.uniqueArray(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 6, selector: String }),
  away: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 2 }),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

const organisationOf = ({ parents, people }: World): Organisation => {
  const departments = parents.map(([region, line], index) => ({
    id: index + 1, code: `D-${index + 1}`, division: '990100', name: text('部门'), regionParent: region === null || index === 0 ? null : (region % index) + 1, lineParent: line === null || index === 0 ? null : (line % index) + 1,
  }));
  return {
    divisions: [{ code: '990100', parent: null, name: text('云川市') }], departments,
    roles: SCOPES.map((scope) => ({ code: scope, name: text(scope), grants: [{ permission: 'access.vouch', scope }] })),
    posts: people.map(({ department, scope }, index) => ({ code: `P-${index}`, department: (department % departments.length) + 1, name: text('岗位'), roles: scope ? [scope] : [] })),
    people: people.map(({ clearance }, index) => ({ id: uuidv7(), name: `人${index}`, account: `p${index}`, clearance, phone: '', email: '', posts: [`P-${index}`] })),
  };
};

/** Departments that one person reaches, or everything: the rules written a second time and plainly, stand-ins included. */
const reachOf = (organisation: Organisation, { people, away }: World, me: number): Set<number> | 'all' => {
  const seats = [me, ...away.filter(([from, to]) => to % people.length === me && from % people.length !== me).map(([from]) => from % people.length)];
  const reached = new Set<number>();
  for (const seat of seats) {
    const { scope } = people[seat]!;
    const top = organisation.posts[seat]!.department;
    if (scope === 'all') return 'all';
    if (!scope || scope === 'own') continue;
    const own = new Set([top]);
    if (scope !== 'department') {
      for (const one of organisation.departments) if ((scope !== 'line-subtree' && own.has(one.regionParent ?? 0)) || (scope !== 'region-subtree' && own.has(one.lineParent ?? 0))) own.add(one.id);
    }
    for (const id of own) reached.add(id);
  }
  return reached;
};

class Undo extends Error {}

test('what the lists answer and what row-level security lets through is what the rules say, for everybody, and no row more', async () => {
  let shown = 0;
  let hidden = 0;
  await fc.assert(fc.asyncProperty(world, async (given) => {
    const organisation = organisationOf(given);
    const { people } = organisation;
    await site.database.as(site.database.system, async (tx) => {
      const enter = (actor: object) => tx.query('select kernel.enter($1::jsonb)', [JSON.stringify(actor)]);
      await loadOrganisation(tx, organisation);
      const posts = new Map((await tx.query<{ code: string; id: string }>('select code, id from directory.post')).rows.map((row) => [row.code, row.id]));
      const delegations: { from: number; to: number }[] = [];
      for (const [a, b] of given.away) {
        const [from, to] = [a % people.length, b % people.length];
        if (from === to) continue;
        await tx.query(`insert into directory.delegation (id, from_person, to_person, starts_at, ends_at, reason) values ($1, $2, $3, now() - interval '1 day', now() + interval '1 day', '出差')`, [uuidv7(), people[from]!.id, people[to]!.id]);
        delegations.push({ from, to });
      }
      const requests: { id: string; by: number; department: number }[] = [];
      for (const [a, b] of new Map(given.asked.map(([x, y]) => [`${x % people.length} ${y % people.length}`, [x % people.length, y % people.length] as const])).values()) {
        if (a === b) continue;
        await enter({ kind: 'official', personId: people[a]!.id, scope: 'own', departments: [], subjects: [], clearance: 1 });
        const id = uuidv7();
        await access.ask(tx, id, posts.get(`P-${b}`)!, '2099-01-01', '顶岗');
        requests.push({ id, by: a, department: organisation.posts[b]!.department });
      }
      for (const [me, person] of people.entries()) {
        await enter(site.database.system);
        const { rows: [row] } = await tx.query<{ g: Record<string, { scope: string; departments: number[] }> }>('select directory.grants_of($1) as g', [person.id]);
        const grant = row!.g['access.vouch'] ?? { scope: 'own', departments: [] };
        await enter({ kind: 'official', personId: person.id, scope: grant.scope === 'all' ? 'all' : grant.scope === 'own' ? 'own' : 'departments', departments: grant.departments, subjects: [], clearance: person.clearance });
        const reach = reachOf(organisation, given, me);
        const mine = requests.filter((one) => one.by === me || reach === 'all' || reach.has(one.department)).map((one) => one.id).sort();
        expect((await access.requests(tx)).map((one) => one.id).sort()).toEqual(mine);
        expect((await tx.query<{ id: string }>('select id from directory.access_request')).rows.map((one) => one.id).sort()).toEqual(mine);
        expect((await access.requestsOf(tx, person.id)).map((one) => one.id).sort()).toEqual(requests.filter((one) => one.by === me).map((one) => one.id).sort());
        expect((await tx.query('select 1 from directory.delegation')).rowCount).toBe(delegations.filter(({ from, to }) => from === me || to === me).length);
        expect((await tx.query(`select 1 from directory.history where entity = 'holding'`)).rowCount).toBe(reach === 'all' ? people.length : 0);
        for (const table of ['principal', 'mandate']) expect((await tx.query(`select 1 from directory.${table}`)).rowCount).toBe(0);
        shown += mine.length;
        hidden += requests.length - mine.length;
      }
      for (const kind of ['citizen', 'public', '']) {
        await enter({ kind, personId: people[0]!.id, scope: 'all', departments: [1, 2, 3], subjects: [], clearance: 4 });
        for (const table of ['person', 'holding', 'role_grant', 'access_request', 'review_item', 'proposal', 'history', 'application', 'delegation']) expect((await tx.query(`select 1 from directory.${table}`)).rowCount).toBe(0);
      }
      throw new Undo();
    }).catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  }), { numRuns: 14, seed: 5 });
  expect(shown).toBeGreaterThan(20);
  expect(hidden).toBeGreaterThan(20);
});
