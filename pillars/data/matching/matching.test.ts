import { decideMatchPair, findDuplicates, learnMatchWeights, listMatching, listMatchPairs, listMerges, readMatchPair, undoMatchMerge, useMatchWeights, type Actor } from '@zhengwu/contracts';
import type { Acting, Tx } from '@zhengwu/database';
import { Directory, directoryModule } from '@zhengwu/directory';
import { createHttp, standIn, type Authenticator, type HttpServer } from '@zhengwu/http';
import { accessAudit, createTestSite, type TestSite } from '@zhengwu/module';
import { Registers, registersModule } from '@zhengwu/registers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findStep } from './finding.ts';
import { fillRegister } from './filling.ts';
import { Matching, type OpenMatching } from './matching.ts';
import { mergeRecords, undoMerge } from './merging.ts';
import { matchingModule } from './module.ts';
import { numberOf, people, someone, type Someone } from './people.fixture.ts';
import type { Profile } from './profile.ts';
import * as store from './store-review.ts';

let site: TestSite;
let http: HttpServer;
let registers: Registers;
let matching: OpenMatching;
let profile: Profile;

const official = (name: string, scope: 'all' | 'departments', departments: number[]): Actor => {
  const grant = { scope, departments };
  return { ...standIn({ id: 'r', ip: '127.0.0.1' }), kind: 'official', accountId: '00000000-0000-7000-8000-00000000000a', personId: '00000000-0000-7000-8000-00000000000b', name, permissions: { 'match.review': grant, 'match.keep': grant }, sessionId: name, clearance: 1 } as Actor;
};
const actors: Record<string, Actor> = { keeper: official('data01', 'all', []), other: official('data-sc', 'departments', [4711]) };
const authenticator: Authenticator = { authenticate: (request) => actors[String(request.headers.cookie ?? '')], isPortal: () => false, verifyCsrf: () => true };

const platform = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
const write = (key: string, data: object, day = '2026-11-01') => platform((tx) => registers.write(tx, { register: 'people', key, data: data as Record<string, unknown>, validFrom: day, cause: 'seed' }));
const read = (key: string) => platform((tx) => registers.read(tx, 'people', key, '9999-12-31'));
const answer = async (method: string, url: string, body?: object, cookie = 'keeper') => {
  const response = await http.fastify.inject({ method: method as 'GET', url, headers: { cookie, origin: 'http://site.test', 'x-csrf-token': 'x', ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { payload: JSON.stringify(body) } : {}) });
  return { status: response.statusCode, body: response.json() as never };
};

/** The city's 400 people; person 7 is entered a second time with another good number (重号), under which two things are said differently. */
const twice: Someone = { ...someone(7), citizenNumber: numberOf(someone(7).birth, 777), phone: '12500000007' };

beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule, registersModule, matchingModule] });
  registers = site.site.use(Registers);
  matching = site.site.use(Matching) as OpenMatching;
  await registers.define('hash', [people]);
  profile = matching.profile('people') as Profile;
  const rows = [...Array.from({ length: 400 }, (_, n) => ({ ...someone(n), ...(n === 7 ? { phone: '12500000007' } : {}) })), { ...twice, remark: '旧档', address: someone(7).address.replace('云川市', '') }];
  await platform((tx) => registers.load(tx, rows.map((data) => ({ register: 'people', key: data.citizenNumber, data, validFrom: '2020-01-01', cause: 'seed' }))));
  http = createHttp({ log: site.site.log, origin: 'http://site.test', policies: site.policy, authenticator, metrics: { process: false }, checkAnswers: true, audit: accessAudit(site.site.audit, site.site.log) });
  site.routes(http);
  await http.assemble();
});
afterAll(() => site.drop());

