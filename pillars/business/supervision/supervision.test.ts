import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '@zhengwu/clock';
import type { Actor } from '@zhengwu/contracts';
import { Directory, loadOrganisation } from '@zhengwu/directory';
import { uuidv7 } from '@zhengwu/ids';
import type { Module, TestSite } from '@zhengwu/module';
import { cardOfCase, cardsOf, enter, enterCases, official, openSupervised, task } from './fixture.ts';
import { incidentList } from './incidents.ts';
import { supervisionModule } from './module.ts';
import { answer, badRatingList, cardList, chase, rectify, type Office } from './supervision.ts';

const clock = fixedClock('2026-09-28T02:00:00Z');
const moved: string[] = [];
const acts = { deemAccepted: async (id: string) => void moved.push(`deemed ${id}`), correctionLapsed: async (id: string) => void moved.push(`lapsed ${id}`) };
let site: TestSite;
let office: Office;
let jobs: ReturnType<NonNullable<Module['jobs']>>;
beforeAll(async () => {
  site = await openSupervised(clock, acts);
  office = { database: site.database, clock, audit: site.site.audit, events: site.site.events, directory: site.site.use(Directory) };
  jobs = supervisionModule({ acts: () => acts }).jobs?.(site.site) ?? [];
});
afterAll(() => site.drop());

const run = async (name: string): Promise<void> => jobs.find((job) => job.name === name)?.run({}, { id: '1', attempt: 1, signal: new AbortController().signal });
const watch = (at: string): Promise<void> => {
  clock.set(at);
  return run('supervision.watch');
};
const one = async (of: Parameters<typeof enterCases>[1][number]): Promise<string> => (await enterCases(site, [of]))[0] as string;
const extend = (id: string, promised: string, statutory: string, days: number): Promise<unknown> =>
  enter(site, { changes: [{ id, version: 1, set: { promised_due: promised, statutory_due: statutory, clock: { started: '2026-09-01', days: 5, extended: days, stops: [] } } }] });
const as = (departments: readonly number[] | 'all'): Actor => official(departments, uuidv7()) as unknown as Actor;
const eventsOf = (type: string, subject: string): Promise<Record<string, unknown>[]> =>
  site.database.as(site.database.system, async (tx) => (await tx.query<{ payload: Record<string, unknown> }>('select payload from events.outbox where type = $1 and subject = $2', [type, subject])).rows.map(({ payload }) => payload));

test('a warning comes one working day before the due day, across the holiday of 2026-10 (电子监察 预警)', async () => {
  const id = await one({ promised: '2026-10-08', statutory: '2026-10-23' });
  await watch('2026-09-29T02:00:00Z');
  expect(await cardsOf(site, id)).toEqual([]);
  await watch('2026-09-30T02:00:00Z');
  expect(await cardsOf(site, id)).toEqual([{ rule: 'due-soon', kind: 'warning' }]);
  expect(await cardOfCase(site, id)).toBe('warning');
});

test('over the promise a yellow card, over the law’s limit a red one, each once (行政许可法 §42)', async () => {
  const id = await one({ promised: '2026-09-28', statutory: '2026-10-09' });
  await watch('2026-09-29T02:00:00Z');
  expect(await cardsOf(site, id)).toEqual([{ rule: 'over-promise', kind: 'yellow' }]);
  await watch('2026-10-09T02:00:00Z');
  expect(await cardOfCase(site, id)).toBe('yellow');
  await watch('2026-10-10T02:00:00Z');
  await watch('2026-10-10T02:01:00Z');
  expect(await cardsOf(site, id)).toEqual([{ rule: 'over-promise', kind: 'yellow' }, { rule: 'over-statutory', kind: 'red' }]);
  expect(await cardOfCase(site, id)).toBe('red');
  expect((await eventsOf('supervision.carded', id)).map((event) => event.rule)).toEqual(['over-promise', 'over-statutory']);
});

test('an extension makes a new limit, with a warning and cards of its own (行政许可法 §42)', async () => {
  const id = await one({ promised: '2026-09-28', statutory: '2026-10-30', extended: 0 });
  await watch('2026-09-28T02:00:00Z');
  await watch('2026-09-29T02:00:00Z');
  const rules = async () => (await cardsOf(site, id)).map(({ rule }) => rule);
  expect(await rules()).toEqual(['due-soon', 'over-promise']);
  await extend(id, '2026-10-14', '2026-11-13', 10);
  await watch('2026-10-12T02:00:00Z');
  expect(await rules()).toEqual(['due-soon', 'over-promise']);
  await watch('2026-10-13T02:00:00Z');
  await watch('2026-10-13T02:01:00Z');
  expect(await rules()).toEqual(['due-soon', 'due-soon', 'over-promise']);
  await watch('2026-10-15T02:00:00Z');
  expect(await rules()).toEqual(['due-soon', 'due-soon', 'over-promise', 'over-promise']);
});

