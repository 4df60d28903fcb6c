import type { CalendarDay, CalendarYear } from './calendar.ts';
import { addDays } from './day.ts';

type Span = readonly [name: string, first: string, last: string];
type Makeup = readonly [name: string, day: string];

const yearOf = (year: number, source: string, holidays: readonly Span[], makeups: readonly Makeup[]): CalendarYear => {
  const days: CalendarDay[] = [];
  for (const [name, first, last] of holidays) {
    for (let day = `${year}-${first}`; day <= `${year}-${last}`; day = addDays(day, 1)) days.push({ day, kind: 'holiday', name });
  }
  for (const [name, day] of makeups) days.push({ day: `${year}-${day}`, kind: 'workday', name: `${name}调休上班` });
  return { year, source, days: days.sort((a, b) => (a.day < b.day ? -1 : 1)) };
};

/** What a new site begins with; from then on its administrator keeps the calendar in the database. */
export const initialCalendars: readonly CalendarYear[] = [
  yearOf(
    2025,
    '国办发明电〔2024〕12号',
    [
      ['元旦', '01-01', '01-01'], ['春节', '01-28', '02-04'], ['清明节', '04-04', '04-06'], ['劳动节', '05-01', '05-05'],
      ['端午节', '05-31', '06-02'], ['国庆节、中秋节', '10-01', '10-08'],
    ],
    [['春节', '01-26'], ['春节', '02-08'], ['劳动节', '04-27'], ['国庆节', '09-28'], ['国庆节', '10-11']],
  ),
  yearOf(
    2026,
    '国办发明电〔2025〕7号',
    [
      ['元旦', '01-01', '01-03'], ['春节', '02-15', '02-23'], ['清明节', '04-04', '04-06'], ['劳动节', '05-01', '05-05'],
      ['端午节', '06-19', '06-21'], ['中秋节', '09-25', '09-27'], ['国庆节', '10-01', '10-07'],
    ],
    [['元旦', '01-04'], ['春节', '02-14'], ['春节', '02-28'], ['劳动节', '05-09'], ['国庆节', '09-20'], ['国庆节', '10-10']],
  ),
];

/** An invented 2027, for the demo city alone: the real one is not announced yet and a real site says so. */
export const demoCalendar2027: CalendarYear = {
  ...yearOf(
    2027,
    '演示日历，非官方公布',
    [
      ['元旦', '01-01', '01-03'], ['春节', '02-05', '02-12'], ['清明节', '04-03', '04-05'], ['劳动节', '05-01', '05-05'],
      ['端午节', '06-09', '06-09'], ['中秋节', '09-15', '09-15'], ['国庆节', '10-01', '10-07'],
    ],
    [['春节', '02-14'], ['劳动节', '05-08'], ['国庆节', '09-26'], ['国庆节', '10-09']],
  ),
  demo: true,
};