describe('rows that are asked about', () => {
  const ask = (...rows: Record<string, unknown>[]) => platform((tx) => matching.resolve(tx, 'people', rows));

  test('are linked, shown to a person, or new', async () => {
    const known = someone(20);
    const slip = known.citizenNumber.slice(0, 10) + known.citizenNumber.charAt(11) + known.citizenNumber.charAt(10) + known.citizenNumber.slice(12);
    const [same, again, doubtful, fresh] = await ask(
      { ...known, name: `${known.name.charAt(0)} ${known.name.slice(1)}`, address: '' },
      { ...known, citizenNumber: slip, birth: known.birth.replaceAll('-', '/') },
      { name: known.name, birth: known.birth, sex: '男' },
      { ...someone(9000), citizenNumber: numberOf('2001-01-01', 901), birth: '2001-01-01', name: '欧阳无双', address: '云麓区望岚路1号' },
    );
    expect([same?.outcome, same?.key]).toEqual(['same', known.citizenNumber]);
    expect([again?.outcome, again?.key, again?.fields[0]]).toMatchObject(['same', known.citizenNumber, { code: 'number', level: 1 }]);
    expect(doubtful?.key).toBe(known.citizenNumber);
    expect(fresh).toEqual({ outcome: 'new', score: -Infinity, fields: [], candidates: [] });
  });

  test('that are two records with equal right are for a person to decide', async () => {
    const [result] = await ask({ ...twice, citizenNumber: '' });
    expect(result?.outcome).toBe('possible');
    expect(result?.candidates.map(({ key }) => key).sort()).toEqual([someone(7).citizenNumber, twice.citizenNumber].sort());
  });

  test('find what was entered in the same transaction, and after its change what it says now', async () => {
    const fresh = { ...someone(9001), citizenNumber: numberOf('2002-02-02', 903), birth: '2002-02-02', name: '司马相如', address: '栖梧区鹿鸣路9号' };
    await platform(async (tx) => {
      expect((await matching.resolve(tx, 'people', [fresh]))[0]?.outcome).toBe('new');
      await matching.enter(tx, 'people', [{ key: fresh.citizenNumber, data: fresh }]);
      expect((await matching.resolve(tx, 'people', [fresh]))[0]).toMatchObject({ outcome: 'same', key: fresh.citizenNumber });
    });
  });

  test('are refused to anybody but the platform, and of registers that name nobody', async () => {
    await expect(site.database.as(actors['keeper'] as Acting, (tx) => matching.resolve(tx, 'people', [someone(1)]))).rejects.toMatchObject({ code: 'matching.not-the-platform' });
    await expect(platform((tx) => matching.resolve(tx, 'nothing', [someone(1)]))).rejects.toMatchObject({ code: 'matching.no-kind' });
  });
});

/** Looks for duplicates as the job does; answers the run. */
const search = async (): Promise<store.RunRow> => {
  const { status, body } = await answer('POST', findDuplicates.path.replace(':register', 'people'));
  expect(status).toBe(202);
  const { id } = body as { id: string };
  while (await platform((tx) => findStep(tx, profile, id)));
  return (await platform((tx) => store.holdRun(tx, id))) as store.RunRow;
};
const queue = async (cookie = 'keeper') => ((await answer('GET', listMatchPairs.path, undefined, cookie)).body as { items: { id: string; version: number; left: string; right: string }[] }).items;