test('what was corrected and is not accepted within five working days gets a card, and only then (行政许可法 §32)', async () => {
  const id = await one({ state: 7, accepted: null, submitted: '2026-09-21T02:00:00Z' });
  const asked = task(id, { status: 'done' });
  await enter(site, { tasks: [asked], rest: [{ correction: { id: uuidv7(), case_id: id, task_id: asked['id'], asked_at: '2026-09-22T02:00:00Z', due_on: '2026-10-10', done_at: '2026-09-28T09:00:00Z' } }] });
  moved.length = 0;
  await watch('2026-10-10T15:59:00Z');
  expect(await cardsOf(site, id)).toEqual([]);
  await watch('2026-10-10T16:01:00Z');
  expect(await cardsOf(site, id)).toEqual([{ rule: 'not-accepted', kind: 'yellow' }]);
  expect(moved).not.toContain(`deemed ${id}`);
});

test('a clock that stands still and a closed case get no card (行政许可法 §45)', async () => {
  const stopped = await one({ promised: '2026-09-01', statutory: '2026-09-02', stopped: 'special', state: 9 });
  const closed = await one({ promised: '2026-09-01', statutory: '2026-09-02', closed: '2026-09-20T02:00:00Z', state: 11 });
  await watch('2026-10-12T02:00:00Z');
  expect(await cardsOf(site, stopped)).toEqual([]);
  expect(await cardsOf(site, closed)).toEqual([]);
});

test('five working days of silence: a card, then the case is taken as accepted (行政许可法 §32)', async () => {
  const id = await one({ state: 1, accepted: null, submitted: '2026-09-28T09:00:00Z' });
  moved.length = 0;
  await watch('2026-10-10T15:59:00Z');
  expect([await cardsOf(site, id), moved]).toEqual([[], []]);
  await watch('2026-10-10T16:01:00Z');
  expect(await cardsOf(site, id)).toEqual([{ rule: 'not-accepted', kind: 'yellow' }]);
  expect(moved).toEqual([`deemed ${id}`]);
});

test('a correction that did not come in time is taken up by cases', async () => {
  const id = await one({ state: 6, accepted: null, submitted: '2026-10-12T02:00:00Z', stopped: 'correction' });
  const asked = task(id);
  await enter(site, { tasks: [asked], rest: [{ correction: { id: uuidv7(), case_id: id, task_id: asked.id, asked_at: '2026-10-12T03:00:00Z', due_on: '2026-10-26' } }] });
  moved.length = 0;
  await watch('2026-10-26T10:00:00Z');
  expect(moved).not.toContain(`lapsed ${id}`);
  await watch('2026-10-27T01:00:00Z');
  expect(moved).toContain(`lapsed ${id}`);
});

test('a stage past its day warns the department whose task it is (环节超时)', async () => {
  const id = await one({ department: 11, promised: '2026-12-31' });
  await enter(site, { tasks: [task(id, { department: 12, due: '2026-10-27' })] });
  await watch('2026-10-27T02:00:00Z');
  expect(await cardsOf(site, id)).toEqual([]);
  await watch('2026-10-28T02:00:00Z');
  expect(await cardsOf(site, id)).toEqual([{ rule: 'stage-overdue', kind: 'warning' }]);
  expect((await cardList(office, as([12]), {})).items.map((card) => card.caseId)).toContain(id);
  expect((await cardList(office, as([11]), {})).items.map((card) => card.caseId)).not.toContain(id);
});

test('a refusal without a stated reason gets a card, one with a reason none (行政许可法 §38)', async () => {
  const silent = await one({ state: 13, closed: '2026-10-28T02:00:00Z' });
  const told = await one({ state: 13, closed: '2026-10-28T02:00:00Z' });
  await enter(site, { tasks: [task(told, { status: 'done', opinion: '材料不符合第五条' })] });
  const [reasons] = supervisionModule({ acts: () => acts }).subscriptions?.(site.site) ?? [];
  for (const subject of [silent, told, silent]) {
    await site.database.as(site.database.system, (tx) => reasons?.handle({ id: uuidv7(), type: 'case.closed', subject, payload: {}, at: clock.now() }, tx) ?? Promise.resolve());
  }
  expect(await cardsOf(site, silent)).toEqual([{ rule: 'no-reason', kind: 'yellow' }]);
  expect(await cardsOf(site, told)).toEqual([]);
});

