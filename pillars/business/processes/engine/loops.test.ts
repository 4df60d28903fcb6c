import { describe, expect, test } from 'vitest';
import { flows, play, process, user, type Play } from './fixture.ts';

const multi = (attributes: string, inner = '', task = 'zhengwu:outcomes="approve,refuse"'): string =>
  process(user('t', task, `<multiInstanceLoopCharacteristics zhengwu:elementVariable="dept" ${attributes}>${inner}</multiInstanceLoopCharacteristics>`), 's>t, t>e');
const all = 'zhengwu:collection="depts"';
const depts = { depts: ['tax', 'seal', 'insurance'] };
const answer = (run: Play, item: string, outcome = 'approve', variables = {}): Play =>
  run.do({ type: 'completeTask', token: run.tasks.find((task) => task.item === item)?.token ?? -1, outcome, variables });

describe('multi-instance', () => {
  test('one task for each element, with the whole as its parent', async () => {
    const run = await play(multi(all), depts);
    expect(run.tasks.map(({ item, instanceOf }) => [item, instanceOf])).toEqual([['tax', 1], ['seal', 1], ['insurance', 1]]);
    answer(answer(run, 'seal'), 'tax');
    expect(run.state.s).toBe('running');
    expect(answer(run, 'insurance').state.s).toBe('completed');
  });

  test('no elements, no tasks', async () => {
    expect((await play(multi(all), { depts: [] })).state.s).toBe('completed');
    expect((await play(multi(all), { depts: 5 })).of('incident')).toMatchObject([{ element: 't' }]);
  });

  test('a thousand instances are taken, more is an incident', async () => {
    const counted = (count: string): string => process(user('t', '', `<multiInstanceLoopCharacteristics><loopCardinality>${count}</loopCardinality></multiInstanceLoopCharacteristics>`), 's>t, t>e');
    expect((await play(counted('1000'))).tasks).toHaveLength(1000);
    expect((await play(counted('1000000000'))).of('incident')).toMatchObject([{ element: 't', reason: expect.stringContaining('the most is 1000') }]);
  });

  test('results are collected and a completion condition ends the rest', async () => {
    const run = await play(multi(`${all} zhengwu:outputCollection="notes" zhengwu:outputElement="note"`, '<completionCondition>numberOfCompletedInstances &gt;= 2</completionCondition>'), depts);
    answer(answer(run, 'tax', 'approve', { note: 'A' }), 'seal', 'refuse', { note: 'B' });
    expect(run.variables).toMatchObject({ notes: ['A', 'B'] });
    expect(run.of('closeTask').at(-1)).toMatchObject({ reason: 'decided' });
    expect(run.state.s).toBe('completed');
  });

  test('依次 in turn: one after the other; a refusal ends it', async () => {
    const run = await play(multi(`${all} zhengwu:policy="inTurn"`), depts);
    expect(run.tasks.map(({ item }) => item)).toEqual(['tax']);
    expect(answer(run, 'tax').tasks.map(({ item }) => item)).toEqual(['seal']);
    expect(answer(run, 'seal', 'refuse').state).toMatchObject({ s: 'completed', o: 'refuse' });
  });

  test('会签 all: everybody must agree; the first refusal decides', async () => {
    const yes = await play(multi(`${all} zhengwu:policy="all"`), depts);
    for (const dept of depts.depts) answer(yes, dept);
    expect(yes.variables).toMatchObject({ outcome: 'approve' });
    const no = answer(await play(multi(`${all} zhengwu:policy="all"`), depts), 'seal', 'refuse');
    expect(no.state).toMatchObject({ s: 'completed', o: 'refuse' });
  });

  test('或签 any: the first answer decides', async () => {
    expect(answer(await play(multi(`${all} zhengwu:policy="any"`), depts), 'seal').state).toMatchObject({ s: 'completed', o: 'approve' });
  });

  test('比例 share: ends as soon as the share is reached or out of reach', async () => {
    const share = multi(`${all} zhengwu:policy="share:0.6"`);
    const yes = await play(share, depts);
    expect(answer(yes, 'tax').state.s).toBe('running');
    expect(answer(yes, 'seal').state).toMatchObject({ s: 'completed', o: 'approve' });
    const no = answer(answer(await play(share, depts), 'tax', 'refuse'), 'seal', 'refuse');
    expect(no.state).toMatchObject({ s: 'completed', o: 'refuse' });
  });

  test('a boundary timer belongs to the whole', async () => {
    const xml = multi(all).replace('<endEvent', `<boundaryEvent id="b" attachedToRef="t"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent><sequenceFlow id="b_e" sourceRef="b" targetRef="e"/><endEvent`);
    const run = await play(xml, depts);
    expect(run.of('startTimer')).toHaveLength(1);
    run.fire('b');
    expect(run.open).toEqual([]);
    expect(run.state.s).toBe('completed');
  });

  test('sub-processes and calls repeat too; cardinality counts', async () => {
    const sub = `<subProcess id="sub"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics><startEvent id="a"/>${user('t')}<endEvent id="z"/>${flows('a>t, t>z')}</subProcess>`;
    const run = await play(process(sub, 's>sub, sub>e'));
    expect(run.complete('t').open).toEqual(['t']);
    expect(run.complete('t').state.s).toBe('completed');
  });

  test('a standard loop repeats while its condition holds, at most as often as it says', async () => {
    const loop = (attributes: string, condition: string): string => process(user('t', '', `<standardLoopCharacteristics ${attributes}><loopCondition>${condition}</loopCondition></standardLoopCharacteristics>`), 's>t, t>e');
    const run = await play(loop('', 'more'), { more: true });
    run.complete('t', undefined, { more: true });
    expect(run.complete('t', undefined, { more: false }).state.s).toBe('completed');
    expect((await play(loop('testBefore="true"', 'more'), { more: false })).state.s).toBe('completed');
    const most = await play(loop('loopMaximum="2"', 'true'));
    expect(most.complete('t').complete('t').state.s).toBe('completed');
  });
});

