import { readFileSync } from 'node:fs';
import { compile, newState, step, type Command, type Definition, type Effect, type State } from '@zhengwu/processes';
import { loadTheirs } from './theirs.ts';

export interface Figure {
  name: string;
  unit: string;
  ours: number;
  theirs: number;
  ratio: number;
  target: number;
}

const CONTEXT = { now: '2026-11-23T01:00:00.000Z' };

/** Plays the process from start to end: three people finish what they were given. `keep` stores and reads back the state between steps. */
function playOurs(definition: Definition, keep: (state: State) => State): void {
  const open: number[] = [];
  const apply = (state: State, command: Command): State => {
    const { state: next, effects } = step(definition, state, command, CONTEXT);
    for (const effect of effects as readonly Effect[]) if (effect.type === 'openTask') open.push(effect.token);
    return keep(next);
  };
  let state = apply(newState(), { type: 'start' });
  for (const token of open) state = apply(state, { type: 'completeTask', token, outcome: 'approve' });
  if (open.length !== 3 || state.s !== 'completed') throw new Error(`ended ${state.s} after ${open.length} tasks`);
}

/** Runs per second of this process's CPU time: the best of several rounds, after a warm-up. */
function perCpuSecond(play: () => void, count: number): number {
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    for (let run = 0; run < count; run++) play();
    const { user, system } = process.cpuUsage(before);
    best = Math.max(best, count / ((user + system) / 1e6));
  }
  return best;
}

const figure = (name: string, ours: number, theirs: number): Figure => ({
  name, unit: 'instances per CPU-second', ours: Math.round(ours), theirs: Math.round(theirs * 10) / 10, ratio: Math.round(ours / theirs), target: 1000,
});

/** A 12-node process with three user tasks, a split, a join and a timer, here and on bpmn-elements. */
export async function run(): Promise<Figure[]> {
  const xml = readFileSync(new URL('./approval.bpmn', import.meta.url), 'utf8');
  const [definition] = (await compile(xml)).definitions;
  if (!definition) throw new Error('the process is refused');
  const theirs = await loadTheirs(xml);
  const stored = (state: State): State => JSON.parse(JSON.stringify(state)) as State;
  return [
    figure('engine, state stored as JSON between steps', perCpuSecond(() => playOurs(definition, stored), 20_000), perCpuSecond(theirs.stored, 25)),
    figure('engine, kept in memory', perCpuSecond(() => playOurs(definition, (state) => state), 20_000), perCpuSecond(theirs.inMemory, 40)),
  ];
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].replace(/^.*\/bench\//, '/bench/'))) {
  process.stdout.write(`${JSON.stringify(await run(), null, 2)}\n`);
  process.exit(0);
}
