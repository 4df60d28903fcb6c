const dayMs = 86_400_000;

/** Midnight UTC of a calendar day, in ms. */
export const dayStart = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Moves a calendar day by days. */
export const shiftDay = (day: string, days: number): string =>
  new Date(dayStart(day) + days * dayMs).toISOString().slice(0, 10);

/** Moves a calendar day by years; 29 February becomes 28 where the year has none. */
export const shiftYear = (day: string, years: number): string => {
  const [year, month, date] = day.split('-') as [string, string, string];
  const moved = `${String(Number(year) + years)}-${month}-${date}`;
  return new Date(dayStart(moved)).toISOString().slice(0, 10) === moved ? moved : `${String(Number(year) + years)}-02-28`;
};

/** Full years between a birthday and a day. */
export const ageOn = (birth: string, day: string): number => {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
};

/** The instant of a wall-clock time in Asia/Shanghai (UTC+8 all year), in ms. */
export const shanghai = (day: string, hour: number, minute: number, second = 0): number =>
  dayStart(day) + ((hour - 8) * 3600 + minute * 60 + second) * 1000;