describe('signers', () => {
  test('加签 adds an instance to a countersigning, 减签 takes one away; the last stays', async () => {
    const run = await play(multi(`${all} zhengwu:policy="all"`), { depts: ['tax'] });
    run.do({ type: 'addSigner', token: 2, signer: 'seal' });
    expect(run.tasks.map(({ item }) => item)).toEqual(['tax', 'seal']);
    answer(run, 'tax');
    expect(run.state.s).toBe('running');
    run.do({ type: 'removeSigner', token: run.token('t') });
    expect(run.state).toMatchObject({ s: 'completed', o: 'approve' });
    const one = await play(multi(`${all} zhengwu:policy="all"`), { depts: ['tax'] });
    expect(one.refused({ type: 'removeSigner', token: 2 })).toBe('last-signer');
  });

  test('加签 in turn comes next', async () => {
    const run = await play(multi(`${all} zhengwu:policy="inTurn"`), { depts: ['tax', 'seal'] });
    run.do({ type: 'addSigner', token: 2, signer: 'law' });
    expect(answer(run, 'tax').tasks.map(({ item }) => item)).toEqual(['law']);
  });

  test('a signer beside a single task: the task ends when all have answered, and one refusal decides', async () => {
    const run = await play(process(user('t', 'zhengwu:outcomes="approve,refuse"') + user('u'), 's>t, t>u, u>e'));
    run.do({ type: 'addSigner', token: 1, signer: 'law' });
    expect(run.tasks.map(({ item, instanceOf }) => [item, instanceOf])).toEqual([[undefined, undefined], ['law', 1]]);
    run.do({ type: 'completeTask', token: 1, outcome: 'approve', variables: { note: 'mine' } });
    expect(run.refused({ type: 'completeTask', token: 1, outcome: 'approve' })).toBe('not-a-task');
    expect(run.tasks.map(({ item }) => item)).toEqual(['law']);
    answer(run, 'law', 'refuse');
    expect(run.open).toEqual(['u']);
    expect(run.variables).toEqual({ note: 'mine', outcome: 'refuse' });
  });

  test('a removed signer is no longer waited for', async () => {
    const run = await play(process(user('t') + user('u'), 's>t, t>u, u>e'));
    run.do({ type: 'addSigner', token: 1, signer: 'law' });
    const added = run.tasks.find(({ item }) => item === 'law')?.token ?? -1;
    run.do({ type: 'completeTask', token: 1, outcome: 'approve' }).do({ type: 'removeSigner', token: added });
    expect(run.open).toEqual(['u']);
  });
});

describe('sending back 驳回', () => {
  const chain = process(`${user('a')}${user('b')}${user('c')}`, 's>a, a>b, b>c, c>e');

  test('goes to any earlier step and runs on from there', async () => {
    const run = (await play(chain)).complete('a').complete('b');
    run.do({ type: 'sendBack', token: run.token('c'), to: 'a', variables: { why: 'blurred' } });
    expect(run.of('closeTask').at(-1)).toMatchObject({ element: 'c', reason: 'sentBack' });
    expect(run.open).toEqual(['a']);
    expect(run.complete('a').open).toEqual(['b']);
    expect(run.variables).toEqual({ why: 'blurred' });
  });

  test('returns straight to the sender when asked to', async () => {
    const run = (await play(chain)).complete('a').complete('b');
    run.do({ type: 'sendBack', token: run.token('c'), to: 'a', returnToSender: true });
    expect(run.complete('a').open).toEqual(['c']);
    expect(run.complete('c').state.s).toBe('completed');
  });

  test('not forwards, not to what is no user task, not from a stale token', async () => {
    const run = await play(chain);
    expect(run.refused({ type: 'sendBack', token: 1, to: 'b' })).toBe('not-earlier');
    expect(run.refused({ type: 'sendBack', token: 1, to: 'nowhere' })).toBe('not-in-scope');
    expect(run.refused({ type: 'sendBack', token: 9, to: 'a' })).toBe('unknown-token');
  });

  const parallel = process(`<parallelGateway id="g"/><parallelGateway id="j"/>${['f', 'a', 'a2', 'b', 'x'].map((id) => user(id)).join('')}`, 's>f, f>g, g>a, a>a2, g>b, a2>j, b>j, j>x, x>e');

  test('inside a branch it leaves the others alone', async () => {
    const run = (await play(parallel)).complete('f').complete('a');
    run.do({ type: 'sendBack', token: run.token('a2'), to: 'a' });
    expect(run.open).toEqual(['a', 'b']);
    run.complete('a').complete('a2').complete('b');
    expect(run.open).toEqual(['x']);
  });

  test('before the split it takes back every branch, also one that waits at the join', async () => {
    const run = (await play(parallel)).complete('f').complete('a').complete('b');
    run.do({ type: 'sendBack', token: run.token('a2'), to: 'f' });
    expect(run.open).toEqual(['f']);
    expect(run.complete('f').open).toEqual(['a', 'b']);
    expect(run.complete('a').complete('a2').complete('b').complete('x').state.s).toBe('completed');
  });

  test('into a branch that is joined already it would wait for ever, so it is refused', async () => {
    const run = (await play(parallel)).complete('f').complete('a').complete('a2').complete('b');
    expect(run.refused({ type: 'sendBack', token: run.token('x'), to: 'a' })).toBe('would-not-join');
    run.do({ type: 'sendBack', token: run.token('x'), to: 'a', returnToSender: true });
    expect(run.complete('a').open).toEqual(['x']);
  });
});
