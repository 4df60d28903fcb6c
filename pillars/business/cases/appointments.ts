import { addDays, dayOf, type WorkingCalendar } from '@zhengwu/clock';
import type { FormStep, Text } from '@zhengwu/contracts';
import type { Database } from '@zhengwu/database';

export interface Slot {
  value: string;
  label: Text;
}
/** Free times at the office. */
export interface Slots {
  /** Free slots of the appointment fields of a step, by key. */
  forStep(step: FormStep): Promise<Record<string, Slot[]> | undefined>;
}

const HOURS = ['09:00', '10:00', '11:00', '14:00', '15:00', '16:00'];
const SEATS = 4;
const DAYS_AHEAD = 10;
const WEEKDAY = ['日', '一', '二', '三', '四', '五', '六'];

const labelOf = (day: string, hour: string): Text => {
  const date = new Date(`${day}T00:00:00Z`);
  return {
    zh: `${date.getUTCMonth() + 1}月${date.getUTCDate()}日（周${WEEKDAY[date.getUTCDay()]}）${hour}`,
    en: `${date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })}, ${hour}`,
  };
};

/** Working days from tomorrow on with their hours; a slot is free while a seat is. Value: `place@instant@seat`. */
export const appointmentSlots = (database: Database, calendar: () => WorkingCalendar, now: () => Date): Slots => ({
  forStep: async (step) => {
    const fields = step.layout.filter((field) => field.control === 'appointment');
    if (fields.length === 0) return undefined;
    const taken = await database.as(database.system, async (tx) => (await tx.named<{ place: string; at: Date; seats: number[] }>(
      'appointments.taken', `select place, at, array_agg(seat::int) as seats from cases.appointment
        where at > now() and (case_id is not null or held_until > now()) group by place, at`)).rows, { readOnly: true });
    const seatsAt = new Map(taken.map((one) => [`${one.place}@${one.at.toISOString()}`, new Set(one.seats)]));
    const place = 'hall';
    const slots: Slot[] = [];
    let day = dayOf(now());
    for (let open = 0; open < DAYS_AHEAD; ) {
      day = addDays(day, 1);
      if (!calendar().isWorkingDay(day)) continue;
      open += 1;
      for (const hour of HOURS) {
        const at = new Date(`${day}T${hour}:00+08:00`).toISOString();
        const seats = seatsAt.get(`${place}@${at}`);
        const seat = Array.from({ length: SEATS }, (_, index) => index + 1).find((one) => !seats?.has(one));
        if (seat) slots.push({ value: `${place}@${at}@${seat}`, label: labelOf(day, hour) });
      }
    }
    return Object.fromEntries(fields.map((field) => [field.key, slots]));
  },
});
