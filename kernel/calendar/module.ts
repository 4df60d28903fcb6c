import { demoCalendar2027, initialCalendars } from '@zhengwu/clock';
import { defineModule } from '@zhengwu/module';
import { Calendars, openCalendars } from './calendars.ts';
import { migration } from './migrations/0001-version.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';

const REFRESH_SECONDS = 60;

/** The calendar module: a new site begins with the announced years, a demo site also with an invented next year. */
export const calendarModule = defineModule({
  name: 'calendar',
  requires: [],
  migrations: [migration],
  policy,
  setup: async (site) => {
    const initial = site.config.demo ? [...initialCalendars, demoCalendar2027] : initialCalendars;
    site.provide(Calendars, await openCalendars(site.database, initial));
  },
  routes,
  jobs: (site) => [{ name: 'calendar.refresh', everySeconds: REFRESH_SECONDS, run: () => site.use(Calendars).refresh() }],
});
