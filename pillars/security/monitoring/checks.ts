import type { Health, Text, Unit } from '@zhengwu/contracts';
import { key } from '@zhengwu/module';

/** What a check found. */
export interface Reading {
  state: Health;
  value?: number | null;
  unit?: Unit;
  /** What was found, in one sentence. */
  note: Text;
  /** What to do; said while the state is not good. */
  remedy?: Text;
}

/** Something about the site that is looked at every half minute. */
export interface Check {
  /** `area.what`: `database.connections`; part of the series `check:database.connections`. */
  id: string;
  group: 'database' | 'queues' | 'audit' | 'certificates' | 'clock' | 'storage' | 'portal' | 'process';
  name: Text;
  /** Throwing means bad. It has ten seconds. */
  run(signal: AbortSignal): Promise<Reading> | Reading;
}

/** Where every module adds checks of its own, in its `setup`; require `monitoring`. */
export interface Checks {
  add(check: Check): void;
  all(): readonly Check[];
}

export const Checks = key<Checks>('monitoring.checks');

/** Reads each number against two limits: at `warning` and at `bad`; where warning is above bad, less is worse. */
export const grade = (value: number, { warning, bad }: { warning: number; bad: number }): Health => {
  const isWorse = warning <= bad ? (limit: number) => value >= limit : (limit: number) => value <= limit;
  return isWorse(bad) ? 'bad' : isWorse(warning) ? 'warning' : 'good';
};

export const openChecks = (): Checks => {
  const checks = new Map<string, Check>();
  return {
    add: (check) => {
      if (!/^[a-z][A-Za-z0-9.-]{1,60}$/.test(check.id)) throw new Error(`${check.id} is no name of a check: letters, digits, dots and dashes`);
      if (checks.has(check.id)) throw new Error(`two checks are named ${check.id}`);
      checks.set(check.id, check);
    },
    all: () => [...checks.values()],
  };
};

const PATIENCE_MS = 10_000;

const failed = (error: unknown): Reading => {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  return { state: 'bad', value: null, note: { zh: `检查未能完成：${reason}`, en: `The check could not be done: ${reason}` }, remedy: { zh: '按提示消除原因；下一轮检查会自动重试。', en: 'Mend the reason given; the next round tries again by itself.' } };
};

/** Runs one check; whatever happens, a reading comes of it within ten seconds. */
export const runCheck = async (check: Check, patienceMs = PATIENCE_MS): Promise<Reading> => {
  const giveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      giveUp.abort();
      reject(new Error(`no answer within ${patienceMs / 1000} s`));
    }, patienceMs);
  });
  try {
    return await Promise.race([Promise.resolve().then(() => check.run(giveUp.signal)), late]);
  } catch (error) {
    return failed(error);
  } finally {
    clearTimeout(timer);
  }
};
