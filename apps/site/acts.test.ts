import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { act, applyForCard, decide, picture, taskFor } from './test/people.ts';
import { key, openCity, type TestCity } from './test/city.ts';

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
const open = async (account: string) => (await city.official(account)).call(api.openCase, { params: { id: caseId } });
const code = (value: string) => ({ problem: { code: value } });

describe('correction, once (行政许可法 §32)', () => {
  const ask = () => act(city, 'window01', caseId, 'askCorrection', api.askCorrection, {
    items: [{ target: 'material', key: 'portrait-photo', why: '照片背景不是白色' }, { target: 'field', key: 'phone', why: '电话是空号' }],
  });

  test('everything is named at once, only that can be changed, all of it must come, the task returns to who asked', async () => {
    expect((await ask()).state).toBe(6);
    const asked = await mine();
    expect(asked).toMatchObject({ state: 6, todo: 'correct' });
    expect(asked.correction?.items.map((item) => item.key).sort()).toEqual(['phone', 'portrait-photo']);
    expect(asked.correction?.form?.layout.map((field) => field.key)).toEqual(['phone']);
    const correct = (values: Record<string, unknown>, materials: { material: string; upload: string }[]) =>
      citizen.call(api.correctCase, { params: { id: caseId }, body: { values, materials }, idempotencyKey: key() });
    await expect(correct({ phone: '12500000009' }, [])).rejects.toMatchObject({ problem: { issues: [{ path: '/materials/portrait-photo' }] } });
    const photo = await picture(city, citizen, 'identity-card-replacement', 'portrait-photo');
    expect((await correct({ phone: '12500000009', reason: 'damaged' }, [photo])).state).toBe(7);
    const detail = await open('window01');
    const answers = detail.sections.flatMap((section) => section.answers);
    expect(answers.find((one) => one.key === 'phone')?.changed).toBe(true);
    expect(answers.find((one) => one.key === 'reason')?.changed).toBe(false);
    expect(detail.tasks[0]).toMatchObject({ status: 'claimed' });
    await decide(city, 'window01', caseId, 'accept');
  });

  test('it can’t be asked again while it is open, nor be decided past it', async () => {
    await ask();
    const detail = await open('window01');
    expect(detail.tasks.flatMap((task) => task.acts)).not.toContain('askCorrection');
    const official = await city.official('window01');
    const task = detail.tasks[0] as api.CaseTask;
    await expect(official.call(api.completeTask, { params: { id: task.id }, body: { version: task.version, outcome: 'accept' }, idempotencyKey: key() })).rejects.toMatchObject(code('case.correction-asked'));
  });
});

describe('the clock', () => {
  test('a special procedure stops it with written notice and resumes it (§45)', async () => {
    await decide(city, 'window01', caseId, 'accept');
    expect((await act(city, 'reviewer01', caseId, 'suspend', api.suspendCase, { kind: 'expertReview', plannedDays: 5, reason: '需专家评审人像' })).state).toBe(9);
    const stopped = await mine();
    expect(stopped.clock).toMatchObject({ running: false, stoppedFor: { zh: expect.stringContaining('特别程序') } });
    expect(stopped.documents.map((one) => one.kind)).toContain('suspension');
    expect((await act(city, 'reviewer01', caseId, 'resume', api.resumeCase, { result: '评审通过' })).state).toBe(10);
    expect((await mine()).clock.running).toBe(true);
    await decide(city, 'reviewer01', caseId, 'pass');
  });

  test('the limit is extended once, with its reason (§42)', async () => {
    await decide(city, 'window01', caseId, 'accept');
    await decide(city, 'reviewer01', caseId, 'pass');
    const before = (await mine()).clock;
    await act(city, 'approver01', caseId, 'extend', api.extendCase, { days: 10, reason: '需要外地协查' });
    const after = (await mine()).clock;
    expect(after.promisedRemaining).toBe((before.promisedRemaining ?? 0) + 10);
    expect(after.extendedBy).toBe(10);
    expect((await open('approver01')).tasks.flatMap((task) => task.acts)).not.toContain('extend');
  });
});

