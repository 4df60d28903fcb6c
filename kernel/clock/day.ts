/** A calendar day in Asia/Shanghai, YYYY-MM-DD. */
export type Day = string;

const DAY_MS = 86_400_000;
/** China has kept UTC+8 all year since 1992. */
const OFFSET_MS = 8 * 3_600_000;

const epochDay = (day: Day): number => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(ms)) throw new RangeError(`not a calendar day: ${day}`);
  return ms;
};

/** True for a day that exists. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

/** The day of an instant in Asia/Shanghai. */
export const dayOf = (instant: Date): Day => new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10);

/** The first instant of a day in Asia/Shanghai. */
export const startOfDay = (day: Day): Date => new Date(epochDay(day) - OFFSET_MS);

/** The last millisecond of a day in Asia/Shanghai. */
export const endOfDay = (day: Day): Date => new Date(epochDay(day) + DAY_MS - 1 - OFFSET_MS);

/** Moves a day by calendar days. */
export const addDays = (day: Day, days: number): Day => new Date(epochDay(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Calendar days from `from` to `until`; negative when `until` comes first. */
export const daysBetween = (from: Day, until: Day): number => (epochDay(until) - epochDay(from)) / DAY_MS;
