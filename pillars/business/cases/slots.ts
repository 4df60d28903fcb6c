import { dayOf, type WorkingCalendar } from '@zhengwu/clock';
import type { FormStep, Text } from '@zhengwu/contracts';
import type { Issue } from '@zhengwu/errors';

/** Hours at which one may come, Shanghai time. */
export const HOURS = ['09:00', '10:00', '11:00', '14:00', '15:00', '16:00'];
/** People served at the same time. */
export const SEATS = 4;
const WEEKDAY = ['日', '一', '二', '三', '四', '五', '六'];

/** A time at the office as people read it. */
export const slotText = (day: string, hour: string): Text => {
  const date = new Date(`${day}T00:00:00Z`);
  return {
    zh: `${date.getUTCMonth() + 1}月${date.getUTCDate()}日（周${WEEKDAY[date.getUTCDay()]}）${hour}`,
    en: `${date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })}, ${hour}`,
  };
};

/** Instant of an hour of a day at the office. */
export const slotAt = (day: string, hour: string): string => new Date(`${day}T${hour}:00+08:00`).toISOString();

/** A slot `place@instant@seat` as the form offers it; null for anything else. */
export const slotOf = (value: string): { place: string; at: string; seat: number; label: Text } | null => {
  const [, place, at, seat] = /^([A-Za-z][A-Za-z0-9-]{0,39})@(\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z)@([1-9])$/.exec(value) ?? [];
  if (!place || !at || Number.isNaN(Date.parse(at))) return null;
  const day = dayOf(new Date(at));
  const hour = HOURS.find((one) => slotAt(day, one) === at);
  return hour && Number(seat) <= SEATS ? { place, at, seat: Number(seat), label: slotText(day, hour) } : null;
};

/** Issues of appointment answers: only a time to come on a working day can be asked for, whatever was sent. */
export const slotIssues = (form: readonly FormStep[], answers: Readonly<Record<string, unknown>>, calendar: WorkingCalendar, now: Date): Issue[] =>
  form.flatMap((step) => step.layout).filter((field) => field.control === 'appointment' && answers[field.key] !== undefined).flatMap((field) => {
    const slot = slotOf(String(answers[field.key]));
    const offered = slot && Date.parse(slot.at) > now.getTime() && calendar.isWorkingDay(dayOf(new Date(slot.at)));
    return offered ? [] : [{ path: `/values/${field.key}`, code: 'slot', message: { zh: '请选择页面给出的预约时段', en: 'Choose one of the times that are offered' } }];
  });
