import type { AdapterSchedule } from '@zhengwu/contracts';

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
const LONGEST_WAIT_MS = 3_600_000;
const FIRST_WAIT_MS = 30_000;

/** The next time of the day in Asia/Shanghai after `now`. */
const nextDaily = (time: string, now: Date): Date => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const midnight = Math.floor((now.getTime() + SHANGHAI_MS) / DAY_MS) * DAY_MS - SHANGHAI_MS;
  const today = midnight + (hours * 60 + minutes) * 60_000;
  return new Date(today > now.getTime() ? today : today + DAY_MS);
};

/** When the first turn comes; null where somebody has to begin it. */
export const firstTurn = (schedule: AdapterSchedule, now: Date): Date | null => (schedule === null ? null : 'dailyAt' in schedule ? nextDaily(schedule.dailyAt, now) : now);

/** When the next turn comes. After `failures` in a row it waits longer each time, an hour at the most beyond what the schedule says; a daily one is tried again the same day. */
export const nextTurn = (schedule: AdapterSchedule, now: Date, failures: number): Date | null => {
  if (schedule === null) return null;
  const wait = failures === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10));
  if ('dailyAt' in schedule) {
    const daily = nextDaily(schedule.dailyAt, now);
    return failures === 0 ? daily : new Date(Math.min(daily.getTime(), now.getTime() + wait));
  }
  return new Date(now.getTime() + Math.max(schedule.everySeconds * 1000, wait));
};
