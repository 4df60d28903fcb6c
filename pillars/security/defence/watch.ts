import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import { Identity } from '@zhengwu/identity';
import type { Site } from '@zhengwu/module';
import type { Alarms } from './alarms.ts';
import type { Blocks } from './blocks.ts';
import type { Finding } from './evaluate.ts';
import { openJudge } from './judging.ts';
import type { Kept, Observation } from './observation.ts';
import { openQueue } from './queue.ts';
import { respond, targetsOf } from './responding.ts';
import type { Rule } from './rule.ts';
import { rankOf } from './severity.ts';
import { fromRecord, type Watched } from './signals.ts';
import * as store from './store.ts';
import { runningBlocks } from './store-responses.ts';

const PERIOD_MS = 1000;
const BATCH = 2000;
const MOST_RECORDS = 2000;
const MOST_BLOCKS = 20_000;
/** The mark in the audit trail moves at most so often while nothing is observed. */
const MARK_MS = 2000;

export interface Watch {
  /** Takes note in memory; entered within a second. Never waits, never throws. */
  note(one: Observation): void;
  /** Enters what is waiting, looks at new audit records, judges, responds. */
  flush(): Promise<void>;
  /** Rules, places and responses are read again at the next flush. */
  refresh(): void;
  start(): void;
  stop(): Promise<void>;
}

const byTime = (a: Observation, b: Observation): number => a.at - b.at;

/** Rights are about persons; exports are of accounts. */
const readsByDay = (kept: readonly Kept[]): { account: string; day: string; reads: number }[] => {
  const seen = new Map<string, Set<string | null>>();
  for (const one of kept) {
    if (one.kind !== 'read' || one.account === null) continue;
    const key = `${one.account} ${dayOf(new Date(one.at))}`;
    seen.set(key, (seen.get(key) ?? new Set()).add(one.subject));
  }
  return [...seen].map(([key, subjects]) => ({ account: key.split(' ')[0] ?? '', day: key.split(' ')[1] ?? '', reads: subjects.size }));
};

/** Raises the alert of a finding with its evidence and does what the rule says; nothing while it is suppressed. */
const actOn = async (site: Site, tx: Tx, blocks: Blocks, { rule, finding }: { rule: Rule; finding: Finding }): Promise<boolean> => {
  const { settings, text, version } = rule;
  const raised = await store.raiseAlert(tx, { kind: rule.id, ruleVersion: version, severity: rankOf(settings.severity), subject: finding.subject, title: text.name, detail: finding.facts, at: finding.at });
  if (raised === null) return false;
  await store.addEvidence(tx, raised.id, finding.evidence.map(({ seq }) => seq));
  if (raised.isNew) {
    await site.audit.record(tx, { event: 'defence.alerted', subject: raised.id, detail: { rule: rule.id, version, about: finding.subject } });
    await site.events.append(tx, { type: 'defence.alerted', subject: raised.id, payload: { kind: rule.id, severity: settings.severity, subject: finding.subject } });
  }
  for (const { kind, minutes } of settings.responses) {
    for (const target of targetsOf(kind, finding, blocks)) await respond(site, tx, { alert: raised.id, kind, target, minutes }, null);
  }
  return true;
};

/** Observes, judges, responds: one transaction of the system a second, in whatever process of the site holds the watch. */
export const openWatch = (site: Site, { blocks, alarms, watched }: { blocks: Blocks; alarms: Alarms; watched: () => Watched }): Watch => {
  const queue = openQueue();
  const judge = openJudge(site);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let markedAt = 0;
  const collect = async (tx: Tx, waiting: readonly Observation[], row: store.WatchRow): Promise<string> => {
    const now = await store.databaseTime(tx);
    const records = await store.newRecords(tx, row.auditFrom, [...watched().keys()], MOST_RECORDS);
    const observed = records.map((record) => fromRecord(record, watched().get(record.event) ?? 'denied'));
    const kept = [...waiting, ...observed].sort(byTime);
    if (kept.length > 0) await store.countReads(tx, readsByDay(await store.insertObservations(tx, kept)));
    return records.length < MOST_RECORDS ? now : (records.at(-1)?.until ?? now);
  };
  const once = async (waiting: readonly Observation[]): Promise<boolean> => {
    const found = await site.database.as(site.database.system, async (tx) => {
      const row = await store.holdWatch(tx);
      const auditFrom = await collect(tx, waiting, row);
      const unjudged = await store.observationsAfter(tx, row.judged, BATCH * 2);
      const findings = unjudged.length > 0 ? await judge.judge(tx, unjudged, row.judged) : [];
      for (const one of findings) await actOn(site, tx, blocks, one);
      if (unjudged.length > 0 || Date.now() - markedAt > MARK_MS) {
        await store.saveWatch(tx, { auditFrom, judged: unjudged.at(-1)?.seq ?? row.judged });
        markedAt = Date.now();
      }
      blocks.replace(await runningBlocks(tx, MOST_BLOCKS));
      return { hasFound: findings.length > 0, isMore: unjudged.length === BATCH * 2 };
    });
    if (found.hasFound) site.use(Identity).sessions.forget();
    return found.isMore;
  };
  const flushOnce = async (): Promise<void> => {
    const dropped = queue.dropped();
    for (let isMore = true; isMore || queue.size() > 0;) {
      const waiting = queue.take(BATCH);
      try {
        isMore = await once(waiting);
      } catch (error) {
        queue.giveBack(waiting);
        throw error;
      }
    }
    if (dropped > 0) {
      await alarms.raise({ kind: 'defence.overflow', severity: 'high', subject: 'observations', title: { zh: '观测过多，部分未记录', en: 'More was observed than could be kept' }, detail: { dropped } });
    }
  };
  const flush = (): Promise<void> => (running ??= flushOnce().finally(() => void (running = undefined)));
  const tick = (): void => void flush().catch((error: unknown) => site.log.error({ err: error }, 'observations could not be entered; they wait for the next second'));
  return {
    note: queue.add,
    flush,
    refresh: judge.refresh,
    start: () => void (timer ??= setInterval(tick, PERIOD_MS).unref()),
    stop: async () => {
      clearInterval(timer);
      await running?.catch(() => undefined);
      if (timer) await flush().catch(() => undefined);
      timer = undefined;
    },
  };
};

