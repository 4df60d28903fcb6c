export { Calendars, openCalendars } from './calendars.ts';
export { calendarModule } from './module.ts';
