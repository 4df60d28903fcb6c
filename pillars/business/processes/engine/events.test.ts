import { describe, expect, test } from 'vitest';
import type { Definition } from './model.ts';
import { startEvents } from './starts.ts';
import { definitionsOf, file, flows, play, Play, process, user } from './fixture.ts';

const timer = (id: string, host: string, text: string, cancel = true): string =>
  `<boundaryEvent id="${id}" attachedToRef="${host}" cancelActivity="${cancel}"><timerEventDefinition>${text}</timerEventDefinition></boundaryEvent>`;
const boundary = (id: string, host: string, definition: string, cancel = true): string =>
  `<boundaryEvent id="${id}" attachedToRef="${host}" cancelActivity="${cancel}">${definition}</boundaryEvent>`;
const sub = (id: string, inner: string, flow: string, attributes = ''): string =>
  `<subProcess id="${id}" ${attributes}><startEvent id="${id}s"/>${inner}<endEvent id="${id}e"/>${flows(flow)}</subProcess>`;

describe('timers', () => {
  test('date, duration and cycle become UTC instants; a duration in months ends on a day that exists', async () => {
    const wait = (inner: string): string => process(`<intermediateCatchEvent id="c"><timerEventDefinition>${inner}</timerEventDefinition></intermediateCatchEvent>`, 's>c, c>e');
    const due = async (inner: string, now = '2026-01-31T08:00:00.000Z'): Promise<unknown> => {
      const run = await play(wait(inner), { at: '2026-12-01T00:00:00+08:00' }, { now });
      return run.of('startTimer')[0]?.due;
    };
    expect(await due('<timeDate>2026-12-01T08:00:00+08:00</timeDate>')).toBe('2026-12-01T00:00:00.000Z');
    expect(await due('<timeDate>=at</timeDate>')).toBe('2026-11-30T16:00:00.000Z');
    expect(await due('<timeDuration>P1M</timeDuration>')).toBe('2026-02-28T08:00:00.000Z');
    expect(await due('<timeDuration>P1DT2H3M4S</timeDuration>')).toBe('2026-02-01T10:03:04.000Z');
    expect(await due('<timeDuration>=duration("PT2H")</timeDuration>')).toBe('2026-01-31T10:00:00.000Z');
    expect(await due('<timeCycle>R3/PT1H</timeCycle>')).toBe('2026-01-31T09:00:00.000Z');
  });

  test('an interrupting boundary timer takes the task back', async () => {
    const run = (await play(process(user('t') + user('late') + timer('b', 't', '<timeDuration>P1D</timeDuration>'), 's>t, t>e, b>late, late>e'))).fire('b');
    expect(run.effects.slice(0, 2)).toMatchObject([{ type: 'closeTask', element: 't', reason: 'interrupted' }, { type: 'openTask', element: 'late' }]);
    expect(run.refused({ type: 'completeTask', token: 1 })).toBe('unknown-token');
  });

  test('a timer beside the work fires once; finishing the task cancels one that has not fired', async () => {
    const xml = process(user('t') + user('chase') + timer('b', 't', '<timeDuration>P1D</timeDuration>', false), 's>t, t>e, b>chase, chase>e');
    const run = await play(xml);
    const id = run.timers['b'] ?? '';
    run.fire('b');
    expect(run.open).toEqual(['chase', 't']);
    expect(run.refused({ type: 'fireTimer', timer: id })).toBe('stale-timer');
    run.complete('t');
    expect(run.of('cancelTimer')).toEqual([]);
    expect((await play(xml)).complete('t').timers).toEqual({});
  });

  test('a cycle beside the work repeats as often as it says and each firing counts once', async () => {
    const run = await play(process(user('t') + '<task id="chase"/><endEvent id="e2"/>' + timer('b', 't', '<timeCycle>R2/PT1H</timeCycle>', false), 's>t, t>e, b>chase, chase>e2'));
    const first = run.timers['b'] ?? '';
    run.fire('b');
    expect(run.refused({ type: 'fireTimer', timer: first })).toBe('stale-timer');
    const second = run.timers['b'] ?? '';
    run.fire('b');
    expect(second).toBe(`${first}.1`);
    expect(run.of('startTimer')).toHaveLength(2);
    expect(run.refused({ type: 'fireTimer', timer: second })).toBe('stale-timer');
  });
});

