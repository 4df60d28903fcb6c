import type { Event } from '@zhengwu/events';
import type { Tx } from '@zhengwu/database';
import { messageRow } from './rows.ts';
import { holdersOfRole, writeAll } from './store.ts';

interface Raised {
  role?: string;
  severity?: string;
  name?: { zh: string; en: string };
  about?: { zh: string; en: string };
  note?: { zh: string; en: string };
}

/** An operational alert reaches the in-box of everybody who holds the role named; once an event and person. */
export const tellAlert = async (tx: Tx, event: Event): Promise<void> => {
  const { role = '', name, about, note } = event.payload as Raised;
  const params = { name: name?.zh, nameEn: name?.en, about: about?.zh, aboutEn: about?.en, note: note?.zh, noteEn: note?.en };
  const people = await holdersOfRole(tx, role);
  await writeAll(tx, people.map((to) => messageRow({ to, template: 'operationalAlert', params, caseId: null, key: `alert:${event.id}:${to}`, at: event.at })));
};
