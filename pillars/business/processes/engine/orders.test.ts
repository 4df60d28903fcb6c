import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { definitionsOf, Play, process, user } from './fixture.ts';
import type { Definition } from './model.ts';

/** Countersigning by several people who answer when they please: whatever the order, the outcome is what their answers come to. */
const signing = (policy: string): Promise<readonly Definition[]> =>
  definitionsOf(process(user('t', 'zhengwu:outcomes="approve,refuse"', `<multiInstanceLoopCharacteristics zhengwu:elementVariable="who" zhengwu:collection="signers" zhengwu:policy="${policy}"/>`), 's>t, t>e'));

interface Answer { who: string; outcome: 'approve' | 'refuse' }

/** Everybody sends their answer, in this order, again and again until their task is done or closed; those whose turn has not come are refused. */
const played = (definitions: readonly Definition[], signers: readonly string[], order: readonly Answer[]): Play => {
  const run = new Play(definitions);
  run.do({ type: 'start', variables: { signers: [...signers] } });
  for (let round = 0; round < order.length && run.state.s === 'running'; round += 1) {
    for (const { who, outcome } of order) {
      const task = run.tasks.find((one) => one.item === who);
      if (task && run.state.s === 'running') run.do({ type: 'completeTask', token: task.token, outcome });
    }
  }
  return run;
};

const answers = fc.array(fc.constantFrom<'approve' | 'refuse'>('approve', 'refuse'), { minLength: 1, maxLength: 6 })
  .map((outcomes) => outcomes.map((outcome, at): Answer => ({ who: `signer${at}`, outcome })));
const orders = answers.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }), fc.shuffledSubarray(given, { minLength: given.length })));

const agreed = (given: readonly Answer[]): number => given.filter((one) => one.outcome === 'approve').length;
const needed: Readonly<Record<string, (given: readonly Answer[]) => boolean>> = {
  all: (given) => agreed(given) === given.length,
  inTurn: (given) => agreed(given) === given.length,
  'share:0.5': (given) => agreed(given) >= 0.5 * given.length,
  'share:0.6': (given) => agreed(given) >= 0.6 * given.length - 1e-9,
};

describe('any order of the signers’ commands', () => {
  test.each(Object.keys(needed))('%s: ends in the same outcome, with no task left (会签、依次、按比例)', async (policy) => {
    const definitions = await signing(policy);
    fc.assert(fc.property(orders, ([given, one, other]) => {
      const ends = [one, other].map((order) => played(definitions, given.map(({ who }) => who), order));
      for (const run of ends) {
        expect(run.state).toMatchObject({ s: 'completed', o: needed[policy]?.(given) ? 'approve' : 'refuse' });
        expect(run.tasks).toEqual([]);
      }
    }), { numRuns: 60 });
  });

  test('any: one answer decides, the first, and every later one finds its task closed (或签)', async () => {
    const definitions = await signing('any');
    fc.assert(fc.property(orders, ([given, order]) => {
      const run = played(definitions, given.map(({ who }) => who), order);
      expect(run.state).toMatchObject({ s: 'completed', o: order[0]?.outcome });
      expect(run.log.filter((effect) => effect.type === 'closeTask' && effect.reason === 'completed')).toHaveLength(1);
      expect(run.tasks).toEqual([]);
    }), { numRuns: 60 });
  });
});
