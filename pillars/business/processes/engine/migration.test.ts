import { describe, expect, test } from 'vitest';
import type { Definition } from './model.ts';
import { migrate, previewMigration, type ElementMapping, type Migration } from './migration.ts';
import { definitionsOf, NOW, Play, process, user } from './fixture.ts';
import { step } from './step.ts';

const context = { now: NOW };
const timer = (id: string, host: string, duration: string): string =>
  `<boundaryEvent id="${id}" attachedToRef="${host}"><timerEventDefinition><timeDuration>${duration}</timeDuration></timerEventDefinition></boundaryEvent>`;
const one = async (xml: string): Promise<Definition> => (await definitionsOf(xml))[0] as Definition;
const moved = async (run: Play, next: string, mapping: ElementMapping = {}): Promise<Migration & { to: Definition }> => {
  const to = await one(next);
  return { ...migrate(run.definitions[0] as Definition, to, mapping, run.state, context), to };
};
const started = async (xml: string): Promise<Play> => new Play(await definitionsOf(xml)).do({ type: 'start' });
const goOn = (to: Definition, { state }: Migration): Play => {
  const run = new Play([to]);
  run.state = state;
  return run;
};

describe('migration to a new version', () => {
  test('an open task stays open under its number and goes on by the new model', async () => {
    const run = await started(process(user('a') + user('b'), 's>a, a>b, b>e'));
    const result = await moved(run, process(user('new') + user('b') + user('a'), 's>a, a>new, new>b, b>e'));
    expect(result.problems).toEqual([]);
    expect(result.effects).toEqual([]);
    const after = goOn(result.to, result).do({ type: 'completeTask', token: 1 });
    expect(after.open).toEqual(['new']);
  });

  test('a renamed element goes where the mapping says; a task that reads differently is told again', async () => {
    const run = await started(process(user('a'), 's>a, a>e'));
    const next = process(user('b', 'name="复审"'), 's>b, b>e');
    expect((await moved(run, next)).problems).toMatchObject([{ element: 'a', rule: 'element.gone' }]);
    expect((await moved(run, next)).state).toBe(run.state);
    const result = await moved(run, next, { a: 'b' });
    expect(result.effects).toEqual([{ type: 'openTask', token: 1, element: 'b', name: '复审' }]);
    expect(goOn(result.to, result).do({ type: 'completeTask', token: 1 }).state.s).toBe('completed');
  });

  test('timers follow the new version; those that did not change keep running', async () => {
    const run = await started(process(user('a') + timer('b', 'a', 'P1D'), 's>a, a>e, b>e'));
    const same = await moved(run, process(user('a') + timer('b', 'a', 'P1D') + user('c'), 's>a, a>c, c>e, b>e'));
    expect(same.effects).toEqual([]);
    const shifted = await moved(run, process(user('x') + user('a') + timer('b', 'a', 'P1D'), 's>x, x>a, a>e, b>e'));
    expect(shifted.effects).toEqual([{ type: 'moveTimer', timer: '1.4', to: '1.4', element: 'b' }].map((effect) => ({ ...effect, timer: run.timers['b'] })));
    expect(goOn(shifted.to, shifted).do({ type: 'fireTimer', timer: '1.4' }).state.s).toBe('completed');
    const longer = await moved(run, process(user('a') + timer('b', 'a', 'P2D'), 's>a, a>e, b>e'));
    expect(longer.effects).toMatchObject([{ type: 'cancelTimer' }, { type: 'startTimer', element: 'b', due: '2026-11-25T01:00:00.000Z' }]);
    const none = await moved(run, process(user('a'), 's>a, a>e'));
    expect(none.effects).toMatchObject([{ type: 'cancelTimer' }]);
  });

  test('a token at a join keeps the way by which it came', async () => {
    const xml = (more: string, flow: string): string => process(`<parallelGateway id="g"/><parallelGateway id="j"/>${user('a')}${user('b')}${more}`, `s>g, g>a, g>b, ${flow}`);
    const run = (await started(xml('', 'a>j, b>j, j>e'))).complete('a');
    const result = await moved(run, xml(user('c'), 'b>j, a>j, j>c, c>e'));
    expect(result.problems).toEqual([]);
    const after = goOn(result.to, result).do({ type: 'completeTask', token: 2 });
    expect(after.open).toEqual(['c']);
    const gone = await moved(run, xml(user('c'), 'b>j, a>c, c>j, j>e'));
    expect(gone.problems).toMatchObject([{ rule: 'flow.gone' }]);
  });

  test('another kind, another scope and another loop are problems', async () => {
    const run = await started(process(user('a'), 's>a, a>e'));
    expect((await moved(run, process('<serviceTask id="a" zhengwu:operation="x.y"/>', 's>a, a>e'))).problems).toMatchObject([{ rule: 'element.kind' }]);
    expect((await moved(run, process(`<subProcess id="sub"><startEvent id="x"/>${user('a')}<sequenceFlow id="xa" sourceRef="x" targetRef="a"/></subProcess>`, 's>sub, sub>e'))).problems).toMatchObject([{ rule: 'element.scope' }]);
    expect((await moved(run, process(user('a', '', '<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>'), 's>a, a>e'))).problems).toMatchObject([{ rule: 'element.loop' }]);
  });

  test('a preview tells what each instance would meet, and changes none', async () => {
    const run = await started(process(user('a') + user('b'), 's>a, a>b, b>e'));
    const first = run.state;
    run.complete('a');
    const to = await one(process(user('b'), 's>b, b>e'));
    const preview = previewMigration(run.definitions[0] as Definition, to, {}, new Map([['one', first], ['two', run.state]]), context);
    expect([...preview].map(([id, problems]) => [id, problems.length])).toEqual([['one', 1], ['two', 0]]);
    expect(step(run.definitions[0] as Definition, first, { type: 'completeTask', token: 1 }, context).rejection).toBeUndefined();
  });
});
