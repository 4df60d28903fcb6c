import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from './command.ts';
import { definitionsOf, file, flows, NOW, Play, user } from './fixture.ts';
import { nodeById } from './model.ts';

const RUNS = process.env['ZHENGWU_TEST'] === 'full' ? 3000 : 200;

const boundary = (id: string, host: string, definition: string, cancel = true): string =>
  `<boundaryEvent id="${id}" attachedToRef="${host}" cancelActivity="${cancel}">${definition}</boundaryEvent>`;

/** One of everything, so that any act can meet any element. */
const EVERYTHING = file(`<message id="m1" name="m1"/><signal id="s1" name="s1"/><error id="x1" errorCode="E1"/><escalation id="k1" escalationCode="K1"/>
<process id="p" isExecutable="true"><startEvent id="s"/><parallelGateway id="g"/><endEvent id="e"/>
  ${user('a', 'zhengwu:outcomes="approve,refuse"')}${user('a2')}<exclusiveGateway id="x" default="x_j"/>
  ${boundary('at', 'a', '<timerEventDefinition><timeCycle>R2/PT1H</timeCycle></timerEventDefinition>', false)}<serviceTask id="chase" zhengwu:operation="tell"/><endEvent id="ce"/>
  <transaction id="tx"><startEvent id="ts"/>${user('book')}${boundary('cb', 'book', '<compensateEventDefinition/>')}<serviceTask id="unbook" isForCompensation="true" zhengwu:operation="undo"/>
    <association id="as" sourceRef="cb" targetRef="unbook" associationDirection="One"/>${user('pay')}<exclusiveGateway id="tg" default="tg_te"/><endEvent id="no"><cancelEventDefinition/></endEvent><endEvent id="te"/>
    ${flows('ts>book, book>pay, pay>tg, tg>no{no}, tg>te')}</transaction>
  ${boundary('txc', 'tx', '<cancelEventDefinition/>')}${boundary('txe', 'tx', '<errorEventDefinition errorRef="x1"/>')}${user('sorry')}
  ${user('sign', 'zhengwu:outcomes="approve,refuse"', '<multiInstanceLoopCharacteristics zhengwu:collection="depts" zhengwu:elementVariable="dept" zhengwu:policy="share:0.5"/>')}
  <subProcess id="sub"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics><startEvent id="us"/>
    <eventBasedGateway id="ug"/><intermediateCatchEvent id="um"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent><intermediateCatchEvent id="ut"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>
    <endEvent id="ue"/><endEvent id="uk"><escalationEventDefinition escalationRef="k1"/></endEvent>
    <subProcess id="ev" triggeredByEvent="true"><startEvent id="evs" isInterrupting="true"><signalEventDefinition signalRef="s1"/></startEvent>${user('evt')}<endEvent id="eve"/>${flows('evs>evt, evt>eve')}</subProcess>
    ${flows('us>ug, ug>um, ug>ut, um>ue, ut>uk')}</subProcess>
  ${boundary('se', 'sub', '<escalationEventDefinition escalationRef="k1"/>', false)}${user('boss')}
  <callActivity id="call" calledElement="q"/>${boundary('ce1', 'call', '<errorEventDefinition/>')}
  <inclusiveGateway id="i" default="i_i3"/><task id="i1"/><task id="i2"/><task id="i3"/><inclusiveGateway id="j"/>
  <intermediateThrowEvent id="undo"><compensateEventDefinition/></intermediateThrowEvent>${user('last')}
  <subProcess id="watch" triggeredByEvent="true"><startEvent id="ws" isInterrupting="false"><conditionalEventDefinition><condition>alarm</condition></conditionalEventDefinition></startEvent>${user('look')}<endEvent id="we"/>${flows('ws>look, look>we')}</subProcess>
  ${flows('s>g, g>a, at>chase, chase>ce, a>a2, a2>x, x>a{again}, x>j, g>tx, tx>j, txc>sorry, txe>sorry, sorry>j, g>sign, sign>j, g>sub, se>boss, boss>e, sub>j, g>call, call>i, ce1>i, i>i1{one}, i>i2{two}, i>i3, i1>j, i2>j, i3>j, j>undo, undo>last, last>e')}
</process>
<process id="q" isExecutable="true"><startEvent id="qs"/>${user('inner')}<receiveTask id="qr" messageRef="m1"/><endEvent id="qe"/>${flows('qs>inner, inner>qr, qr>qe')}</process>`);

const START = { depts: ['tax', 'seal', 'insurance'], again: false, no: false, one: true, two: true, alarm: false };
const ELEMENTS = ['a', 'a2', 'book', 'pay', 'sorry', 'sign', 'evt', 'boss', 'last', 'inner', 'look'];