describe('duplicates inside a register', () => {
  test('are found and counted once, and stay decided', async () => {
    const first = await search();
    expect([first.state, first.entries, first.possible]).toEqual(['done', 402, 1]);
    expect((await search()).possible).toBe(0);
    const { items } = (await answer('GET', listMatching.path)).body as { items: { register: string; open: number; run: { entries: number } }[] };
    expect(items.find(({ register }) => register === 'people')).toMatchObject({ open: 1, ready: true, kind: 'person', run: { entries: 402 } });
  });

  test('list and pair, official of another department, are not there', async () => {
    expect(await queue('other')).toEqual([]);
    const [pair] = await queue();
    expect((await answer('GET', `/api/matching/pairs/${pair?.id}`, undefined, 'other')).status).toBe(404);
    expect((await answer('POST', `/api/matching/pairs/${pair?.id}/decision`, { outcome: 'same', version: 0 }, 'other')).status).toBe(404);
  });

  test('list, keeper, masks names and numbers; the pair shows both side by side and why', async () => {
    const [pair] = await queue();
    expect(`${pair?.left} ${pair?.right}`).not.toMatch(/\d{8}/);
    const { body } = await answer('GET', readMatchPair.path.replace(':id', pair?.id ?? ''));
    const detail = body as { score: number; prior: number; fields: { code: string; level: number | null; bits: number }[]; rows: { key: string; left: unknown; right: unknown; differs: boolean; takes: boolean }[] };
    expect(detail.prior + detail.fields.reduce((sum, { bits }) => sum + bits, 0)).toBeCloseTo(detail.score, 6);
    expect(detail.fields.find(({ code }) => code === 'number')).toMatchObject({ level: 3 });
    expect(detail.rows.find(({ key }) => key === 'address')).toMatchObject({ differs: true, takes: true });
    expect(detail.rows.find(({ key }) => key === 'remark')).toMatchObject({ differs: true, takes: false });
    expect(String(detail.rows.find(({ key }) => key === 'citizenNumber')?.left)).toMatch(/\*|＊|•/);
  });

  test('put off, then merged with a value of the other, are found under the survivor; the second answer is too late', async () => {
    const [pair] = await queue();
    const decide = (body: object) => answer('POST', decideMatchPair.path.replace(':id', pair?.id ?? ''), body);
    const { rows } = (await answer('GET', readMatchPair.path.replace(':id', pair?.id ?? ''))).body as { rows: { key: string; left: string }[] };
    const full = rows.find(({ key }) => key === 'address')?.left.startsWith('云川市') ?? false;
    const kept = someone(7).citizenNumber;
    expect((await decide({ outcome: 'later', version: pair?.version })).status).toBe(200);
    expect(await queue()).toEqual([]);
    const survivor = full ? 'left' : 'right';
    expect((await decide({ outcome: 'same', version: (pair?.version ?? 0) + 1, survivor, take: ['citizenNumber'] })).body).toMatchObject({ code: 'matching.no-field' });
    const merged = await decide({ outcome: 'same', version: (pair?.version ?? 0) + 1, survivor, take: ['address'] });
    expect(merged.status).toBe(200);
    expect((await decide({ outcome: 'different', version: (pair?.version ?? 0) + 1 })).body).toMatchObject({ code: 'matching.pair-changed' });
    expect((await read(kept))?.['address']).toBe(someone(7).address.replace('云川市', ''));
    expect((await read(twice.citizenNumber))?.['remark']).toBe('旧档');
    const view = await platform((tx) => matching.view(tx, 'people', twice.citizenNumber, '2027-01-01'));
    expect(view).toMatchObject({ key: kept, absorbed: [twice.citizenNumber], data: { remark: '旧档', citizenNumber: kept } });
    expect((await platform((tx) => matching.resolve(tx, 'people', [twice])))[0]?.key).toBe(kept);
    const history = await platform((tx) => registers.history(tx, 'people', kept));
    expect(history[0]?.cause).toBe(`merge:${(merged.body as { merge: string }).merge}`);
  });

  test('undone, are as before and wait for a person again', async () => {
    const { items } = (await answer('GET', listMerges.path)).body as { items: { id: string }[] };
    const undo = () => answer('POST', undoMatchMerge.path.replace(':id', items[0]?.id ?? ''), { reason: '并错了' });
    expect((await answer('POST', undoMatchMerge.path.replace(':id', items[0]?.id ?? ''), { reason: 'x' }, 'other')).status).toBe(404);
    expect((await undo()).status).toBe(200);
    expect((await undo()).body).toMatchObject({ code: 'matching.no-merge' });
    expect(await read(someone(7).citizenNumber)).toEqual({ ...someone(7), phone: '12500000007' });
    expect((await queue()).length).toBe(1);
    const events = (await platform((tx) => tx.query<{ event: string; name: string }>(`select event, name from audit.record where event in ('matching.merged', 'matching.undone') order by event`))).rows;
    expect(events).toEqual([{ event: 'matching.merged', name: 'data01' }, { event: 'matching.undone', name: 'data01' }]);
  });
});

