import { hostname, userInfo } from 'node:os';
import { defineAudits, openAudit } from '@zhengwu/audit';
import type { Database } from '@zhengwu/database';

defineAudits({
  'keys.renewed': { zh: '更换密钥', en: 'Key renewed' },
  'keys.resealed': { zh: '以新密钥重新密封', en: 'Columns sealed anew' },
});

/** Records what an operator did by a command, in the name of their account on the machine. */
export const recordCommand = async (database: Database, command: string, event: 'keys.renewed' | 'keys.resealed', subject: string, detail: Record<string, unknown>): Promise<void> => {
  const who = { kind: 'system' as const, name: `${userInfo().username}@${hostname()}`, requestId: command, address: '' };
  await database.as(database.system, (tx) => openAudit(database).recordFor(tx, who, { event, subject, detail }));
};
