import { describe, expect, test } from 'vitest';
import { file, flows, play, process, user } from './fixture.ts';

const eventSub = (id: string, definition: string, inner: string, flow: string, interrupting = true): string =>
  `<subProcess id="${id}" triggeredByEvent="true"><startEvent id="${id}s" isInterrupting="${interrupting}">${definition}</startEvent>${inner}<endEvent id="${id}e"/>${flows(flow)}</subProcess>`;

describe('sub-processes', () => {
  test('an embedded sub-process ends when nothing in it is left', async () => {
    const run = await play(process(`<subProcess id="sub"><startEvent id="a"/><parallelGateway id="g"/>${user('t')}${user('u')}<endEvent id="z"/>${flows('a>g, g>t, g>u, t>z, u>z')}</subProcess>${user('after')}`, 's>sub, sub>after, after>e'));
    expect(run.complete('t').open).toEqual(['u']);
    expect(run.complete('u').open).toEqual(['after']);
  });

  test('an interrupting event sub-process takes over its scope, once', async () => {
    const xml = process(user('t') + eventSub('w', '<messageEventDefinition messageRef="m"/>', user('undoIt'), 'ws>undoIt, undoIt>we'), 's>t, t>e', '<message id="m" name="withdraw"/>');
    const run = await play(xml);
    run.do({ type: 'deliverMessage', name: 'withdraw', variables: { why: 'moved' } });
    expect(run.open).toEqual(['undoIt']);
    expect(run.subscriptions).toEqual([]);
    expect(run.refused({ type: 'deliverMessage', name: 'withdraw' })).toBe('no-subscriber');
    expect(run.complete('undoIt').state.s).toBe('completed');
    expect(run.variables).toEqual({ why: 'moved' });
    const calm = (await play(xml)).complete('t');
    expect(calm.state.s).toBe('completed');
    expect(calm.subscriptions).toEqual([]);
  });

  test('one beside the work may start several times; the scope ends with the last', async () => {
    const run = await play(process(user('t') + eventSub('w', '<messageEventDefinition messageRef="m"/>', user('answer'), 'ws>answer, answer>we', false), 's>t, t>e', '<message id="m" name="ask"/>'));
    run.do({ type: 'deliverMessage', name: 'ask' }).do({ type: 'deliverMessage', name: 'ask' });
    expect(run.open).toEqual(['answer', 'answer', 't']);
    expect(run.complete('t').state.s).toBe('running');
    expect(run.complete('answer').complete('answer').state.s).toBe('completed');
  });

  test('an error event sub-process catches before the boundary of its scope', async () => {
    const inner = `<subProcess id="sub"><startEvent id="a"/>${user('t')}<endEvent id="z"/>${flows('a>t, t>z')}${eventSub('w', '<errorEventDefinition errorRef="x"/>', user('repair'), 'ws>repair, repair>we')}</subProcess>`;
    const run = await play(process(`${inner}<boundaryEvent id="b" attachedToRef="sub"><errorEventDefinition errorRef="x"/></boundaryEvent>${user('outer')}${user('after')}`, 's>sub, sub>after, after>e, b>outer, outer>e', '<error id="x" errorCode="X"/>'));
    run.do({ type: 'failTask', token: run.token('t'), code: 'X' });
    expect(run.open).toEqual(['repair']);
    expect(run.complete('repair').open).toEqual(['after']);
  });
});

describe('calls', () => {
  const called = (inner: string, flow: string): string => `<process id="q" isExecutable="true"><startEvent id="qs"/>${inner}<endEvent id="qe"/>${flows(flow)}</process>`;

  test('a called process sees its mapped inputs and hands back its mapped outputs', async () => {
    const mapping = '<extensionElements><zhengwu:input name="n" expression="count + 1"/><zhengwu:output name="doubled" expression="n * 2"/></extensionElements>';
    const run = await play(file(`<process id="p" isExecutable="true"><startEvent id="s"/><callActivity id="c" calledElement="q">${mapping}</callActivity><endEvent id="e"/>${flows('s>c, c>e')}</process>`) .replace('</definitions>', called(user('t'), 'qs>t, t>qe') + '</definitions>'), { count: 1, secret: 1 });
    expect(run.of('callStarted')).toMatchObject([{ element: 'c', definition: 'q' }]);
    expect(run.tasks).toMatchObject([{ element: 't', definition: 'q' }]);
    run.complete('t', undefined, { inside: true });
    expect(run.variables).toEqual({ count: 1, secret: 1, doubled: 4 });
    expect(run.state.s).toBe('completed');
  });

  test('an error in the called process reaches the caller; a missing process is an incident', async () => {
    const xml = file(`<error id="x" errorCode="X"/><process id="p" isExecutable="true"><startEvent id="s"/><callActivity id="c" calledElement="q"/><boundaryEvent id="b" attachedToRef="c"><errorEventDefinition errorRef="x"/></boundaryEvent>${user('r')}<endEvent id="e"/>${flows('s>c, c>e, b>r, r>e')}</process>${called(user('t'), 'qs>t, t>qe')}`);
    const run = await play(xml);
    run.do({ type: 'failTask', token: run.token('t'), code: 'X' });
    expect(run.open).toEqual(['r']);
    const missing = await play(xml, {}, { definitions: () => undefined });
    expect(missing.of('incident')).toMatchObject([{ element: 'c', reason: 'the process q is not there' }]);
  });
});

