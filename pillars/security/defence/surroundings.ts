import { dayOf, type WorkingCalendar } from '@zhengwu/clock';

/** Working hours in Asia/Shanghai, with the half hours before and after in which people still are at their desks. */
const FROM_MINUTE = 7 * 60 + 30;
const UNTIL_MINUTE = 19 * 60 + 30;
const SHANGHAI_MS = 8 * 3_600_000;

const isWeekday = (at: number): boolean => ![0, 6].includes(new Date(at + SHANGHAI_MS).getUTCDay());

/** Whether people work at a time, by the site's calendar; in a year it does not know, from Monday to Friday. */
export const workingTime = (calendar: () => WorkingCalendar) => (at: number): boolean => {
  const minute = Math.floor(((at + SHANGHAI_MS) % 86_400_000) / 60_000);
  if (minute < FROM_MINUTE || minute >= UNTIL_MINUTE) return false;
  const day = dayOf(new Date(at));
  const known = calendar();
  return known.years.includes(Number(day.slice(0, 4))) ? known.isWorkingDay(day) : isWeekday(at);
};