test('doubts of an import wait for a person once, and who asked hears what was decided', async () => {
  const row = { name: someone(30).name, birth: someone(30).birth, sex: '男', citizenNumber: '', address: '' };
  const ask = () => platform(async (tx) => {
    const [resolution] = await matching.resolve(tx, 'people', [row]);
    return matching.ask(tx, 'people', [{ origin: 'import:1', reference: '17', row, resolution: { outcome: 'possible', key: someone(30).citizenNumber, score: 1, fields: resolution?.fields ?? [], candidates: [] } }]);
  });
  expect([await ask(), await ask()]).toEqual([1, 0]);
  const pair = (await queue()).find(({ right }) => right.endsWith('17'));
  expect((await answer('POST', decideMatchPair.path.replace(':id', pair?.id ?? ''), { outcome: 'same', version: 0 })).body).toEqual({ merge: null });
  const { rows } = await platform((tx) => tx.query<{ payload: object }>(`select payload from events.outbox where type = 'matching.decided' and payload->>'origin' = 'import:1'`));
  expect(rows[0]?.payload).toEqual({ register: 'people', origin: 'import:1', reference: '17', outcome: 'same', key: someone(30).citizenNumber });
});

test('weights, learned of the register, are used when somebody says so and not before', async () => {
  const learned = await answer('POST', learnMatchWeights.path.replace(':register', 'people'));
  expect(learned.body).toEqual({ version: 1 });
  const inUse = async () => ((await answer('GET', '/api/matching/registers/people/weights')).body as { items: { version: number; inUse: boolean }[] }).items.find((one) => one.inUse)?.version;
  expect(await inUse()).toBe(0);
  const use = (version: number) => answer('POST', useMatchWeights.path.replace(':register', 'people').replace(':version', String(version)));
  expect((await use(9)).body).toMatchObject({ code: 'matching.no-weights' });
  expect((await use(1)).status).toBe(200);
  expect(await inUse()).toBe(1);
  expect((await platform((tx) => matching.resolve(tx, 'people', [someone(20)])))[0]).toMatchObject({ outcome: 'same', key: someone(20).citizenNumber });
  await use(0);
});

test('what a register says of a change is taken in: the new address is found, the old one is not', async () => {
  const { citizenNumber, name, birth, address: before } = someone(55);
  const address = '云川市栖梧区鹿鸣路77号竹影苑3幢1单元302室';
  const ask = async (where: string) => (await platform((tx) => matching.resolve(tx, 'people', [{ name, birth, address: where }])))[0]?.fields.find(({ code }) => code === 'address')?.level;
  await write(citizenNumber, { address });
  expect([await ask(before), await ask(address)]).toEqual([0, 3]);
  const [followed] = matchingModule.subscriptions?.(site.site) ?? [];
  const { rows } = await platform((tx) => tx.query<{ payload: Record<string, unknown> }>(`select payload from events.outbox where type = 'register.changed' order by seq desc limit 1`));
  await platform(async (tx) => followed?.handle({ id: 'x', type: 'register.changed', subject: 'people', payload: rows[0]?.payload ?? {}, at: new Date() }, tx));
  expect([await ask(before), await ask(address)]).toEqual([3, 0]);
  await write(citizenNumber, { address: before });
});

test('pairs and merges follow when their department goes into another, and not when only services do', async () => {
  const follower = site.site.use(Directory).followers.find(({ code }) => code === 'matching');
  const going = { from: 71, to: 72, actor: { kind: 'official', name: 'x' }, document: 'x' } as const;
  await platform(async (tx) => {
    await store.addPairs(tx, [{ register: 'people', department: 71, key: 'a', other: 'b', origin: 'register', score: 1, band: 'possible', fields: [], weights: 0 }]);
    expect([await follower?.follow(tx, { ...going, services: ['x'] }), await follower?.count(tx, [72])]).toEqual([0, 0]);
    expect([await follower?.follow(tx, { ...going, services: null }), await follower?.count(tx, [72]), await follower?.count(tx, [71])]).toEqual([1, 1, 0]);
  });
});

