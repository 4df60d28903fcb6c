import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { loadOrganisation, type Organisation } from './loading.ts';
import { directoryModule } from './module.ts';

let site: TestSite;
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule] });
});
afterAll(async () => {
  await site.drop();
});

type Grant = { scope: string; departments: number[] };
type Department = Organisation['departments'][number];

const text = (zh: string) => ({ zh, en: zh });
const scopes = ['own', 'department', 'region-subtree', 'line-subtree', 'subtree', 'all'] as const;
const told = (scope: string): string => (scope.endsWith('subtree') ? 'subtree' : scope);
const permissions = ['case.read', 'task.handle', 'case.extend'] as const;

/** Every department with parents among the earlier ones, in both lines. */
const forest = (parents: readonly (readonly [number | null, number | null])[]): Department[] => parents.map(([region, line], index) => ({
  id: index + 1, code: `D-${String(index + 1)}`, division: '990100', name: text(`部门${String(index + 1)}`),
  regionParent: region === null || index === 0 ? null : (region % index) + 1, lineParent: line === null || index === 0 ? null : (line % index) + 1,
}));

const parent = fc.option(fc.nat(30));
const world = fc.record({
  parents: fc.array(fc.tuple(parent, parent), { minLength: 1, maxLength: 14 }),
  grants: fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...permissions), fc.constantFrom(...scopes)), { maxLength: 10 }),
  seats: fc.array(fc.tuple(fc.nat(13), fc.array(fc.nat(3), { maxLength: 2 })), { minLength: 1, maxLength: 6 }),
  held: fc.array(fc.nat(5), { maxLength: 3 }),
});

/** A department and those below it, by the line or lines that the scope names. */
const below = (departments: readonly Department[], top: number, scope: string): Set<number> => {
  const reached = new Set([top]);
  for (const one of departments) if ((scope !== 'line-subtree' && reached.has(one.regionParent ?? 0)) || (scope !== 'region-subtree' && reached.has(one.lineParent ?? 0))) reached.add(one.id);
  return reached;
};

/** What the rules say, written a second time and plainly. */
const expected = (organisation: Organisation): Record<string, Grant> => {
  const held = organisation.people[0]!.posts.map((code) => organisation.posts.find((post) => post.code === code)!);
  const answer: Record<string, Grant> = {};
  for (const permission of permissions) {
    const found = held.flatMap((post) => post.roles.flatMap((role) => organisation.roles.find((one) => one.code === role)!.grants
      .filter((grant) => grant.permission === permission).map((grant) => ({ scope: grant.scope, department: post.department }))));
    if (found.length === 0) continue;
    const widest = scopes.findLast((scope) => found.some((one) => one.scope === scope))!;
    const departments = new Set(found.flatMap((one) => (one.scope.endsWith('subtree') ? [...below(organisation.departments, one.department, one.scope)] : one.scope === 'department' ? [one.department] : [])));
    answer[permission] = { scope: told(widest), departments: widest === 'all' ? [] : [...departments].sort((a, b) => a - b) };
  }
  return answer;
};

const organisationOf = ({ parents, grants, seats, held }: typeof world extends fc.Arbitrary<infer W> ? W : never): Organisation => {
  const departments = forest(parents);
  const posts = seats.map(([department, roles], index) => ({
    code: `P-${String(index)}`, department: (department % departments.length) + 1, name: text('岗位'), roles: [...new Set(roles)].map((role) => `R-${String(role)}`),
  }));
  const byRole = (role: number) => new Map(grants.filter(([one]) => one === role).map(([, permission, scope]) => [permission, { permission, scope }]));
  return {
    divisions: [{ code: '990100', parent: null, name: text('云川市') }], departments,
    roles: [0, 1, 2, 3].map((role) => ({ code: `R-${String(role)}`, name: text('角色'), grants: [...byRole(role).values()] })), posts,
    people: [{ id: uuidv7(), name: '甲', account: 'a', clearance: 1, phone: '12200000000', email: 'a@b.example', posts: [...new Set(held.map((one) => posts[one % posts.length]!.code))] }],
  };
};

class Undo extends Error {}

/** Loads an organisation, asks, and leaves nothing behind. */
const within = async (organisation: Organisation, ask: (grants: Record<string, Grant>, visible: (departments: number[], scope: string) => Promise<number[]>) => Promise<void>): Promise<void> => {
  await site.database.as(site.database.system, async (tx) => {
    await loadOrganisation(tx, organisation);
    const { rows } = await tx.query<{ grants: Record<string, Grant> }>('select directory.grants_of($1) as grants', [organisation.people[0]!.id]);
    const visible = async (departments: number[], scope: string): Promise<number[]> => {
      const actor = { kind: 'official', scope: scope === 'all' ? 'all' : scope === 'own' ? 'own' : 'departments', departments, subjects: [], clearance: 1 };
      await tx.query('select kernel.enter($1::jsonb)', [JSON.stringify(actor)]);
      return (await tx.query<{ id: number }>(
        'select id from directory.department where kernel.reaches_all() or id = any (kernel.reach()) order by id')).rows.map((row) => row.id);
    };
    await ask(rows[0]!.grants, visible);
    throw new Undo();
  }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
};

describe('grants', () => {
  test('what the gate is told is what the rules say, in both lines of authority', async () => {
    await fc.assert(fc.asyncProperty(world, async (given) => {
      const organisation = organisationOf(given);
      await within(organisation, async (grants) => {
        expect(grants).toEqual(expected(organisation));
      });
    }), { numRuns: 60 });
  });

  test('a city tax bureau answers to its region and to its line, and each of them reaches it alone by its own', async () => {
    const office = (id: number, regionParent: number | null, lineParent: number | null): Department => ({ id, code: `D-${String(id)}`, division: '990100', name: text('局'), regionParent, lineParent });
    const departments = [office(1, null, null), office(2, null, null), office(3, 1, 2), office(4, 3, null), office(5, null, 3)];
    const reach = async (department: number, scope: string): Promise<number[]> => {
      let found: number[] = [];
      const organisation: Organisation = {
        divisions: [{ code: '990100', parent: null, name: text('云川市') }], departments, roles: [{ code: 'R', name: text('角色'), grants: [{ permission: 'case.read', scope }] }],
        posts: [{ code: 'P', department, name: text('岗位'), roles: ['R'] }], people: [{ id: uuidv7(), name: '甲', account: 'a', clearance: 1, phone: '', email: '', posts: ['P'] }],
      };
      await within(organisation, async (grants) => { found = grants['case.read']!.departments; });
      return found;
    };
    expect(await reach(1, 'region-subtree')).toEqual([1, 3, 4]);
    expect(await reach(2, 'line-subtree')).toEqual([2, 3, 5]);
    expect(await reach(1, 'line-subtree')).toEqual([1]);
    expect(await reach(3, 'subtree')).toEqual([3, 4, 5]);
  });

  test('gate and database agree: with a grant as context no row outside it shows', async () => {
    await fc.assert(fc.asyncProperty(world, async (given) => {
      const organisation = organisationOf(given);
      await within(organisation, async (grants, visible) => {
        for (const { scope, departments } of Object.values(grants)) {
          const all = organisation.departments.map((one) => one.id);
          expect(await visible(departments, scope)).toEqual(scope === 'all' ? all : scope === 'own' ? [] : departments);
        }
      });
    }), { numRuns: 30 });
  });
});