test('an official explains and closes a card within reach; a closed one stays', async () => {
  const id = await one({ department: 21, promised: '2026-10-28', statutory: '2026-11-20' });
  await watch('2026-10-29T02:00:00Z');
  const card = (await cardList(office, as([21]), { kind: 'yellow' })).items.find((row) => row.caseId === id);
  expect(card).toMatchObject({ number: expect.stringMatching(/^JC2026\d{7}$/), rule: 'over-promise', status: 'open', result: null, content: { zh: expect.stringContaining('2026-10-28') } });
  await expect(answer(office, as([22]), card?.id ?? '', { result: '不归我管', close: true })).rejects.toMatchObject({ code: 'card.unknown' });
  expect(await answer(office, as([21]), card?.id ?? '', { result: '系统故障，已加急', close: false })).toMatchObject({ status: 'explained', result: '系统故障，已加急' });
  expect(await answer(office, as('all'), card?.id ?? '', { result: '已整改', close: true })).toMatchObject({ status: 'closed' });
  await expect(answer(office, as('all'), card?.id ?? '', { result: '再改', close: false })).rejects.toMatchObject({ code: 'card.closed' });
  const trail = await site.database.as(site.database.system, (tx) => tx.query<{ event: string }>(`select event from audit.record where subject = $1 order by at`, [id]));
  expect(trail.rows.map(({ event }) => event)).toEqual(['supervision.carded', 'supervision.cardExplained', 'supervision.cardClosed']);
});

test('cards page without loss, and the count is made once', async () => {
  const seen: string[] = [];
  let after: string | undefined;
  let total = 0;
  for (let turn = 0; turn < 50; turn += 1) {
    const page = await cardList(office, as('all'), { limit: 2, ...(after ? { after } : {}) });
    seen.push(...page.items.map((card) => card.id));
    total = page.total;
    if (page.next === null) break;
    after = page.next;
  }
  expect(seen.length).toBe(total);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThan(4);
});

test('a chase marks live tasks, tells those who have them, and happens once a key (督办)', async () => {
  const [handler, id] = [uuidv7(), await one({ department: 31, promised: '2026-12-31' })];
  await enter(site, { tasks: [task(id, { department: 31, assignee: handler }), task(id, { department: 32 })] });
  const body = { caseId: id, text: '请尽快办理', answerBy: '2026-11-02' };
  const boss = as([31]);
  const first = await chase(office, boss, body, { key: 'chase-key-1', requestHash: 'h' });
  expect(await chase(office, boss, body, { key: 'chase-key-1', requestHash: 'h' })).toEqual(first);
  expect(await eventsOf('supervision.chased', id)).toEqual([expect.objectContaining({ chase: first.id, handlers: [handler], departments: [32], answerBy: '2026-11-02' })]);
  const tasks = await site.database.as(site.database.system, (tx) => tx.query<{ chased: boolean; version: number }>('select chased, version from cases.task where case_id = $1', [id]));
  expect(tasks.rows.map(({ chased, version }) => [chased, version])).toEqual([[true, 1], [true, 1]]);
  await expect(chase(office, as([77]), body, { key: 'chase-key-2', requestHash: 'h' })).rejects.toMatchObject({ code: 'chase.case-unknown' });
  await expect(chase(office, boss, { ...body, answerBy: '2026-10-01' }, { key: 'chase-key-3', requestHash: 'h' })).rejects.toMatchObject({ code: 'chase.day-past' });
  const closed = await one({ department: 31, state: 11, closed: '2026-10-01T02:00:00Z' });
  await expect(chase(office, boss, { ...body, caseId: closed }, { key: 'chase-key-4', requestHash: 'h' })).rejects.toMatchObject({ code: 'chase.case-closed' });
});