describe('messages and signals', () => {
  test('a message starts a process, meets a catch event and a boundary event', async () => {
    const xml = file(`<message id="m" name="apply"/><message id="w" name="withdraw"/><process id="p" isExecutable="true">
      <startEvent id="s"/><startEvent id="s2"><messageEventDefinition messageRef="m"/></startEvent>${user('t')}${user('u')}
      ${boundary('b', 't', '<messageEventDefinition messageRef="w"/>')}<endEvent id="e"/>${flows('s>t, s2>u, t>e, u>e, b>e')}</process>`);
    const definitions = await definitionsOf(xml);
    expect(startEvents(definitions[0] as Definition)).toEqual([{ id: 's', event: { on: 'none' } }, { id: 's2', event: { on: 'message', name: 'apply' } }]);
    expect(new Play(definitions).do({ type: 'start', message: 'apply' }).open).toEqual(['u']);
    expect(new Play(definitions).do({ type: 'start', at: 's2' }).open).toEqual(['u']);
    expect(new Play(definitions).refused({ type: 'start', message: 'other' })).toBe('no-start');
    const run = new Play(definitions).do({ type: 'start' });
    expect(run.refused({ type: 'start' })).toBe('already-started');
    run.do({ type: 'deliverMessage', name: 'withdraw' });
    expect(run.state.s).toBe('completed');
  });

  test('a message reaches one waiter, a signal all of them', async () => {
    const catchers = (definition: string): string =>
      process(`<parallelGateway id="g"/>${['a', 'b'].map((id) => `<intermediateCatchEvent id="${id}">${definition}</intermediateCatchEvent>`).join('')}`, 's>g, g>a, g>b, a>e, b>e', '<message id="m" name="m"/><signal id="x" name="x"/>');
    const message = (await play(catchers('<messageEventDefinition messageRef="m"/>'))).do({ type: 'deliverMessage', name: 'm' });
    expect(message.subscriptions).toHaveLength(1);
    expect(message.do({ type: 'deliverMessage', name: 'm' }).state.s).toBe('completed');
    const signal = (await play(catchers('<signalEventDefinition signalRef="x"/>'))).do({ type: 'broadcastSignal', name: 'x' });
    expect(signal.state.s).toBe('completed');
    expect(signal.subscriptions).toEqual([]);
  });

  test('a thrown signal reaches the same instance and is handed to the world', async () => {
    const run = await play(process(`<parallelGateway id="g"/>${user('t')}${boundary('b', 'w', '<signalEventDefinition signalRef="x"/>')}${user('w')}
      <intermediateThrowEvent id="th"><signalEventDefinition signalRef="x"/></intermediateThrowEvent>`, 's>g, g>t, g>w, t>th, th>e, w>e, b>e', '<signal id="x" name="x"/>'));
    run.complete('t');
    expect(run.of('sendSignal')).toMatchObject([{ name: 'x', element: 'th' }]);
    expect(run.state.s).toBe('completed');
  });
});

describe('errors and escalations', () => {
  const roots = '<error id="e1" errorCode="E1"/><error id="e2" errorCode="E2"/><escalation id="x" escalationCode="X"/>';

  test('the inner catcher of the code goes before the outer and before the catch-all', async () => {
    const error = (id: string, host: string, ref?: string): string => boundary(id, host, `<errorEventDefinition ${ref ? `errorRef="${ref}"` : ''} zhengwu:codeVariable="code"/>`);
    const xml = process(
      sub('sub', user('t') + error('in', 't', 'e1') + user('inner'), 'subs>t, t>sube, in>inner, inner>sube') + error('any', 'sub') + error('two', 'sub', 'e2') + user('outer') + user('outer2'),
      's>sub, sub>e, any>outer, two>outer2, outer>e, outer2>e', roots,
    );
    const failing = async (code: string): Promise<Play> => {
      const run = await play(xml);
      return run.do({ type: 'failTask', token: run.token('t'), code });
    };
    expect((await failing('E1')).open).toEqual(['inner']);
    expect((await failing('E2')).open).toEqual(['outer2']);
    const other = await failing('E3');
    expect(other.open).toEqual(['outer']);
    expect(other.variables).toEqual({ code: 'E3' });
  });

  test('an error end event leaves the sub-process by its boundary; uncaught, it is an incident', async () => {
    const inner = (tail: string): string => process(
      `<subProcess id="sub"><startEvent id="a"/><parallelGateway id="g"/>${user('t')}${user('u')}<endEvent id="z"><errorEventDefinition errorRef="e1"/></endEvent><endEvent id="y"/>${flows('a>g, g>t, g>u, t>z, u>y')}</subProcess>${tail}`,
      tail ? 's>sub, sub>e, b>r, r>e' : 's>sub, sub>e', roots,
    );
    const caught = (await play(inner(boundary('b', 'sub', '<errorEventDefinition errorRef="e1"/>') + user('r')))).complete('t');
    expect(caught.open).toEqual(['r']);
    const uncaught = (await play(inner(''))).complete('t');
    expect(uncaught.of('incident')).toMatchObject([{ element: 'z', reason: 'nothing catches the error E1' }]);
    expect(uncaught.open).toEqual(['u']);
  });

  test('an uncaught task error closes the task as failed and retrying opens it again', async () => {
    const run = await play(process(user('t'), 's>t, t>e'));
    run.do({ type: 'failTask', token: 1, code: 'E9' });
    expect(run.open).toEqual([]);
    expect(run.do({ type: 'retry', token: 1 }).open).toEqual(['t']);
    expect(run.complete('t').state.s).toBe('completed');
  });

  test('an escalation may leave the work going; unheard it changes nothing', async () => {
    const xml = process(sub('sub', user('t') + '<intermediateThrowEvent id="th"><escalationEventDefinition escalationRef="x"/></intermediateThrowEvent>' + user('u'), 'subs>t, t>th, th>u, u>sube')
      + boundary('b', 'sub', '<escalationEventDefinition escalationRef="x"/>', false) + user('boss'), 's>sub, sub>e, b>boss, boss>e', roots);
    expect((await play(xml)).complete('t').open).toEqual(['boss', 'u']);
    const run = await play(process(user('t'), 's>t, t>e'));
    expect(run.do({ type: 'escalate', token: 1, code: 'X' }).open).toEqual(['t']);
  });
});

