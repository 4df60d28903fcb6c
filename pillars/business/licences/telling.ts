import { addDays, dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import { messageRow } from '@zhengwu/messages';
import type { Site } from '@zhengwu/module';
import * as store from './store.ts';

/** Days before its end that the holder is told of it. */
const REMIND_DAYS = 183;
/** Holders told in one transaction. */
export const REMIND_BATCH = 200;

type Message = ReturnType<typeof messageRow>;

const tell = async (tx: Tx, messages: readonly Message[]): Promise<void> => {
  if (messages.length > 0) await tx.named('messages.write', 'select messages.write($1::jsonb)', [JSON.stringify(messages)]);
};

/** Tells holders half a year ahead, once; the mark and the message commit together. */
export const remindExpiring = ({ database, clock }: Pick<Site, 'database' | 'clock'>): Promise<number> => {
  const now = clock.now();
  return database.as(database.system, async (tx) => {
    const rows = await store.claimExpiring(tx, dayOf(now), addDays(dayOf(now), REMIND_DAYS), REMIND_BATCH);
    await tell(tx, rows.map((row) => messageRow({
      to: row.holder, template: 'licenceExpiring', caseId: null, key: `licence-expiring:${row.id}`, at: now,
      params: { name: row.name_zh, nameEn: row.name_en, date: row.valid_until },
    })));
    return rows.length;
  });
};

/** Tells holders that their licences are there to be seen and downloaded. The sheet is typeset when it is first opened. */
export const tellReady = async (tx: Tx, ids: readonly string[], at: Date): Promise<void> => {
  const rows = await store.inForceAmong(tx, ids);
  await tell(tx, rows.map((row) => messageRow({
    to: row.holder, template: 'licenceReady', caseId: row.case_id, key: `licence-ready:${row.id}`, at,
    params: { name: row.name_zh, nameEn: row.name_en, number: row.id },
  })));
};

/** Tells a holder that their licence was revoked, and why. */
export const tellRevoked = async (tx: Tx, id: string, reason: string, at: Date): Promise<void> => {
  const row = await store.byId(tx, id);
  if (!row) return;
  await tell(tx, [messageRow({
    to: row.holder, template: 'revoked', caseId: row.case_id, key: `licence-revoked:${id}`, at,
    params: { service: row.name_zh, serviceEn: row.name_en, number: id, reason },
  })]);
};