const token = fc.integer({ min: 0, max: 40 });
const flag = fc.constantFrom('again', 'no', 'one', 'two', 'alarm');
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 24, arbitrary: fc.record({ type: fc.constant('completeTask' as const), token, outcome: fc.option(fc.constantFrom('approve', 'refuse'), { nil: undefined }) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('invocationResult' as const), token, ok: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('failTask' as const), token, code: fc.constantFrom('E1', 'E2') }) },
  fc.record({ type: fc.constant('escalate' as const), token, code: fc.constant('K1') }),
  { weight: 4, arbitrary: token.map((at): Command => ({ type: 'fireTimer', timer: String(at) })) },
  { weight: 3, arbitrary: fc.constant<Command>({ type: 'deliverMessage', name: 'm1' }) },
  fc.constant<Command>({ type: 'broadcastSignal', name: 's1' }),
  { weight: 2, arbitrary: fc.tuple(flag, fc.boolean()).map(([name, value]): Command => ({ type: 'updateVariables', variables: { [name]: value } })) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('retry' as const), token }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('addSigner' as const), token, signer: fc.constant('law') }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('removeSigner' as const), token }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('sendBack' as const), token, to: fc.constantFrom(...ELEMENTS), returnToSender: fc.boolean() }) },
  fc.constant<Command>({ type: 'suspend', reason: 'r' }),
  { weight: 8, arbitrary: fc.constant<Command>({ type: 'resume' }) },
);

/** Numbers of random commands point at what is there: mostly a live task or token, now and then one long gone. */
function aimed(run: Play, command: Command): Command {
  const timers = Object.values(run.timers);
  if (command.type === 'fireTimer') return { ...command, timer: timers[Number(command.timer) % Math.max(1, timers.length)] ?? '9.9' };
  if (!('token' in command) || command.token === undefined || command.token % 10 === 9) return command;
  const tokens = /completeTask|failTask|sendBack|igner/.test(command.type) && run.tasks.length > 0 ? run.tasks.map((task) => task.token) : run.state.t.map(({ i }) => i);
  return { ...command, token: tokens[command.token % tokens.length] ?? 0 };
}

describe('any act on any element in any order', () => {
  test('is taken or refused; the marking stays sound, effects pair up, and a cancelled instance leaves nothing behind', { timeout: 120_000 }, async () => {
    const definitions = await definitionsOf(EVERYTHING);
    const done = { taken: 0, completed: 0 };
    await fc.assert(
      fc.property(fc.array(command, { minLength: 20, maxLength: 120, size: 'max' }), (commands) => {
        const run = new Play(definitions, { now: NOW }).do({ type: 'start', variables: START });
        for (const one of commands) {
          const before = run.state;
          if (run.refused(aimed(run, one))) expect(run.state).toEqual(before);
          else done.taken++;
          sound(run);
        }
        if (run.state.s === 'completed') done.completed++;
        else run.do({ type: 'cancel' });
        expect(run.open).toEqual([]);
        expect(run.subscriptions).toEqual([]);
        expect(run.left).toEqual([]);
        expect(new Set(run.of('openTask').map((task) => `${task.token}`)).size).toBeGreaterThan(0);
      }),
      { numRuns: RUNS },
    );
    expect(done.taken).toBeGreaterThan(RUNS * 5);
  });

  test('left alone after any disturbance, it can still be brought to its end', { timeout: 120_000 }, async () => {
    const definitions = await definitionsOf(EVERYTHING);
    await fc.assert(
      fc.property(fc.array(command, { maxLength: 60, size: 'max' }), (commands) => {
        const run = new Play(definitions, { now: NOW }).do({ type: 'start', variables: START });
        for (const one of commands) run.refused(aimed(run, one));
        run.refused({ type: 'resume' });
        run.refused({ type: 'updateVariables', variables: { again: false, alarm: false, no: false } });
        for (let guard = 0; run.state.s === 'running' && guard < 200; guard++) {
          for (const { i, x } of run.state.t) if (x) run.refused({ type: 'retry', token: i });
          for (const task of run.tasks) run.refused({ type: 'completeTask', token: task.token, outcome: task.outcomes?.[0] });
          for (const { i } of run.state.t) run.refused({ type: 'invocationResult', token: i, ok: true });
          run.refused({ type: 'deliverMessage', name: 'm1' });
        }
        expect(run.state.s).toBe('completed');
        expect(run.open).toEqual([]);
        expect(run.subscriptions).toEqual([]);
        expect(run.left).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

/** Every token has its parent, ids are unique, and exactly the open user tasks are open in the world. */
function sound(run: Play): void {
  const { t, n } = run.state;
  const ids = new Set(t.map(({ i }) => i));
  expect(ids.size).toBe(t.length);
  for (const { i, p } of t) {
    expect(i).toBeLessThan(n);
    if (i !== 0) expect(ids.has(p)).toBe(true);
  }
  for (const task of run.tasks) {
    expect(ids.has(task.token)).toBe(true);
    const held = t.find(({ i }) => i === task.token);
    expect([undefined, 'finish']).toContain(held?.x);
    expect(run.definitions.some((definition) => nodeById(definition, task.element)?.index === held?.e)).toBe(true);
  }
}