test('a search that was given up is taken up again and ends', async () => {
  const { body } = await answer('POST', findDuplicates.path.replace(':register', 'people'));
  const { id } = body as { id: string };
  expect((await answer('POST', findDuplicates.path.replace(':register', 'people'))).body).toMatchObject({ code: 'matching.running' });
  const named = (name: string) => matchingModule.jobs?.(site.site).find((job) => job.name === name);
  const context = { id: 'x', attempt: 1, signal: new AbortController().signal };
  const queued = async () => Number((await platform((tx) => tx.query<{ count: string }>(`select count(*) as count from events.outbox where payload::text like '%${id}%' and type like '%job%'`))).rows[0]?.count);
  const before = await queued();
  await named('matching.fill')?.run({}, context);
  expect(await queued()).toBe(before + 1);
  await named('matching.findDuplicates')?.run({ id, register: 'people' }, context);
  expect((await platform((tx) => store.holdRun(tx, id)))?.state).toBe('done');
  await named('matching.keep')?.run({}, context);
  expect((await platform((tx) => fillRegister(tx, profile))).entries).toBe(402);
});

test('entries of a register are made in steps and go on where they stopped', async () => {
  await platform(async (tx) => {
    await tx.query(`delete from matching.entry where register = 'people'`);
    await tx.query(`update matching.register set position = '', entries = 0 where register = 'people'`);
  });
  const step = () => platform((tx) => fillRegister(tx, profile, 100, 100));
  expect((await step()).entries).toBe(100);
  let row = await step();
  expect([row.entries, row.position === null]).toEqual([200, false]);
  while (row.position !== null) row = await step();
  expect(row.entries).toBe(401);
});

