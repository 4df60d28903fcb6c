import type { Site } from '@zhengwu/module';
import { moveBy, today } from './keeping.ts';
import { openStates, registers } from './registers/all.ts';
import * as store from './store-duties.ts';

/** Overdue findings, rectifications and vulnerabilities go to the head of the department after so many days. */
const ESCALATION_DAYS = 3;
const escalating = ['finding', 'rectification', 'vulnerability', 'malware', 'review', 'leaver'];

/** Daily: what has run out lapses by itself, what is due is reminded of, what stays overdue goes up. */
export const keepClocks = async (site: Site): Promise<{ lapsed: number; reminded: number; escalated: number }> => {
  const day = today(site);
  return site.database.as(site.database.system, async (tx) => {
    let lapsed = 0;
    for (const { code, lapse } of registers) {
      for (const id of lapse ? await store.lapsing(tx, code, lapse.from, day) : []) {
        await moveBy(site, tx, id, 'lapse', { state: lapse?.to ?? '' });
        lapsed += 1;
      }
    }
    const reminded = await store.remind(tx, openStates, day);
    const late = await store.escalate(tx, escalating, openStates, day, ESCALATION_DAYS);
    // The key of each message is the reminder's, so that a second run of the day tells nobody twice.
    for (const { entry, ...told } of await store.worthTelling(tx, day)) await site.events.append(tx, { type: 'governance.reminded', subject: entry, payload: { entry, day, ...told } });
    for (const id of late) await site.audit.record(tx, { event: 'governance.escalated', subject: id });
    return { lapsed, reminded, escalated: late.length };
  });
};
