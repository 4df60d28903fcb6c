import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from './command.ts';
import { definitionsOf, file, flows, NOW, Play } from './fixture.ts';
import type { Definition, Node } from './model.ts';
import { newState, step } from './step.ts';
import type { State, Token } from './state.ts';
import { blocks, draw, walkOf } from './structured.fixture.ts';

const RUNS = process.env['ZHENGWU_TEST'] === 'full' ? 1500 : 150;

describe('random processes in random order', () => {
  test('no token is lost or doubled and every join is right: the open tasks are always the oracle\'s', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(blocks, fc.infiniteStream(fc.nat()), async (block, picks) => {
        const { xml, variables } = draw(block);
        const run = new Play(await definitionsOf(xml)).do({ type: 'start', variables });
        const oracle = walkOf(block);
        for (let guard = 0; !oracle.done && guard < 500; guard++) {
          expect(run.open).toEqual([...oracle.open].sort());
          const task = run.tasks[(picks.next().value as number) % run.tasks.length];
          const timer = run.timers[`${task?.element}b`];
          if (timer && (picks.next().value as number) % 2) run.fire(`${task?.element}b`);
          else run.do({ type: 'completeTask', token: task?.token ?? -1 });
          oracle.complete(task?.element ?? '');
        }
        expect(run.state).toMatchObject({ s: 'completed', t: [{ i: 0 }] });
        expect(run.open).toEqual([]);
        expect(run.of('completed')).toHaveLength(1);
        expect(run.of('incident')).toEqual([]);
        leavesNothingBehind(run);
      }),
      { numRuns: RUNS },
    );
  });

  test('cancelling at any moment leaves no task, timer or subscription behind', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, fc.nat(8), async (block, after) => {
        const { xml, variables } = draw(block);
        const run = new Play(await definitionsOf(xml)).do({ type: 'start', variables });
        for (let count = 0; count < after && run.tasks.length > 0; count++) run.do({ type: 'completeTask', token: run.tasks[0]?.token ?? -1 });
        if (run.state.s === 'running') run.do({ type: 'cancel' });
        expect(run.open).toEqual([]);
        leavesNothingBehind(run);
      }),
      { numRuns: RUNS / 2 },
    );
  });
});

function leavesNothingBehind(run: Play): void {
  const opened = run.of('openTask').map(({ token }) => token).sort();
  expect(run.of('closeTask').map(({ token }) => token).sort()).toEqual(opened);
  expect(new Set(opened).size).toBe(opened.length);
  const ended = run.of('cancelTimer').map(({ timer }) => timer);
  expect(new Set(ended).size).toBe(ended.length);
  expect(run.subscriptions).toEqual([]);
}

/** A store with optimistic versions, as the database keeps it: who saves an older version has to read again. */
interface Row {
  version: number;
  state: State;
}

describe('several workers', () => {
  test('any interleaving equals some serial one: the accepted commands, one after the other, lead to the same state', async () => {
    const action = fc.record({ worker: fc.nat(3), act: fc.constantFrom('read', 'save'), pick: fc.nat() });
    await fc.assert(
      fc.asyncProperty(blocks, fc.array(action, { minLength: 10, maxLength: 80 }), async (block, actions) => {
        const { xml, variables } = draw(block);
        const [definition] = (await definitionsOf(xml)) as [Definition];
        const start: Command = { type: 'start', variables };
        const first = step(definition, newState(), start, { now: NOW });
        let row: Row = { version: 1, state: first.state };
        const committed: Command[] = [start];
        const seen: (Row | undefined)[] = [];
        for (const { worker, act, pick } of actions) {
          if (act === 'read') seen[worker] = { ...row };
          const read = seen[worker];
          if (act === 'read' || !read) continue;
          // A command chosen from what this worker saw, which may be long past.
          const tokens = read.state.t.filter(({ i }) => i > 0).map(({ i }) => i);
          const command: Command = { type: 'completeTask', token: tokens[pick % Math.max(1, tokens.length)] ?? 99, variables: { [`w${worker}`]: pick } };
          const base: Row = row.version === read.version ? read : row;
          const { state, rejection } = step(definition, base.state, command, { now: NOW });
          if (rejection) expect(state).toBe(base.state);
          else {
            committed.push(command);
            row = { version: row.version + 1, state: JSON.parse(JSON.stringify(state)) as State };
          }
        }
        const serial = committed.reduce((state, command) => step(definition, state, command, { now: NOW }).state, newState());
        expect(row.state).toEqual(serial);
        const completed = committed.flatMap((command) => (command.type === 'completeTask' ? [command.token] : []));
        expect(new Set(completed).size).toBe(completed.length);
      }),
      { numRuns: RUNS / 2 },
    );
  });
});

