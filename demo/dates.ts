import { isDay, startOfDay, type Day } from '@zhengwu/clock';

/** Moves a calendar day by years; 29 February becomes 28 where the year has none. */
export const shiftYear = (day: Day, years: number): Day => {
  const [year, month, date] = day.split('-') as [string, string, string];
  const moved = `${String(Number(year) + years)}-${month}-${date}`;
  return isDay(moved) ? moved : `${String(Number(year) + years)}-02-28`;
};

/** Full years between a birthday and a day. */
export const ageOn = (birth: Day, day: Day): number => {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
};

/** The instant of a wall-clock time in Asia/Shanghai, in ms. */
export const shanghai = (day: Day, hour: number, minute: number, second = 0): number =>
  startOfDay(day).getTime() + (hour * 3600 + minute * 60 + second) * 1000;
