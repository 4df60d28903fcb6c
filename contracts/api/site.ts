import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Day, Instant, Version } from '../scalars.ts';
import { Text } from '../text.ts';

export const siteInfo = operation({
  id: 'site.info', method: 'GET', path: '/api/site', summary: 'Names, contacts, demo accounts (in demo mode), news and notices for the portal',
  response: Type.Object({
    name: Text, city: Text, siteCode: Type.String(), demo: Type.Boolean(), contact: Type.Object({ phone: Type.String(), address: Text, hours: Text }),
    accounts: Type.Array(Type.Object({ account: Type.String(), password: Type.String(), who: Text, for: Type.Enum(['portal', 'console']) })),
    news: Type.Array(Type.Object({ id: Type.String(), title: Text, body: Text, at: Instant, kind: Type.Enum(['news', 'notice']) })),
  }),
});
const CalendarDay = Type.Object({ day: Day, kind: Type.Enum(['holiday', 'workday']), name: Type.Optional(Type.String({ maxLength: 60 })) }, { additionalProperties: false });
export const getCalendar = operation({ id: 'calendar.get', method: 'GET', path: '/api/admin/calendar', summary: 'Years with a calendar and their exceptions', response: Type.Object({ years: Type.Array(Type.Object({ year: Type.Integer(), source: Type.String(), days: Type.Array(CalendarDay), version: Version })) }) });
export const putCalendar = operation({ id: 'calendar.put', method: 'PUT', path: '/api/admin/calendar/:year', summary: "Keep a year's holidays and make-up working days", params: Type.Object({ year: Type.Integer({ minimum: 2000, maximum: 2100 }) }), body: Type.Object({ version: Type.Union([Version, Type.Null()]), source: Type.String({ minLength: 1, maxLength: 300 }), days: Type.Array(CalendarDay, { maxItems: 200 }) }, { additionalProperties: false }), response: Type.Object({ year: Type.Integer(), version: Version }) });
