import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { Cases, correctionLapsed } from '@zhengwu/cases';
import { key, openCity, type TestCity } from './test/city.ts';
import { act, applyForCard, decide, taskFor } from './test/people.ts';

let city: TestCity;
let citizen: api.Client;
let caseId: string;
beforeAll(async () => {
  city = await openCity();
}, 120_000);
afterAll(() => city.close());
beforeEach(async () => {
  citizen = await city.citizen('citizen01');
  caseId = await applyForCard(city, citizen);
});

const mine = () => citizen.call(api.myCase, { params: { id: caseId } });
const code = (value: string) => ({ problem: { code: value } });
const count = async (template: string, id = caseId): Promise<number> => {
  const { rows } = await city.site.database.as(city.site.database.system, (tx) =>
    tx.query<{ n: number }>('select count(*)::int as n from messages.message where case_id = $1 and template = $2', [id, template]));
  return rows[0]?.n ?? 0;
};

describe('a command whose answer was lost and that comes again', () => {
  test('a decision gets its first answer, happens once and is told once', async () => {
    const { official, task } = await taskFor(city, 'window01', caseId, 'decide');
    const once = { params: { id: task.id }, body: { version: task.version, outcome: 'accept', opinion: '齐全' }, idempotencyKey: key() };
    const first = await official.call(api.completeTask, once);
    expect(await official.call(api.completeTask, once)).toEqual(first);
    expect(await count('accepted')).toBe(1);
    await expect(official.call(api.completeTask, { ...once, idempotencyKey: key() })).rejects.toMatchObject(code('task.changed'));
  });

  test('many tasks at once: those done the first time are done, not refused', async () => {
    const { official, task } = await taskFor(city, 'window01', caseId, 'decide');
    const once = { body: { tasks: [{ id: task.id, version: task.version }], outcome: 'accept' }, idempotencyKey: 'k'.repeat(128) };
    expect((await official.call(api.batchComplete, once)).done).toEqual([task.id]);
    expect(await official.call(api.batchComplete, once)).toEqual({ done: [task.id], refused: [] });
  });

  test('handing over and withdrawing', async () => {
    await decide(city, 'window01', caseId, 'accept');
    const { official, task } = await taskFor(city, 'reviewer01', caseId, 'transfer');
    const to = city.demo.officials.find((one) => one.username === 'reviewer02')?.id ?? '';
    const once = { params: { id: task.id }, body: { version: task.version, to, reason: '出差' }, idempotencyKey: key() };
    expect(await official.call(api.transferTask, once)).toEqual(await official.call(api.transferTask, once));
    const withdraw = { params: { id: caseId }, body: {}, idempotencyKey: key() };
    expect(await citizen.call(api.withdrawCase, withdraw)).toEqual(await citizen.call(api.withdrawCase, withdraw));
    expect(await count('withdrawn')).toBe(1);
  });
});

describe('commands of the same moment', () => {
  test('are written together, yet each has its own answer: what does not fit refuses itself alone', async () => {
    const ids = [caseId, ...(await Promise.all([1, 2, 3, 4, 5].map(() => applyForCard(city, citizen))))];
    const found = await Promise.all(ids.map((id) => taskFor(city, 'window01', id, 'decide')));
    const commands = found.map(({ task }) => ({ params: { id: task.id }, body: { version: task.version, outcome: 'accept', opinion: '齐全' }, idempotencyKey: key() }));
    const [first, second, ...rest] = commands as [typeof commands[0], typeof commands[0], ...typeof commands];
    const together = [first, second, first, { ...second, idempotencyKey: key() }, { ...second, body: { ...second.body, opinion: '又' } }, ...rest];
    const answers = await Promise.allSettled(together.map((command) => found[0]?.official.call(api.completeTask, command)));
    const statuses = answers.map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { problem: { code: string } }).problem.code));
    expect(statuses[0]).toBe('done');
    expect(answers[2]).toEqual(answers[0]);
    expect(statuses.slice(5)).toEqual(['done', 'done', 'done', 'done']);
    // Of three that want the same task one wins: the two others are told that the task or the key is taken.
    const rivals = [statuses[1], statuses[3], statuses[4]];
    expect(rivals.filter((one) => one === 'done')).toHaveLength(1);
    for (const one of rivals) expect(['done', 'task.changed', 'idempotency.key-reused']).toContain(one);
    for (const id of ids) expect(await count('accepted', id)).toBe(1);
  });
});

describe('the fifteen states', () => {
  test('no special procedure before acceptance (§45): it is not offered and is refused', async () => {
    const { official, task } = await taskFor(city, 'window01', caseId, 'decide');
    expect(task.acts).not.toContain('suspend');
    const body = { version: task.version, kind: 'testing' as const, plannedDays: 5, reason: '检测' };
    await expect(official.call(api.suspendCase, { params: { id: task.id }, body, idempotencyKey: key() })).rejects.toMatchObject(code('case.wrong-state'));
  });

  test('withdrawn while a special procedure runs: the procedure ends with the case', async () => {
    await decide(city, 'window01', caseId, 'accept');
    await act(city, 'reviewer01', caseId, 'suspend', api.suspendCase, { kind: 'testing', plannedDays: 5, reason: '检测' });
    expect((await mine()).canWithdraw).toBe(true);
    expect((await citizen.call(api.withdrawCase, { params: { id: caseId }, body: {}, idempotencyKey: key() })).state).toBe(14);
    const detail = await (await city.official('reviewer01')).call(api.openCase, { params: { id: caseId } });
    expect(detail.suspensions[0]?.until).not.toBeNull();
  });

  test('a correction that lapses before acceptance ends as withdrawn before acceptance, each language in its own words', async () => {
    await act(city, 'window01', caseId, 'askCorrection', api.askCorrection, { items: [{ target: 'field', key: 'phone', why: '空号' }] });
    await correctionLapsed(city.site.site.use(Cases).desk, caseId);
    const ended = await mine();
    expect(ended).toMatchObject({ state: 2, correction: null });
    expect(ended.timeline.at(-1)?.detail).toEqual({ zh: '逾期未补正，视为撤回申请', en: 'Not corrected in time; taken as withdrawn' });
  });
});

describe('委派', () => {
  test('who was only asked can’t send back or stop the case, and giving it back goes to who asked', async () => {
    await decide(city, 'window01', caseId, 'accept');
    const to = city.demo.officials.find((one) => one.username === 'reviewer02')?.id ?? '';
    await act(city, 'reviewer01', caseId, 'delegate', api.delegateTask, { to, reason: '请核对' });
    const { task } = await taskFor(city, 'reviewer02', caseId, 'release');
    expect(task.acts.sort()).toEqual(['decide', 'release', 'transfer']);
    await act(city, 'reviewer02', caseId, 'release', api.releaseTask, {});
    await decide(city, 'reviewer01', caseId, 'pass');
  });

  test('what the platform knows can’t be replaced by what a decision sends along', async () => {
    const { official, task } = await taskFor(city, 'window01', caseId, 'decide');
    const body = { version: task.version, outcome: 'accept', variables: { applicant: { id: 'x', name: '别人' } } };
    await official.call(api.completeTask, { params: { id: task.id }, body, idempotencyKey: key() });
    const { rows } = await city.site.database.as(city.site.database.system, (tx) => tx.query<{ state: unknown }>('select processes.read($1) as state', [caseId]));
    expect(JSON.stringify(rows[0])).not.toContain('别人');
  });
});
