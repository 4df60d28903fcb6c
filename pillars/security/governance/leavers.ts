import type { Tx } from '@zhengwu/database';
import type { Event } from '@zhengwu/events';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { laterBy } from './entry.ts';
import { today } from './keeping.ts';
import { registerOf } from './registers/all.ts';
import * as store from './store.ts';

/** Days in which things are returned and secrecy is reminded of; rights ended with the step itself. */
const DAYS = 7;

/** Who has left gets a checklist of what no software can take back, answered for by whoever let them go (GB/T 22239-2019 8.1.8.2). */
export const beginLeaving = async (site: Site, { subject, payload }: Pick<Event, 'subject' | 'payload'>, tx: Tx): Promise<void> => {
  const seat = await store.lastSeat(tx, subject);
  if (!seat) return;
  const day = today(site);
  const successor = payload['successor'] !== null && payload['successor'] !== undefined;
  const number = await store.nextNumber(tx, registerOf('leaver')?.prefix ?? '', day.slice(0, 4));
  const fields = { person: seat.name, access: true, work: successor };
  const entry = { id: uuidv7(), number, register: 'leaver', title: seat.name, fields, department: seat.department, owner: typeof payload['by'] === 'string' ? payload['by'] : null, state: 'leaving', due: laterBy(day, DAYS), review: null, version: 1 };
  await store.insertEntry(tx, entry, null);
  await store.addChange(tx, entry.id, { personId: null, name: 'Zhengwu' }, { version: 1, act: 'create', reason: 'person.left', before: null, after: { fields, state: entry.state } });
};
