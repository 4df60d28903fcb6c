import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@zhengwu/contracts';
import { uuidv7 } from '@zhengwu/ids';
import { newRequest, official, openAuthorityForTest, USCC, type TestAuthority } from './authority.fixture.ts';
import * as store from './store.ts';

const DEPARTMENTS = [1, 2, 3, 4];
let city: TestAuthority;
let requesters: Actor[];
let rows: { id: string; requester: string; department: number; person: string | null }[];

beforeAll(async () => {
  city = await openAuthorityForTest();
  requesters = [...DEPARTMENTS, ...DEPARTMENTS].map((department) => official(department));
  const { database } = city.made;
  const csr = await newRequest();
  rows = requesters.flatMap((one, index) => [0, 1].map((n) => ({
    id: uuidv7(), requester: one.personId as string, department: one.homeDepartments[0] as number,
    // The second request of each is for the next one in the row.
    person: n === 0 ? null : (requesters[(index + 1) % requesters.length]?.personId ?? null),
  })));
  await database.as(database.system, async (tx) => {
    for (const row of rows) {
      await store.insertRequest(tx, {
        ...row, profile: 'institution', name: '云川市政务服务局', identifier: USCC, pseudonym: null, institution: null, device: null, requester_name: 'x', requested_at: new Date(), csr, csr_subject: null,
        renews: null, state: 'waiting', decided_by: null, decided_by_name: null, decided_at: null, reason: null,
      });
    }
  });
});
afterAll(() => city.drop());

const scope = fc.oneof(
  fc.constant({ scope: 'own', departments: [] as number[] }), fc.constant({ scope: 'all', departments: [] as number[] }),
  fc.subarray(DEPARTMENTS).map((departments) => ({ scope: 'departments', departments })),
);
type Reach = { scope: 'own' | 'all' | 'departments'; departments: number[] };

describe('row-level security of requests (行政机关内部按权限)', () => {
  test('read, an official sees their own, what is for them, and what the permission reaches; nothing else', async () => {
    const { database } = city.made;
    await fc.assert(fc.asyncProperty(fc.nat(requesters.length - 1), scope, async (index, reach) => {
      const reader = { ...(requesters[index] as Actor), ...(reach as Reach) };
      const seen = await database.as(reader, (tx) => store.list(tx, { state: null, q: '', after: null, mine: null }, new Date(), 100));
      const expected = rows.filter((row) => row.requester === reader.personId || row.person === reader.personId || reach.scope === 'all' || reach.departments.includes(row.department));
      expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
    }), { numRuns: 60 });
  });

  test('decide, only within reach and never on one’s own', async () => {
    const { database } = city.made;
    await fc.assert(fc.asyncProperty(fc.nat(requesters.length - 1), scope, fc.nat(15), async (index, reach, at) => {
      const reader = { ...(requesters[index] as Actor), ...(reach as Reach) };
      const row = rows[at] as (typeof rows)[number];
      const held = await database.as(reader, (tx) => store.holdRequest(tx, row.id));
      expect(held !== null).toBe(row.requester !== reader.personId && (reach.scope === 'all' || reach.departments.includes(row.department)));
    }), { numRuns: 60 });
  });

  test('citizens, the public and nobody see nothing', async () => {
    const { database } = city.made;
    for (const kind of ['citizen', 'public'] as const) {
      const reader = { ...(requesters[0] as Actor), kind, scope: 'all' as const };
      expect(await database.as(reader, (tx) => store.list(tx, { state: null, q: '', after: null, mine: null }, new Date(), 100))).toEqual([]);
    }
  });
});