test('a bad rating is put right once, within 15 working days or a card follows (GB/T 39735)', async () => {
  const [late, done] = [await one({ department: 41, state: 11, closed: '2026-10-09T02:00:00Z' }), await one({ department: 41, state: 11, closed: '2026-10-09T02:00:00Z' })];
  for (const case_id of [late, done]) {
    await enter(site, { rest: [{ rating: { case_id, service: 'resident.permit', department: 41, level: 5, dimensions: {}, comment: '太慢', rated_at: '2026-10-10T02:00:00Z', due_on: '2026-10-30' } }] });
  }
  expect((await badRatingList(office, as([41]), {})).items).toHaveLength(2);
  expect((await badRatingList(office, as([42]), {})).items).toEqual([]);
  await expect(rectify(office, as([42]), done, '已致电')).rejects.toMatchObject({ code: 'rating.unknown' });
  expect(await rectify(office, as([41]), done, '已致电道歉并改进')).toEqual({ rectifiedAt: clock.now().toISOString() });
  await expect(rectify(office, as([41]), done, '再写')).rejects.toMatchObject({ code: 'rating.already-rectified' });
  await watch('2026-10-30T02:00:00Z');
  expect(await cardsOf(site, late)).toEqual([]);
  await watch('2026-10-31T02:00:00Z');
  expect(await cardsOf(site, late)).toEqual([{ rule: 'bad-rating', kind: 'yellow' }]);
  expect(await cardsOf(site, done)).toEqual([]);
});

test('an incident is told to those who may mend it, once, and listed while it holds the process', async () => {
  const [mender, other] = [uuidv7(), uuidv7()];
  const text = (zh: string) => ({ zh, en: zh });
  await site.database.as(site.database.system, (tx) => loadOrganisation(tx, {
    divisions: [{ code: '990100', parent: null, name: text('云川市') }], departments: [{ id: 51, code: 'YC', division: '990100', name: text('市政府'), regionParent: null, lineParent: null }],
    roles: [{ code: 'administrator', name: text('管理员'), grants: [{ permission: 'case.mend', scope: 'all' }] }, { code: 'clerk', name: text('办事员'), grants: [] }],
    posts: [{ code: 'YC.admin', department: 51, name: text('管理员'), roles: ['administrator'] }, { code: 'YC.clerk', department: 51, name: text('办事员'), roles: ['clerk'] }],
    people: [{ id: mender, name: '甲', account: 'm', clearance: 1, phone: '1', email: 'm@x.example', posts: ['YC.admin'] }, { id: other, name: '乙', account: 'o', clearance: 1, phone: '1', email: 'o@x.example', posts: ['YC.clerk'] }],
  }));
  const id = await one({ department: 51, promised: '2026-12-31' });
  const state = (held: boolean) => JSON.stringify({ s: 'running', t: [{ i: 0, e: 0, p: 0 }, { i: 1, e: 1, p: 0, ...(held ? { x: 'begin' } : {}) }] });
  const platform = async (sql: string, values: unknown[]) => (await site.database.as(site.database.system, (tx) => tx.query(sql, values))).rows;
  await platform('insert into processes.instance (id, definition, state) values ($1, $2, $3::jsonb)', [id, 'a'.repeat(64), state(true)]);
  const told = supervisionModule({ acts: () => acts }).subscriptions?.(site.site).find(({ types }) => types.includes('case.incident'));
  const event = { id: uuidv7(), type: 'case.incident', subject: id, payload: { element: 'fee', reason: '没有费用标准' }, at: clock.now() };
  for (let turn = 0; turn < 2; turn += 1) await site.database.as(site.database.system, (tx) => told?.handle(event, tx) ?? Promise.resolve());
  expect(await platform('select recipient, template from messages.message where case_id = $1', [id])).toEqual([{ recipient: mender, template: 'incident' }]);
  const listed = async (whom: Actor) => (await incidentList(site.database, whom, {})).items.map(({ caseId, element, reason }) => [caseId, element, reason]);
  expect(await listed(as('all'))).toEqual([[id, 'fee', '没有费用标准']]);
  expect(await listed(as([52]))).toEqual([]);
  await platform('update processes.instance set state = $2::jsonb where id = $1', [id, state(false)]);
  expect(await listed(as('all'))).toEqual([]);
});

test('citizens see no card, chase or figure; nobody deletes or rewrites one', async () => {
  const citizen = { kind: 'citizen', scope: 'own', departments: [], subjects: [uuidv7()], clearance: 0 } as const;
  for (const table of ['card', 'chase', 'day_figure', 'counted']) {
    const { rows } = await site.database.as(citizen, (tx) => tx.query(`select 1 from supervision.${table}`));
    expect(rows).toEqual([]);
  }
  await expect(site.database.as(as('all'), (tx) => tx.query('delete from supervision.card'))).rejects.toThrow(/permission denied/);
  await expect(site.database.as(as('all'), (tx) => tx.query("update supervision.card set kind = 'warning'"))).rejects.toThrow(/permission denied/);
  await expect(site.database.as(as('all'), (tx) => tx.query("select cases.raise_card($1, 'red')", [uuidv7()]))).rejects.toMatchObject({ code: 'access.denied' });
});
