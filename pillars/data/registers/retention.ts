import { dayOf } from '@zhengwu/clock';
import type { Job } from '@zhengwu/jobs';
import type { Site } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers } from './registers.ts';
import { expire } from './store-retention.ts';

/** Versions removed in one transaction, each with its own record in the trail. */
const BATCH = 5000;
/** 04:30 in Asia/Shanghai. */
const NIGHTLY = '30 20 * * *';

/** The first day whose endings are still kept; 29 February counts as 1 March. */
const keptSince = (today: string, years: number): string => {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCFullYear(day.getUTCFullYear() - years);
  return day.toISOString().slice(0, 10);
};

/** Removes what a register need not keep any longer: never what holds, never without saying how much and by what rule. */
const expireRegister = async (site: Site, { code, retention }: Register, most: number, signal: AbortSignal): Promise<void> => {
  if (retention === undefined || retention.years === 'permanent') return;
  const { years, basis } = retention;
  const before = keptSince(dayOf(site.clock.now()), years);
  let removed = most;
  while (removed === most && !signal.aborted) {
    removed = await site.database.as(site.database.system, async (tx) => {
      const count = await expire(tx, code, before, most);
      if (count > 0) await site.audit.record(tx, { event: 'register.expired', subject: code, detail: { register: code, removed: count, before, years, basis: basis.zh } });
      return count;
    });
  }
};

/** One register after another; what fails in one is told and leaves the rest to go on. */
export const expireAll = async (site: Site, signal: AbortSignal, most = BATCH): Promise<void> => {
  for (const register of site.use(Registers).definitions()) {
    try {
      await expireRegister(site, register, most, signal);
    } catch (error) {
      site.log.error({ err: error, register: register.code }, 'versions whose retention has run out were not removed; they are tried again the next night');
    }
  }
};

export const jobs = (site: Site): Job[] => [{ name: 'registers.expire', cron: NIGHTLY, run: (_, { signal }) => expireAll(site, signal) }];
