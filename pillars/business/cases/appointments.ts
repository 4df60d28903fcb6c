import { addDays, dayOf, type WorkingCalendar } from '@zhengwu/clock';
import type { FormStep, Text } from '@zhengwu/contracts';
import type { Database } from '@zhengwu/database';
import { HOURS, SEATS, slotAt, slotText } from './slots.ts';

export interface Slot {
  value: string;
  label: Text;
}

/** Free times at the office. */
export interface Slots {
  /** Free slots of the appointment fields of a step, by key. */
  forStep(step: FormStep): Promise<Record<string, Slot[]> | undefined>;
}

const DAYS_AHEAD = 10;

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
        const at = slotAt(day, hour);
        const seats = seatsAt.get(`${place}@${at}`);
        const seat = Array.from({ length: SEATS }, (_, index) => index + 1).find((one) => !seats?.has(one));
        if (seat) slots.push({ value: `${place}@${at}@${seat}`, label: slotText(day, hour) });
      }
    }
    return Object.fromEntries(fields.map((field) => [field.key, slots]));
  },
});
