import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReorganisationStep } from '@zhengwu/contracts';
import { isZhengwuError } from '@zhengwu/errors';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { loadOrganisation, type Organisation } from './loading.ts';
import { directoryModule } from './module.ts';
import * as store from './store.ts';
import * as plans from './store-reorganisation.ts';

let site: TestSite;
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule] });
}, 60_000);
afterAll(async () => {
  await site.drop();
});

type Tx = Parameters<Parameters<TestSite['database']['as']>[1]>[0];
type Office = { id: number; region: number | null; line: number | null; closed: boolean; successor: number | null };
const text = (zh: string) => ({ zh, en: zh });
const SCOPES = ['department', 'region-subtree', 'line-subtree', 'subtree'] as const;

class Undo extends Error {}
const undone = (work: (tx: Tx) => Promise<void>): Promise<void> => site.database.as(site.database.system, async (tx) => {
  await work(tx);
  throw new Undo();
}).catch((error: unknown) => {
  if (!(error instanceof Undo)) throw error;
});

/** One person in each department and for each scope, alone in a post of theirs. */
const organisationOf = (parents: readonly (readonly [number | null, number | null])[]): Organisation => {
  const departments = parents.map(([region, line], index) => ({
    id: index + 1, code: `D-${index + 1}`, division: '990100', name: text('部门'), regionParent: region === null || index === 0 ? null : (region % index) + 1, lineParent: line === null || index === 0 ? null : (line % index) + 1,
  }));
  const seats = departments.flatMap(({ id }) => SCOPES.map((scope) => ({ code: `${id}.${scope}`, department: id, scope })));
  return {
    divisions: [{ code: '990100', parent: null, name: text('云川市') }], departments,
    roles: SCOPES.map((scope) => ({ code: scope, name: text(scope), grants: [{ permission: 'case.read', scope }] })),
    posts: seats.map(({ code, department, scope }) => ({ code, department, name: text(code), roles: [scope] })),
    people: seats.map(({ code }) => ({ id: uuidv7(), name: code, account: code, clearance: 1, phone: '', email: '', posts: [code] })),
  };
};

/** What the steps declare, written a second time and plainly: the tree, and where each post stands. */
const declared = (organisation: Organisation, steps: readonly ReorganisationStep[], partId: (code: string) => number) => {
  const offices = new Map<number, Office>(organisation.departments.map((one) => [one.id, { id: one.id, region: one.regionParent, line: one.lineParent, closed: false, successor: null }]));
  const seat = new Map(organisation.posts.map((post) => [post.code, post.department]));
  for (const step of steps) {
    if (step.kind === 'merge') {
      for (const from of step.from) {
        const gone = offices.get(from)!;
        for (const one of offices.values()) {
          if (one.closed) continue;
          if (one.region === from) one.region = one.id === step.into ? gone.region : step.into;
          if (one.line === from) one.line = one.id === step.into ? gone.line : step.into;
        }
        for (const [code, department] of seat) if (department === from) seat.set(code, step.into);
        [gone.closed, gone.successor] = [true, step.into];
      }
    } else if (step.kind === 'split') {
      const from = offices.get(step.from)!;
      for (const part of step.into) {
        offices.set(partId(part.code), { ...from, id: partId(part.code) });
        seat.set(part.name.zh, partId(part.code));
      }
    } else if (step.kind === 'move') {
      const one = offices.get(step.department)!;
      if (step.regionParent !== undefined) one.region = step.regionParent;
      if (step.lineParent !== undefined) one.line = step.lineParent;
    }
  }
  return { offices, seat };
};

const reachOf = (offices: Map<number, Office>, top: number, scope: string): number[] => {
  const reached = new Set([top]);
  for (let grown = -1; grown !== reached.size;) {
    grown = reached.size;
    for (const one of offices.values()) {
      const byParent = !one.closed && ((one.region !== null && /^(region-)?subtree$/.test(scope) && reached.has(one.region)) || (one.line !== null && /^(line-)?subtree$/.test(scope) && reached.has(one.line)));
      if (byParent || (one.successor !== null && reached.has(one.successor))) reached.add(one.id);
    }
  }
  return [...reached].sort((a, b) => a - b);
};

const parent = fc.option(fc.nat(30));
const wish = fc.oneof(
  fc.record({ kind: fc.constant('merge' as const), a: fc.nat(20), b: fc.nat(20) }),
  fc.record({ kind: fc.constant('split' as const), a: fc.nat(20), b: fc.nat(3) }),
  fc.record({ kind: fc.constant('move' as const), a: fc.nat(20), b: fc.nat(20) }),
);

describe('reorganisation', () => {
  test('each person’s reach afterwards is what the steps declare, in both lines; a step that can’t be is refused whole', async () => {
    const seen = { merge: 0, split: 0, move: 0, refused: 0 };
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(parent, parent), { minLength: 3, maxLength: 8 }), fc.array(wish, { minLength: 1, maxLength: 4 }), async (parents, wishes) => {
      await undone(async (tx) => {
        const organisation = organisationOf(parents);
        await loadOrganisation(tx, organisation);
        const posts = new Map((await store.posts(tx)).map((post) => [post.code, post.id]));
        const done: ReorganisationStep[] = [];
        for (const [index, { kind, a, b }] of wishes.entries()) {
          const [one, other] = [(a % parents.length) + 1, (b % parents.length) + 1];
          const step: ReorganisationStep = kind === 'merge' ? { kind, from: [one], into: other } : kind === 'move' ? { kind, department: one, regionParent: other === one ? null : other, lineParent: null }
            : { kind, from: one, into: [{ code: `N-${index}`, name: text(`${one}.${SCOPES[b % 4]!}`), posts: [posts.get(`${one}.${SCOPES[b % 4]!}`)!], services: [] }] };
          await tx.query('savepoint one');
          try {
            await plans.step(tx, step);
            done.push(step);
            seen[kind] += 1;
          } catch (error) {
            if (!isZhengwuError(error)) throw error;
            expect(error.code).toMatch(/^reorganisation\.(circle|department-closed|post-elsewhere)$/);
            await tx.query('rollback to savepoint one');
            seen.refused += 1;
          }
        }
        const ids = new Map((await store.departments(tx)).map((row) => [row.code, row.id]));
        const { offices, seat } = declared(organisation, done, (code) => ids.get(code)!);
        const { rows } = await tx.query<{ name: string; g: Record<string, { departments: number[] }> }>('select name, directory.grants_of(id) as g from directory.person');
        expect(Object.fromEntries(rows.map((row) => [row.name, row.g['case.read']!.departments]))).toEqual(
          Object.fromEntries(organisation.people.map(({ name }) => [name, reachOf(offices, seat.get(name)!, name.split('.')[1]!)])));
        expect((await tx.query('select 1 from directory.holding where until is null')).rowCount).toBe(organisation.people.length);
      });
    }), { numRuns: 20, seed: 11 });
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });
});
