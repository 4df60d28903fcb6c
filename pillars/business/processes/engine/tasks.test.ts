import { describe, expect, test } from 'vitest';
import { file, flows, play, process, user } from './fixture.ts';

describe('tasks', () => {
  test('a user task opens with what the model says of it and ends with an outcome', async () => {
    const xml = process(user('t', `name="初审" zhengwu:stage="review" zhengwu:kind="review" zhengwu:department="=dept + &quot;01&quot;" zhengwu:post="reviewer"
      zhengwu:outcomes="approve,refuse" zhengwu:limit="5"`), 's>t, t>e');
    const run = await play(xml, { dept: '99' });
    expect(run.tasks).toEqual([{ type: 'openTask', token: 1, element: 't', name: '初审', stage: 'review', kind: 'review', department: '9901', post: 'reviewer', outcomes: ['approve', 'refuse'], limit: '5' }]);
    expect(run.refused({ type: 'completeTask', token: 1, outcome: 'maybe' })).toBe('unknown-outcome');
    run.complete('t', 'approve', { note: 'ok' });
    expect(run.state).toMatchObject({ s: 'completed', o: 'approve' });
    expect(run.variables).toEqual({ dept: '99', note: 'ok', outcome: 'approve' });
    expect(run.effects).toEqual([
      { type: 'closeTask', token: 1, element: 't', reason: 'completed', outcome: 'approve' },
      { type: 'completed', outcome: 'approve', variables: { dept: '99', note: 'ok', outcome: 'approve' } },
    ]);
  });

  test('a task completed twice is refused the second time and nothing changes', async () => {
    const run = await play(process(user('t') + user('u'), 's>t, t>u, u>e'));
    run.do({ type: 'completeTask', token: 1 });
    const { state } = run;
    expect(run.refused({ type: 'completeTask', token: 1 })).toBe('unknown-token');
    expect(run.state).toEqual(state);
    expect(run.effects).toEqual([]);
  });

  test('a typical state is 80 to 300 bytes', async () => {
    const run = await play(process(user('t') + user('u') + '<parallelGateway id="g"/>', 's>g, g>t, g>u, t>e, u>e'), { caseNumber: 'YC20261123000001' });
    expect(JSON.stringify(run.state).length).toBeLessThan(300);
  });

  test('a manual and a plain task are passed', async () => {
    expect((await play(process('<manualTask id="m"/><task id="t"/>', 's>m, m>t, t>e'))).state.s).toBe('completed');
  });

  test('a service task invokes with mapped input and takes mapped output', async () => {
    const mapping = '<extensionElements><zhengwu:input name="fen" expression="amount * 100"/><zhengwu:output name="paid" expression="receipt.ok"/></extensionElements>';
    const run = await play(process(`<serviceTask id="t" zhengwu:operation="payments.charge">${mapping}</serviceTask>`, 's>t, t>e'), { amount: 20 });
    expect(run.of('invoke')).toEqual([{ type: 'invoke', token: 1, element: 't', operation: 'payments.charge', input: { fen: 2000 } }]);
    run.do({ type: 'invocationResult', token: 1, ok: true, variables: { receipt: { ok: true }, noise: 1 } });
    expect(run.variables).toEqual({ amount: 20, paid: true });
    expect(run.refused({ type: 'invocationResult', token: 1, ok: true })).toBe('not-running');
  });

  test('a failed invocation is an incident that can be tried again', async () => {
    const run = await play(process('<serviceTask id="t" zhengwu:operation="x.y"/>', 's>t, t>e'));
    run.do({ type: 'invocationResult', token: 1, ok: false, code: 'down', message: 'no answer' });
    expect(run.of('incident')).toEqual([{ type: 'incident', token: 1, element: 't', reason: 'down: no answer' }]);
    expect(run.refused({ type: 'invocationResult', token: 1, ok: true })).toBe('unknown-token');
    run.do({ type: 'retry', token: 1 });
    expect(run.of('invoke')).toHaveLength(2);
    run.do({ type: 'invocationResult', token: 1, ok: true });
    expect(run.state.s).toBe('completed');
  });

  test('a send task sends its message and goes on', async () => {
    const run = await play(process('<sendTask id="t" messageRef="m"/>', 's>t, t>e', '<message id="m" name="notice" zhengwu:correlation="no"/>'), { no: 7 });
    expect(run.of('sendMessage')).toEqual([{ type: 'sendMessage', name: 'notice', element: 't', correlation: 7, variables: { no: 7 } }]);
    expect(run.state.s).toBe('completed');
  });

  test('a receive task waits for its message by key', async () => {
    const run = await play(process('<receiveTask id="t" messageRef="m"/>', 's>t, t>e', '<message id="m" name="paid" zhengwu:correlation="no"/>'), { no: 7 });
    expect(run.refused({ type: 'deliverMessage', name: 'paid', correlation: 8 })).toBe('no-subscriber');
    expect(run.refused({ type: 'deliverMessage', name: 'other', correlation: 7 })).toBe('no-subscriber');
    run.do({ type: 'deliverMessage', name: 'paid', correlation: 7, variables: { fen: 100 } });
    expect(run.variables).toEqual({ no: 7, fen: 100 });
    expect(run.subscriptions).toEqual([]);
  });

  test('a script is FEEL; a warning is an incident, not a null', async () => {
    const xml = process('<scriptTask id="t" zhengwu:resultVariable="sum"><script>a + b</script></scriptTask>', 's>t, t>e');
    expect((await play(xml, { a: 1, b: 2 })).variables).toEqual({ a: 1, b: 2, sum: 3 });
    const run = await play(xml, { a: 1 });
    expect(run.of('incident')).toMatchObject([{ element: 't', reason: expect.stringContaining("'b' not found") }]);
    run.do({ type: 'updateVariables', variables: { b: 5 } }).do({ type: 'retry', token: run.of('incident')[0]?.token ?? 0 });
    expect(run.variables).toEqual({ a: 1, b: 5, sum: 6 });
    expect(run.state.s).toBe('completed');
  });

  test('a business rule asks the decision; its warnings are incidents', async () => {
    const xml = process('<businessRuleTask id="t" zhengwu:decision="fee" zhengwu:resultVariable="fee"/>', 's>t, t>e');
    const decide = (name: string, input: object) => ({ value: `${name}:${JSON.stringify(input)}`, warnings: [] });
    expect((await play(xml, { a: 1 }, { decide })).variables).toEqual({ a: 1, fee: 'fee:{"a":1}' });
    const bad = await play(xml, {}, { decide: () => ({ value: null, warnings: ['no rule matches'] }) });
    expect(bad.of('incident')).toMatchObject([{ element: 't', reason: 'fee: no rule matches' }]);
  });

  test('an output that fails is told to who completes; the task stays open', async () => {
    const xml = process(user('t', '', '<extensionElements><zhengwu:output name="x" expression="given + 1"/></extensionElements>'), 's>t, t>e');
    const run = await play(xml);
    expect(run.refused({ type: 'completeTask', token: 1 })).toBe('incident');
    run.complete('t', undefined, { given: 1 });
    expect(run.variables).toEqual({ x: 2 });
  });

  test('an instance in suspension takes no work, keeps what came, and goes on with it', async () => {
    const xml = process(user('t', '', '') + '<boundaryEvent id="b" attachedToRef="t"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>' + user('late'), 's>t, t>e, b>late, late>e');
    const run = await play(xml);
    const timer = run.timers['b'] ?? '';
    run.do({ type: 'suspend', reason: '检验检测' });
    expect(run.refused({ type: 'completeTask', token: 1 })).toBe('suspended');
    run.do({ type: 'fireTimer', timer });
    expect(run.open).toEqual(['t']);
    run.do({ type: 'resume' });
    expect(run.open).toEqual(['late']);
    expect(run.state).not.toHaveProperty('h');
    expect(run.refused({ type: 'resume' })).toBe('not-suspended');
  });

  test('cancelling closes everything', async () => {
    const xml = file(`<process id="p" isExecutable="true"><startEvent id="s"/><subProcess id="sub"><startEvent id="a"/>${user('t')}<endEvent id="z"/>${flows('a>t, t>z')}</subProcess><endEvent id="e"/>${flows('s>sub, sub>e')}</process>`);
    const run = await play(xml);
    run.do({ type: 'cancel', reason: '撤回' });
    expect(run.open).toEqual([]);
    expect(run.state.s).toBe('cancelled');
    expect(run.refused({ type: 'completeTask', token: 2 })).toBe('not-running');
  });
});