describe('inclusive joins in any graph', () => {
  /** Tasks and inclusive gateways in random wiring, loops included. */
  const wiring = fc.integer({ min: 3, max: 7 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      edges: fc.uniqueArray(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { minLength: size, maxLength: 14, selector: ([a, b]) => `${a}-${b}` }),
      marks: fc.array(fc.nat(size - 1), { minLength: 0, maxLength: 4 }),
      arrivals: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
    }));

  test('BPMN 2.0.2 §13.4.3, by enumerating paths: the join fires exactly when the standard says', { timeout: 60_000 }, async () => {
    let judged = 0;
    await fc.assert(
      fc.asyncProperty(wiring, async ({ size, edges, marks, arrivals }) => {
        const names = Array.from({ length: size }, (_, index) => `t${index}`);
        const into = (target: number): string => edges.filter(([, to]) => to === target).map(([from]) => `t${from}>t${target}`).join(',');
        const text = [...names.map((name) => `s>${name}`), ...names.map((_, index) => into(index)).filter(Boolean), ...names.map((name) => `${name}>j`).filter((_, index) => index % 2 === 0), 'j>a', 'a>e', ...(size % 2 ? ['a>t0'] : [])].join(',');
        const [definition] = (await definitionsOf(file(`<process id="p" isExecutable="true"><startEvent id="s"/>${names.map((name) => `<userTask id="${name}"/>`).join('')}<inclusiveGateway id="j"/><userTask id="a"/><endEvent id="e"/>${flows(text)}</process>`))) as [Definition];
        const join = definition.nodes[definition.index['j'] ?? 0] as Node;
        if (join.incoming.length < 2) return;
        const tokens: Token[] = [{ i: 0, e: 0, p: -1 }];
        for (const mark of marks) tokens.push({ i: tokens.length, e: definition.index[`t${mark}`] ?? 0, p: 0 });
        const filled = new Set(arrivals.map((arrival) => join.incoming[arrival % join.incoming.length] as number));
        for (const flow of filled) tokens.push({ i: tokens.length, e: join.index, p: 0, f: flow });
        const state: State = { n: tokens.length, s: 'running', t: tokens };
        const { effects } = step(definition, state, { type: 'updateVariables', variables: {} }, { now: NOW });
        const fired = effects.some((effect) => effect.type === 'openTask' && effect.element === 'a');
        expect(fired).toBe(mayFire(definition, join, marks.map((mark) => definition.index[`t${mark}`] ?? 0), filled));
        judged++;
      }),
      { numRuns: RUNS * 2 },
    );
    expect(judged).toBeGreaterThan(RUNS);
  });
});

/** The standard's words, by brute force over simple paths. */
function mayFire(definition: Definition, join: Node, marks: number[], filled: ReadonlySet<number>): boolean {
  return marks.every((mark) => {
    const ends = new Set<number>();
    const walk = (at: number, path: readonly number[]): void => {
      for (const flow of definition.nodes[at]?.outgoing ?? []) {
        const to = definition.flows[flow]?.to ?? -1;
        if (to === join.index) ends.add(flow);
        else if (!path.includes(to)) walk(to, [...path, to]);
      }
    };
    walk(mark, [mark]);
    const reachesEmpty = [...ends].some((flow) => !filled.has(flow));
    const reachesFilled = [...ends].some((flow) => filled.has(flow));
    return !reachesEmpty || reachesFilled;
  });
}
