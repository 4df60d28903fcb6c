import { isZhengwuError } from '@zhengwu/errors';
import { uuidv7 } from '@zhengwu/ids';
import type { JobContext } from '@zhengwu/jobs';
import type { Site } from '@zhengwu/module';
import { Adapters, type Outcome } from './flow.ts';
import { nextTurn } from './schedule.ts';
import * as flows from './store-flows.ts';
import type { Problem } from './store.ts';
import { asPlatform } from './ground.ts';

export const RUN = 'adapters.run';
/** A turn that was handed out and never begun is handed out again after so long. */
const HANDED_MS = 600_000;
const KEEP_RUNS_DAYS = 400;

interface Asked {
  flow: string;
  by: string | null;
}
interface Ending {
  state: 'done' | 'failed' | 'paused' | 'cut';
  problem: Problem | null;
}

const endingOf = (error: unknown, signal: AbortSignal): Ending => {
  if (signal.aborted) return { state: 'cut', problem: null };
  if (!isZhengwuError(error)) return { state: 'failed', problem: { code: 'adapter.unexpected' } };
  return error.code === 'adapter.paused' ? { state: 'paused', problem: null } : { state: 'failed', problem: { code: error.code, params: { ...error.params } } };
};

const end = (site: Site, id: string, { flow, by }: Asked, outcome: Outcome, { state, problem }: Ending): Promise<void> => asPlatform(site, async (tx) => {
  await flows.noteRun(tx, id, outcome);
  await flows.endRun(tx, id, state, problem);
  const isTrace = by !== null || state !== 'done' || outcome.files > 0 || outcome.rows > 0;
  if (!isTrace) await flows.forgetRun(tx, id);
  const row = await flows.flow(tx, flow);
  if (!row || state === 'cut') return;
  const failures = state === 'failed' ? row.failures + 1 : 0;
  await flows.settle(tx, flow, nextTurn(row.definition.schedule, site.clock.now(), failures), failures);
});

/** One turn, kept with what it did. Only a turn that was cut off by the end of the process is handed out again at once. */
export const takeTurn = async (site: Site, asked: Asked, signal: JobContext['signal']): Promise<void> => {
  const id = uuidv7();
  let outcome: Outcome = { files: 0, rows: 0, refused: 0 };
  await asPlatform(site, (tx) => flows.beginRun(tx, id, asked.flow, asked.by));
  try {
    outcome = await site.use(Adapters).run(asked.flow, signal, async (now) => {
      outcome = { ...now };
      await asPlatform(site, (tx) => flows.noteRun(tx, id, now));
    });
    await end(site, id, asked, outcome, { state: 'done', problem: null });
  } catch (error) {
    const ending = endingOf(error, signal);
    if (ending.problem?.code === 'adapter.unexpected') site.log.error({ error, flow: asked.flow }, 'a turn of a flow failed');
    await end(site, id, asked, outcome, ending);
    if (ending.state === 'cut') throw error;
  }
};

/** Turns of one flow come one after another; one that waits already is enough. */
export const handOut = (site: Pick<Site, 'jobs'>, tx: Parameters<Site['jobs']['enqueue']>[0], asked: Asked): Promise<void> =>
  site.jobs.enqueue(tx, { job: RUN, payload: asked, key: `${RUN}:${asked.flow}`, queue: `${RUN}:${asked.flow}` });

/** Hands out the turns whose time has come. */
export const handOutDue = (site: Site): Promise<void> => asPlatform(site, async (tx) => {
  const now = site.clock.now();
  for (const flow of await flows.claimDue(tx, now, new Date(now.getTime() + HANDED_MS))) await handOut(site, tx, { flow, by: null });
});

/** Forgets turns and refused rows of long ago; what was taken is known for ever, so that it is not taken again. */
export const forgetTurns = (site: Site): Promise<void> => asPlatform(site, async (tx) => {
  await flows.forgetOldRuns(tx, KEEP_RUNS_DAYS);
  await flows.forgetOldRefusals(tx, KEEP_RUNS_DAYS);
});
