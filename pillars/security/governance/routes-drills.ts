import { setTimeout as sleep } from 'node:timers/promises';
import { runDrill } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { clearMark, readMark, setMark } from './drill-mark.ts';
import { measure, probeOf, targetOf, type Measured, type Part } from './drills.ts';
import { laterBy, type Entry } from './entry.ts';
import { fail } from './errors.ts';
import { moveBy, reading, today } from './keeping.ts';
import * as store from './store.ts';

const NEXT_DAYS = 180;

/** The outcome as evidence: within the target, and only if the part was seen to be gone. */
const conclude = async (site: Site, entry: Entry, { seconds, wasDown }: Measured, siteRestarted = false): Promise<void> => {
  const target = Number(entry.fields['target']);
  const passed = wasDown && seconds !== null && seconds <= target;
  await site.database.as(site.database.system, async (tx) => {
    await store.addProof(tx, uuidv7(), entry.id, { kind: 'drill', outcome: passed ? 'passed' : 'failed', detail: { part: entry.fields['part'], seconds, target, wasDown, ...(siteRestarted ? { siteRestarted } : {}) } });
    await moveBy(site, tx, entry.id, 'measured', { state: passed ? 'passed' : 'missed', due: laterBy(today(site), NEXT_DAYS) });
    await site.audit.record(tx, { event: 'governance.drillEnded', subject: entry.id, detail: { number: entry.number, seconds, target, wasDown } });
  });
};

const run = async (site: Site, entry: Entry, pid: number): Promise<void> => {
  const part = entry.fields['part'] as Part;
  // The answer goes out before its ground is taken away.
  await sleep(300);
  await setMark(site, { entry: entry.id, at: Date.now() });
  const measured = await measure(() => void process.kill(pid, 'SIGKILL'), probeOf(site, part));
  // Connections of before the stop may still be found broken.
  for (let tries = 1; ; tries++) {
    const failed = await conclude(site, entry, measured).then(() => null, (error: unknown) => error);
    if (failed === null) return clearMark(site);
    if (tries === 30) throw failed;
    await sleep(1000);
  }
};

/** Concludes a drill over which the site itself had to be started again: measured from the stop to this start, database and all. */
export const concludeInterrupted = async (site: Site): Promise<void> => {
  const mark = await readMark(site);
  if (!mark) return;
  const entry = await reading(site, site.database.system, (tx) => store.entryById(tx, mark.entry));
  if (entry?.register === 'drill') await conclude(site, entry, { seconds: Math.round(Date.now() - mark.at) / 1000, wasDown: true }, true);
  await clearMark(site);
};

export const drillRoutes = (site: Site, http: Http): void => {
  let running = false;
  http.route(runDrill, async ({ actor, params, body }) => {
    const entry = await reading(site, actor, (tx) => store.entryById(tx, params.id));
    if (entry?.register !== 'drill') throw fail('governance.unknown');
    if (body.confirm.trim() !== entry.number) throw fail('governance.drill-confirm', { number: entry.number });
    if (running) throw fail('governance.drill-busy');
    const pid = site.config.demo || site.config.drills ? await targetOf(site, entry.fields['part'] as Part) : null;
    if (pid === null) throw fail('governance.drill-off');
    running = true;
    await site.database.as(actor, (tx) => site.audit.record(tx, { event: 'governance.drillStarted', subject: entry.id, detail: { number: entry.number, part: entry.fields['part'] } }))
      .catch((error: unknown) => { running = false; throw error; });
    run(site, entry, pid).catch((error: unknown) => site.log.error({ err: error, drill: entry.number }, 'the outcome of a drill could not be recorded')).finally(() => { running = false; });
    return { started: true };
  });
};