describe('merges and changes in any order', () => {
  const names = ['name', 'address', 'remark'] as const;
  type Act = { do: 'merge'; into: number; from: number; take: number } | { do: 'undo'; nth: number } | { do: 'change'; at: number; field: number };
  const act: fc.Arbitrary<Act> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), into: fc.constantFrom(0, 0, 0, 1, 3), from: fc.nat(3), take: fc.constantFrom(1, 2, 3, 7, 7) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), nth: fc.nat(5) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), at: fc.constantFrom(0, 0, 1, 2, 3), field: fc.nat(2) }) },
  );
  let round = 0;
  const doer = { person: null, name: 'test' };

  test('what was changed since the merge stays when it is undone; the rest is as before', async () => {
    const [survivor = '', absorbed = ''] = [numberOf('1994-01-01', 1), numberOf('1994-01-01', 3)];
    await platform((tx) => registers.load(tx, [survivor, absorbed].map((citizenNumber, n) => ({ register: 'people', key: citizenNumber, data: { citizenNumber, name: `名${n}`, birth: '1994-01-01', sex: '男', address: `址${n}` }, validFrom: '2020-01-01', cause: 'seed' }))));
    const id = await platform((tx) => mergeRecords(tx, registers, { register: 'people', department: null, survivor, absorbed, take: ['name', 'address'], pair: null, day: '2026-11-01' }, doer));
    await write(survivor, { address: '新址' }, '2026-11-05');
    await platform(async (tx) => undoMerge(tx, registers, (await store.mergeRow(tx, id)) as store.MergeRow, 'test', doer));
    expect(await read(survivor)).toMatchObject({ name: '名0', address: '新址' });
    // Not even the days between say what the merge said.
    expect(await platform((tx) => registers.read(tx, 'people', survivor, '2026-11-03'))).toMatchObject({ name: '名0', address: '址0' });
    expect(await platform((tx) => registers.read(tx, 'people', survivor, '2026-10-31'))).toMatchObject({ name: '名0', address: '址0' });
    expect(await read(absorbed)).toMatchObject({ name: '名1', address: '址1' });
  });

  test('the later of two that took the same field gives back, when undone, what was there before both', async () => {
    const keys = [0, 1, 2].map((n) => numberOf('1993-01-01', 1 + 2 * n));
    await platform((tx) => registers.load(tx, keys.map((citizenNumber, n) => ({ register: 'people', key: citizenNumber, data: { citizenNumber, name: `名${n}`, birth: '1993-01-01', sex: '男', address: `址${n}` }, validFrom: '2020-01-01', cause: 'seed' }))));
    const [survivor = '', ...others] = keys;
    const ids: string[] = [];
    for (const absorbed of others) ids.push(await platform((tx) => mergeRecords(tx, registers, { register: 'people', department: null, survivor, absorbed, take: ['address'], pair: null, day: '2026-11-01' }, doer)));
    const addresses: unknown[] = [(await read(survivor))?.['address']];
    for (const id of ids) {
      await platform(async (tx) => undoMerge(tx, registers, (await store.mergeRow(tx, id)) as store.MergeRow, 'test', doer));
      addresses.push((await read(survivor))?.['address']);
    }
    expect(addresses).toEqual(['址2', '址2', '址0']);
  });

  test('undone, leave every record as its own changes made it', async () => {
    await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
      round += 1;
      const keys = [0, 1, 2, 3].map((n) => numberOf('1991-01-01', 1 + 2 * (n + 4 * round)));
      const first = keys.map((citizenNumber, n): Record<string, unknown> => ({ citizenNumber, name: `名${n}`, birth: '1991-01-01', sex: '男', address: `址${n}`, ...(n === 3 ? {} : { remark: `注${n}` }) }));
      const own = structuredClone(first);
      await platform((tx) => registers.load(tx, first.map((data, n) => ({ register: 'people', key: keys[n] ?? '', data, validFrom: '2020-01-01', cause: 'seed' }))));
      const undo = (merge: store.MergeRow) => platform((tx) => undoMerge(tx, registers, merge, 'test', doer));
      const holding = async () => (await Promise.all(keys.map((key) => platform((tx) => store.mergesInto(tx, 'people', key))))).flat().sort((a, b) => a.seq - b.seq);
      for (const [step, one] of acts.entries()) {
        if (one.do === 'change') {
          const field = names[one.field] as string;
          const value = `改${round}-${step}`;
          if (own[one.at]?.[field] !== undefined) {
            await write(keys[one.at] ?? '', { [field]: value }, '2026-11-02');
            Object.assign(own[one.at] ?? {}, { [field]: value });
          }
        } else if (one.do === 'merge') {
          const [survivor, absorbed] = [keys[one.into] ?? '', keys[one.from] ?? ''];
          const [left, right] = [await read(survivor), await read(absorbed)];
          const take = names.filter((name, at) => (one.take >> at) % 2 === 1 && left?.[name] !== undefined && right?.[name] !== undefined && left[name] !== right[name]);
          if (survivor !== absorbed) await platform((tx) => mergeRecords(tx, registers, { register: 'people', department: null, survivor, absorbed, take, pair: null, day: '2026-11-01' }, doer)).catch((error: { code: string }) => expect(error.code).toMatch(/^matching\.(absorbed|has-merged)$/));
        } else {
          const merges = await holding();
          if (merges.length > 0) await undo(merges[one.nth % merges.length] as store.MergeRow);
        }
      }
      for (let rest = await holding(); rest.length > 0; rest = await holding()) await undo(rest[round % rest.length] as store.MergeRow);
      expect(await Promise.all(keys.map(read))).toEqual(own);
      // The day before any of the changes, and of the merges, says what it said at first.
      expect(await platform((tx) => registers.readAll(tx, keys.map((key) => ({ register: 'people', key })), '2026-11-01'))).toEqual(first);
    }), { numRuns: 12 });
  });
});