describe('hands', () => {
  const colleague = async (account: string, from: string): Promise<string> => {
    const { official, task } = await taskFor(city, from, caseId, 'decide');
    const { people } = await official.call(api.taskCandidates, { params: { id: task.id }, query: {} });
    const wanted = city.demo.officials.find((one) => one.username === account);
    expect(people.map((one) => one.id)).toContain(wanted?.id);
    // Posts by their names in both languages, not by code.
    for (const post of people.flatMap((one) => one.posts)) expect([post.zh, post.en]).toEqual([expect.stringMatching(/[\u4e00-\u9fff]/), expect.stringMatching(/^[A-Za-z ,:()-]+$/)]);
    return wanted?.id ?? '';
  };
  beforeEach(() => decide(city, 'window01', caseId, 'accept'));

  test('who claims second is told who has it', async () => {
    const { official, task } = await taskFor(city, 'reviewer01', caseId, 'claim');
    const other = await city.official('reviewer02');
    const claim = (who: api.Client) => who.call(api.claimTask, { params: { id: task.id }, body: { version: task.version }, idempotencyKey: key() });
    const results = await Promise.allSettled([claim(official), claim(other)]);
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find((one) => one.status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({ problem: { status: 409, code: expect.stringMatching(/task\.(changed|not-yours)/) } });
    expect((lost.reason as api.ProblemError).problem.detail).toMatch(/[\u4e00-\u9fff]{2,3}/);
  });

  test('handed over 转办, it is the other’s alone', async () => {
    const to = await colleague('reviewer02', 'reviewer01');
    await act(city, 'reviewer01', caseId, 'transfer', api.transferTask, { to, reason: '出差' });
    await expect(decide(city, 'reviewer01', caseId, 'pass')).rejects.toThrow(/can't decide/);
    await decide(city, 'reviewer02', caseId, 'pass');
  });

  test('delegated 委派, the answer comes back to who asked', async () => {
    const to = await colleague('reviewer02', 'reviewer01');
    await act(city, 'reviewer01', caseId, 'delegate', api.delegateTask, { to, reason: '请核对人像' });
    await decide(city, 'reviewer02', caseId, 'pass', '人像一致');
    const detail = await open('reviewer01');
    const task = detail.tasks.find((one) => one.element === 'review');
    expect(task).toMatchObject({ status: 'claimed', opinion: expect.stringContaining('人像一致') });
    await decide(city, 'reviewer01', caseId, 'pass');
    expect((await open('approver01')).tasks.find((one) => one.element === 'approve')?.status).toBe('open');
  });

  test('a signer added 加签 must sign too before the step is done', async () => {
    const to = await colleague('reviewer02', 'reviewer01');
    await act(city, 'reviewer01', caseId, 'addSigner', api.addSigner, { to, reason: '疑难' });
    await decide(city, 'reviewer01', caseId, 'pass');
    expect((await open('approver01')).tasks.some((one) => one.element === 'approve')).toBe(false);
    await decide(city, 'reviewer02', caseId, 'pass');
    expect((await open('approver01')).tasks.some((one) => one.element === 'approve')).toBe(true);
  });

  test('sent back 驳回 to an earlier step, the resubmission returns straight to the sender', async () => {
    await decide(city, 'reviewer01', caseId, 'pass');
    await act(city, 'approver01', caseId, 'sendBack', api.sendBackTask, { element: 'review', reason: '请补充人像比对意见', returnToSender: true });
    const review = (await open('reviewer01')).tasks.filter((one) => one.element === 'review');
    expect(review.map((one) => one.status).sort()).toEqual(['done', 'open']);
    await decide(city, 'reviewer01', caseId, 'pass', '已补充');
    await decide(city, 'approver01', caseId, 'approve');
  });

  test('a supervisor takes over what somebody holds', async () => {
    const { official, task } = await taskFor(city, 'reviewer01', caseId, 'claim');
    await official.call(api.claimTask, { params: { id: task.id }, body: { version: task.version }, idempotencyKey: key() });
    await act(city, 'supervisor', caseId, 'takeOver', api.takeOverTask, { reason: '久未办理' });
    const detail = await open('reviewer01');
    expect(detail.tasks.find((one) => one.element === 'review')?.assignee?.name).not.toBe('');
    expect(detail.timeline.some((entry) => entry.title.zh.includes('接手'))).toBe(true);
    const { items } = await official.call(api.myMessages, { query: {} });
    expect(items.find((one) => one.caseId === caseId)).toMatchObject({ template: 'taskTakenOver', readAt: null, body: { zh: expect.stringContaining('久未办理') } });
  });

  test('who stands in for an absent person (委托代理) takes on 接办 what that person has reserved; of two who try one wins', async () => {
    const { official, task } = await taskFor(city, 'reviewer01', caseId, 'claim');
    await official.call(api.claimTask, { params: { id: task.id }, body: { version: task.version }, idempotencyKey: key() });
    const standIn = await city.official('reviewer02');
    const take = (who: api.Client, version: number) => who.call(api.takeOnTask, { params: { id: task.id }, body: { version, reason: '代理期间接办' }, idempotencyKey: key() });
    await expect(take(standIn, task.version + 1)).rejects.toMatchObject(code('task.not-yours'));
    expect((await open('reviewer02')).tasks.find((one) => one.id === task.id)?.acts).not.toContain('takeOn');
    const to = city.demo.officials.find((one) => one.username === 'reviewer02')?.id as string;
    const [startsAt, endsAt] = [-60_000, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString()) as [string, string];
    const away = await official.call(api.createDelegation, { body: { to, startsAt, endsAt, reason: '年休假' } });
    const seen = (await open('reviewer02')).tasks.find((one) => one.id === task.id) as api.CaseTask;
    expect(seen.acts).toContain('takeOn');
    const tries = await Promise.allSettled([take(standIn, seen.version), take(standIn, seen.version)]);
    expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await official.call(api.endDelegation, { params: { id: away.id } });
    const detail = await open('reviewer01');
    expect(detail.tasks.find((one) => one.id === task.id)?.assignee?.id).toBe(to);
    expect(detail.timeline.filter((entry) => entry.kind === 'takenOver')).toMatchObject([{ detail: { zh: '代理期间接办' } }]);
    expect((await official.call(api.myMessages, { query: {} })).items.filter((one) => one.caseId === caseId)).toHaveLength(1);
    const { rows } = await city.site.database.as(city.site.database.system, (tx) => tx.query('select 1 from audit.record where event = $1 and subject = $2', ['task.takenOver', task.id]));
    expect(rows).toHaveLength(1);
  });

  test('a refusal without a reason is refused (§38); with one the case is closed and the notice says why', async () => {
    await decide(city, 'reviewer01', caseId, 'pass');
    await expect(decide(city, 'approver01', caseId, 'refuse', '')).rejects.toMatchObject(code('task.reason-missing'));
    await decide(city, 'approver01', caseId, 'refuse', '不符合补领条件');
    const closed = await mine();
    expect(closed.state).toBe(13);
    expect(closed.documents.map((one) => one.kind)).toContain('refusal');
    const { documents } = await open('approver01');
    expect(documents.map((one) => one.kind)).toEqual(expect.arrayContaining(['receipt', 'acceptance', 'refusal']));
    expect(documents.find((one) => one.kind === 'refusal')?.address).toBe(`/api/cases/${caseId}/documents/refusal`);
  });
});

describe('together and afterwards', () => {
  test('a safe decision on many tasks at once; each answers for itself', async () => {
    const second = await applyForCard(city, citizen);
    const official = await city.official('window01');
    const { items } = await official.call(api.workList, { query: { queue: 'todo', limit: 100 } });
    const wanted = items.filter((one) => [caseId, second].includes(one.caseId));
    const tasks = [...wanted.map((one) => ({ id: one.id, version: one.version })), { id: '0190f7a0-0000-7000-8000-00000000dead', version: 1 }];
    const answer = await official.call(api.batchComplete, { body: { tasks, outcome: 'accept' }, idempotencyKey: key() });
    expect(answer.done).toHaveLength(2);
    expect(answer.refused).toMatchObject([{ code: 'task.unknown' }]);
  });

  test('withdrawn before acceptance and after are two states', async () => {
    const withdraw = (id: string) => citizen.call(api.withdrawCase, { params: { id }, body: {}, idempotencyKey: key() });
    expect((await withdraw(caseId)).state).toBe(2);
    const accepted = await applyForCard(city, citizen);
    await decide(city, 'window01', accepted, 'accept');
    expect((await withdraw(accepted)).state).toBe(14);
    await expect(withdraw(accepted)).rejects.toMatchObject(code('case.wrong-state'));
  });

  test('a masked number is shown on request only, and the look is recorded', async () => {
    const detail = await open('window01');
    const number = detail.sections.flatMap((section) => section.answers).find((one) => one.key === 'citizenNumber');
    expect(number?.display.zh).toMatch(/^990\*+/);
    const official = await city.official('window01');
    const { value } = await official.call(api.revealField, { params: { id: caseId }, body: { key: 'citizenNumber', reason: '核对' } });
    expect(value).toMatch(/^\d{17}[\dX]$/);
    const { rows } = await city.site.database.as(city.site.database.system, (tx) => tx.query('select event from audit.record where subject like $1', [`%${caseId}%`]));
    expect(rows.map((row) => row['event'])).toEqual(expect.arrayContaining(['case.submitted', 'case.revealed', 'case.read']));
  });

  test('circulated 传阅 once a key, with its line in the history; a verdict on a material leaves one too, the same again none', async () => {
    const official = await city.official('window01');
    const to = city.demo.officials.filter((one) => ['reviewer01', 'tax01'].includes(one.username));
    const sent = { params: { id: caseId }, body: { to: to.map((one) => one.id), note: '请阅' }, idempotencyKey: key() };
    expect(await official.call(api.circulateCase, sent)).toEqual({ sent: 2 });
    const reader = await city.official('tax01');
    expect(await reader.call(api.readCirculated, { params: { id: caseId } })).toEqual({ read: true });
    expect(await official.call(api.circulateCase, sent)).toEqual({ sent: 2 });
    expect(await reader.call(api.readCirculated, { params: { id: caseId } })).toEqual({ read: false });
    await expect(official.call(api.circulateCase, { ...sent, body: { to: [caseId] }, idempotencyKey: key() })).rejects.toMatchObject(code('case.nobody'));
    const admin = await city.official('admin');
    const traffic = city.demo.officials.filter((one) => ['traffic01', 'traffic02'].includes(one.username));
    await admin.call(api.putGroup, { params: { code: 'road-safety' }, body: { version: 0, name: { zh: '道路安全', en: 'Road safety' }, department: 1, members: traffic.map((one) => one.id), reason: '成立' } });
    const grouped = { params: { id: caseId }, body: { groups: ['road-safety'], to: [traffic[0]!.id] } };
    expect(await official.call(api.circulateCase, { ...grouped, idempotencyKey: key() })).toEqual({ sent: 2 });
    expect(await (await city.official('traffic02')).call(api.readCirculated, { params: { id: caseId } })).toEqual({ read: true });
    for (const body of [{ groups: ['no-such-group'] }, {}]) await expect(official.call(api.circulateCase, { params: { id: caseId }, body, idempotencyKey: key() })).rejects.toMatchObject(code('case.nobody'));
    const material = (await open('window01')).materials[0]?.id as string;
    for (let times = 0; times < 2; times += 1) await official.call(api.checkMaterial, { params: { id: caseId, material }, body: { verdict: 'incomplete', note: '人像模糊' } });
    const lines = (await open('window01')).timeline.filter((entry) => ['circulated', 'materialChecked'].includes(entry.kind));
    expect(lines.map((entry) => entry.detail?.zh)).toEqual(['请阅', undefined, '人像模糊']);
    expect(lines[1]?.title.zh).toContain('道路安全（2人）');
    for (const one of to) expect(lines[0]?.title.zh).toContain(one.name);
    expect((await mine()).timeline.some((entry) => entry.kind === 'circulated')).toBe(false);
  });

  test('a chase 督办 is answered once, its chaser is told; late, chaser and handler are reminded once', async () => {
    const { official: handler, task } = await taskFor(city, 'window01', caseId, 'claim');
    await handler.call(api.claimTask, { params: { id: task.id }, body: { version: task.version }, idempotencyKey: key() });
    const boss = await city.official('supervisor');
    const answerBy = new Date(Date.now() + 86_400_000 * 2).toISOString().slice(0, 10);
    const chase = (text: string) => boss.call(api.chaseCase, { body: { caseId, text, answerBy }, idempotencyKey: key() });
    const { id } = await chase('请说明进度');
    await chase('请抄送结果');
    const answer = (who: api.Client) => who.call(api.answerChase, { params: { id }, body: { text: '今日办结' } });
    await expect(answer(await city.official('tax01'))).rejects.toMatchObject(code('chase.unknown'));
    await expect(answer(boss)).rejects.toMatchObject(code('chase.unknown'));
    expect(await answer(handler)).toMatchObject({ late: false, answer: { text: '今日办结' } });
    await expect(answer(handler)).rejects.toMatchObject(code('chase.answered'));
    const told = async (who: api.Client) => (await who.call(api.myMessages, { query: {} })).items.filter((one) => one.caseId === caseId).map((one) => one.template);
    expect(await told(boss)).toEqual(['chaseAnswered']);
    const { database } = city.site;
    const remind = () => database.as(database.system, (tx) => tx.query('select supervision.remind_late($1, now(), 100)', ['2099-01-01']));
    await remind();
    await remind();
    expect((await told(boss)).sort()).toEqual(['chaseAnswered', 'chaseLate']);
    expect(await told(handler)).toEqual(['chaseLate']);
    const { items } = await boss.call(api.caseChases, { params: { id: caseId } });
    expect(items.map((one) => one.answer?.text ?? null)).toEqual(['今日办结', null]);
    expect((await open('window01')).timeline.filter((entry) => entry.kind === 'chaseAnswered')).toHaveLength(1);
  });

  test('search is newest first; another order of it is refused, not ignored', async () => {
    const official = await city.official('reviewer01');
    await expect(official.call(api.listCases, { query: { q: '身份证', sort: 'due' } })).rejects.toMatchObject(code('case.sort-with-search'));
    const first = await official.call(api.listCases, { query: { sort: 'submitted', limit: 1 } });
    const second = await official.call(api.listCases, { query: { sort: 'submitted', limit: 1, after: first.next ?? '' } });
    expect(Date.parse(second.items[0]?.submittedAt ?? '')).toBeGreaterThan(Date.parse(first.items[0]?.submittedAt ?? ''));
  });

  test('search finds by number, name and service, within scope only', async () => {
    const { number } = await mine();
    const find = async (account: string, q: string) => (await (await city.official(account)).call(api.listCases, { query: { q } })).items.map((one) => one.id);
    expect(await find('reviewer01', number)).toContain(caseId);
    expect(await find('reviewer01', '林知夏')).toContain(caseId);
    expect(await find('reviewer01', '身份证')).toContain(caseId);
    expect(await find('tax01', number)).toEqual([]);
  });
});
