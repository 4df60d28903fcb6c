import { describe, expect, test } from 'vitest';
import { file, flows, play, process, user } from './fixture.ts';

describe('gateways', () => {
  const choice = process(`<exclusiveGateway id="g" default="g_c"/>${user('a')}${user('b')}${user('c')}`, 's>g, g>a{x &gt; 10}, g>b{x &gt; 5}, g>c, a>e, b>e, c>e');

  test('an exclusive gateway takes the first flow whose condition holds, else the default', async () => {
    expect((await play(choice, { x: 20 })).open).toEqual(['a']);
    expect((await play(choice, { x: 6 })).open).toEqual(['b']);
    expect((await play(choice, { x: 1 })).open).toEqual(['c']);
  });

  test('a condition that is no boolean or has no default left is an incident at the gateway, retried after a correction', async () => {
    const run = await play(choice, { x: 'many' });
    expect(run.of('incident')).toMatchObject([{ element: 'g' }]);
    run.do({ type: 'updateVariables', variables: { x: 7 } }).do({ type: 'retry', token: run.of('incident')[0]?.token ?? 0 });
    expect(run.open).toEqual(['b']);
    const none = await play(process(`<exclusiveGateway id="g"/>${user('a')}${user('b')}`, 's>g, g>a{x = 1}, g>b{x = 2}, a>e, b>e'), { x: 3 });
    expect(none.of('incident')).toMatchObject([{ element: 'g', reason: expect.stringContaining('no default') }]);
  });

  test('a parallel join waits for every flow', async () => {
    const run = await play(process(`<parallelGateway id="g"/><parallelGateway id="j"/>${user('a')}${user('b')}${user('c')}`, 's>g, g>a, g>b, a>j, b>j, j>c, c>e'));
    expect(run.open).toEqual(['a', 'b']);
    expect(run.complete('a').open).toEqual(['b']);
    expect(run.complete('b').open).toEqual(['c']);
    expect(run.complete('c').state.s).toBe('completed');
  });

  const inclusive = process(
    `<inclusiveGateway id="g" default="g_c"/><inclusiveGateway id="j"/>${['a', 'b', 'c', 'f'].map((id) => user(id)).join('')}`,
    's>g, g>a{a = true}, g>b{b = true}, g>c, a>j, b>j, c>j, j>f, f>e',
  );

  test('an inclusive gateway takes all that hold, or the default', async () => {
    expect((await play(inclusive, { a: true, b: true })).open).toEqual(['a', 'b']);
    expect((await play(inclusive, { a: true, b: false })).open).toEqual(['a']);
    expect((await play(inclusive, { a: false, b: false })).open).toEqual(['c']);
  });

  test('an inclusive join waits for what can still come, and for nothing else', async () => {
    const both = await play(inclusive, { a: true, b: true });
    expect(both.complete('a').open).toEqual(['b']);
    expect(both.complete('b').open).toEqual(['f']);
    expect((await play(inclusive, { a: true, b: false })).complete('a').open).toEqual(['f']);
  });

  test('BPMN 2.0.2 §13.4.3: a token that can still reach the join by another way holds it; one that cannot does not', async () => {
    // a: exclusive choice after the task whether it goes to the join or to its own end
    const xml = process(
      `<parallelGateway id="g"/><exclusiveGateway id="x" default="x_e2"/><inclusiveGateway id="j"/><endEvent id="e2"/>${['a', 'b', 'f', 'n'].map((id) => user(id)).join('')}`,
      's>g, g>a, g>b, a>x, x>j{go = true}, x>e2, b>j, j>f, f>e, g>n, n>e',
    );
    const run = await play(xml, { go: false });
    expect(run.complete('b').open).toEqual(['a', 'n']);
    expect(run.complete('a').open).toEqual(['f', 'n']);
  });

  test('a boundary event is a way to the join too', async () => {
    const xml = process(
      `<parallelGateway id="g"/><inclusiveGateway id="j"/>${['a', 'b', 'f'].map((id) => user(id)).join('')}<endEvent id="e2"/>
       <boundaryEvent id="t" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>`,
      's>g, g>a, g>b, a>e2, t>j, b>j, j>f, f>e',
    );
    const run = await play(xml);
    expect(run.complete('b').open).toEqual(['a']);
    expect(run.complete('a').open).toEqual(['f']);
    const late = await play(xml);
    late.complete('b').fire('t');
    expect(late.open).toEqual(['f']);
  });

  test('an inclusive join inside a loop fires once a round', async () => {
    const xml = process(
      `<exclusiveGateway id="m"/><inclusiveGateway id="g" default="g_b"/><inclusiveGateway id="j"/><exclusiveGateway id="x" default="x_e"/>${['a', 'b', 'r'].map((id) => user(id)).join('')}`,
      's>m, m>g, g>a{a = true}, g>b, a>j, b>j, j>r, r>x, x>m{again = true}, x>e',
    );
    const run = await play(xml, { a: true, again: true });
    expect(run.complete('a').open).toEqual(['r']);
    expect(run.complete('r', undefined, { again: true, a: false }).open).toEqual(['b']);
    run.complete('b');
    expect(run.complete('r', undefined, { again: false }).state.s).toBe('completed');
  });

  test('an event-based gateway follows the first event and forgets the others', async () => {
    const xml = process(
      `<eventBasedGateway id="g"/>${user('paidTask')}${user('lateTask')}
       <intermediateCatchEvent id="m"><messageEventDefinition messageRef="msg"/></intermediateCatchEvent>
       <intermediateCatchEvent id="t"><timerEventDefinition zhengwu:workingDays="3"/></intermediateCatchEvent>`,
      's>g, g>m, g>t, m>paidTask, t>lateTask, paidTask>e, lateTask>e', '<message id="msg" name="paid"/>',
    );
    const paid = await play(xml);
    expect(paid.of('startTimer')).toEqual([{ type: 'startTimer', timer: paid.timers['t'], token: 1, element: 't', workingDays: 3 }]);
    const { t } = paid.timers;
    paid.do({ type: 'deliverMessage', name: 'paid' });
    expect(paid.open).toEqual(['paidTask']);
    expect(paid.timers).toEqual({});
    expect(paid.refused({ type: 'fireTimer', timer: t ?? '' })).toBe('stale-timer');
    const late = (await play(xml)).fire('t');
    expect(late.open).toEqual(['lateTask']);
    expect(late.subscriptions).toEqual([]);
  });

  test('flows straight out of a task may carry conditions', async () => {
    const run = await play(process(`${user('t')}${user('a')}${user('b')}`, 's>t, t>a, t>b{x = 1}, a>e, b>e'), { x: 1 });
    expect(run.complete('t').open).toEqual(['a', 'b']);
  });

  test('a model that loops without waiting is stopped and changes nothing', async () => {
    const xml = process('<exclusiveGateway id="m"/><exclusiveGateway id="x" default="x_m"/><task id="t"/>', 's>m, m>t, t>x, x>m, x>e{stop = true}');
    await expect(play(xml, { stop: false })).rejects.toThrow('endless-loop');
  });

  test('each process of a file is a definition of its own', async () => {
    const one = (id: string): string => `<process id="${id}" isExecutable="true"><startEvent id="${id}s"/><endEvent id="${id}e"/>${flows(`${id}s>${id}e`)}</process>`;
    const run = await play(file(one('p') + one('q')));
    expect(run.definitions.map(({ id }) => id)).toEqual(['p', 'q']);
    expect(run.state.s).toBe('completed');
  });
});