describe('compensation and transactions', () => {
  const undoable = (id: string): string =>
    `${user(id)}<boundaryEvent id="c${id}" attachedToRef="${id}"><compensateEventDefinition/></boundaryEvent><serviceTask id="undo${id}" isForCompensation="true" zhengwu:operation="undo.${id}"/><association id="as${id}" sourceRef="c${id}" targetRef="undo${id}" associationDirection="One"/>`;
  const undone = (run: Awaited<ReturnType<typeof play>>): string[] => run.of('invoke').map((effect) => effect.operation);
  const last = (run: Awaited<ReturnType<typeof play>>): number => run.of('invoke').at(-1)?.token ?? -1;

  test('a compensation throw undoes what completed, latest first, and waits', async () => {
    const run = await play(process(`${undoable('a')}${undoable('b')}${undoable('c')}<intermediateThrowEvent id="th"><compensateEventDefinition/></intermediateThrowEvent>${user('after')}<parallelGateway id="g"/>`, 's>a, a>b, b>g, g>c, g>th, th>after, after>e, c>e'));
    run.complete('a').complete('b');
    expect(undone(run)).toEqual(['undo.b']);
    run.do({ type: 'invocationResult', token: last(run), ok: true });
    expect(undone(run)).toEqual(['undo.b', 'undo.a']);
    expect(run.open).toEqual(['c']);
    run.do({ type: 'invocationResult', token: last(run), ok: true });
    expect(run.open).toEqual(['after', 'c']);
  });

  test('one activity can be named', async () => {
    const run = await play(process(`${undoable('a')}${undoable('b')}<endEvent id="z"><compensateEventDefinition activityRef="a"/></endEvent>`, 's>a, a>b, b>z').replace('<endEvent id="e"/>', ''));
    run.complete('a').complete('b');
    expect(undone(run)).toEqual(['undo.a']);
    run.do({ type: 'invocationResult', token: last(run), ok: true });
    expect(run.state.s).toBe('completed');
  });

  test('a completed sub-process is undone from within', async () => {
    const run = await play(process(`<subProcess id="sub"><startEvent id="x"/>${undoable('a')}${undoable('b')}<endEvent id="y"/>${flows('x>a, a>b, b>y')}</subProcess><intermediateThrowEvent id="th"><compensateEventDefinition activityRef="sub"/></intermediateThrowEvent>`, 's>sub, sub>th, th>e'));
    run.complete('a').complete('b');
    run.do({ type: 'invocationResult', token: last(run), ok: true }).do({ type: 'invocationResult', token: last(run), ok: true });
    expect(undone(run)).toEqual(['undo.b', 'undo.a']);
    expect(run.state.s).toBe('completed');
  });

  test('cancelling a transaction stops the rest, undoes what is done and leaves by the cancel event', async () => {
    const xml = process(`<transaction id="tx"><startEvent id="x"/><parallelGateway id="g"/>${undoable('a')}${user('w')}${user('decide')}<endEvent id="no"><cancelEventDefinition/></endEvent><endEvent id="y"/>${flows('x>g, g>a, g>w, w>y, a>decide, decide>no')}</transaction>
      <boundaryEvent id="c" attachedToRef="tx"><cancelEventDefinition/></boundaryEvent>${user('told')}`, 's>tx, tx>e, c>told, told>e');
    const run = await play(xml);
    run.complete('a').complete('decide');
    expect(run.open).toEqual([]);
    expect(undone(run)).toEqual(['undo.a']);
    run.do({ type: 'invocationResult', token: last(run), ok: true });
    expect(run.open).toEqual(['told']);
    expect(run.complete('told').state.s).toBe('completed');
  });
});
