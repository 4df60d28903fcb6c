import { dayOf } from '@zhengwu/clock';
import type { Text } from '@zhengwu/contracts';

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
  const [, place, at, seat] = /^([a-z][a-z0-9-]{0,39})@(\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z)@([1-9])$/.exec(value) ?? [];
  if (!place || !at || Number.isNaN(Date.parse(at))) return null;
  const day = dayOf(new Date(at));
  const hour = HOURS.find((one) => slotAt(day, one) === at);
  return hour && Number(seat) <= SEATS ? { place, at, seat: Number(seat), label: slotText(day, hour) } : null;
};