describe('conditional, link and terminate events', () => {
  test('a conditional catch waits until its condition holds, also for names that are not there yet', async () => {
    const xml = process('<intermediateCatchEvent id="c"><conditionalEventDefinition><condition>count &gt; 2</condition></conditionalEventDefinition></intermediateCatchEvent>', 's>c, c>e');
    expect((await play(xml, { count: 3 })).state.s).toBe('completed');
    const run = await play(xml);
    expect(run.do({ type: 'updateVariables', variables: { count: 1 } }).state.s).toBe('running');
    expect(run.do({ type: 'updateVariables', variables: { count: 5 } }).state.s).toBe('completed');
  });

  test('a condition beside the work fires each time it turns true', async () => {
    const run = await play(process(user('t') + '<task id="n"/><endEvent id="e2"/>' + boundary('b', 't', '<conditionalEventDefinition><condition>hot</condition></conditionalEventDefinition>', false) + '<intermediateThrowEvent id="m"><messageEventDefinition messageRef="msg"/></intermediateThrowEvent>',
      's>t, t>e, b>n, n>m, m>e2', '<message id="msg" name="alarm"/>'), { hot: false });
    const set = (hot: boolean): Play => run.do({ type: 'updateVariables', variables: { hot } });
    set(true); set(true); set(false); set(true);
    expect(run.of('sendMessage')).toHaveLength(2);
    expect(run.open).toEqual(['t']);
  });

  test('a condition that turns true with the last step comes too late', async () => {
    const run = await play(process(`${user('t')}<subProcess id="w" triggeredByEvent="true"><startEvent id="ws" isInterrupting="false"><conditionalEventDefinition><condition>hot</condition></conditionalEventDefinition></startEvent>${user('look')}<endEvent id="we"/>${flows('ws>look, look>we')}</subProcess>`, 's>t, t>e'));
    run.complete('t', undefined, { hot: true });
    expect(run.state.s).toBe('completed');
    expect(run.open).toEqual([]);
  });

  test('a link goes on at its namesake', async () => {
    const run = await play(file(`<process id="p" isExecutable="true"><startEvent id="s"/><intermediateThrowEvent id="a"><linkEventDefinition name="L"/></intermediateThrowEvent>
      <intermediateCatchEvent id="b"><linkEventDefinition name="L"/></intermediateCatchEvent>${user('t')}<endEvent id="e"/>${flows('s>a, b>t, t>e')}</process>`));
    expect(run.open).toEqual(['t']);
  });

  test('terminate ends its own scope only', async () => {
    const run = await play(process(`<subProcess id="sub"><startEvent id="a"/><parallelGateway id="g"/>${user('t')}${user('u')}<endEvent id="z"><terminateEventDefinition/></endEvent><endEvent id="y"/>${flows('a>g, g>t, g>u, t>z, u>y')}</subProcess>${user('after')}`,
      's>sub, sub>after, after>e'));
    run.complete('t');
    expect(run.open).toEqual(['after']);
    expect(run.of('closeTask')).toMatchObject([{ element: 't', reason: 'completed' }, { element: 'u', reason: 'cancelled' }]);
  });
});
