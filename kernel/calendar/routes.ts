import { getCalendar, putCalendar } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { Calendars } from './calendars.ts';

export const routes = (site: Site, http: Http): void => {
  const calendars = site.use(Calendars);
  http.route(getCalendar, async ({ actor }) => ({
    years: (await calendars.years(actor)).map(({ year, source, days, version }) => ({ year, source, days: [...days], version })),
  }));
  http.route(putCalendar, async ({ actor, params, body }) => {
    const version = await calendars.keep(actor, { year: params.year, source: body.source, days: body.days }, body.version);
    await site.database.as(actor, (tx) => site.audit.record(tx, { event: 'calendar.kept', subject: String(params.year), detail: { days: body.days.length } }));
    return { year: params.year, version };
  });
};
