import { auditEvents } from '@zhengwu/audit';
import type { Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Holding, Policy } from '@zhengwu/module';
import { eventPurposes, purposes } from './purposes.ts';
import * as store from './store.ts';

export interface Look {
  id: string;
  at: string;
  what: Text;
  department: Text | null;
  post: Text | null;
  about: Text | null;
  purpose: Text | null;
}

const textOf = (zh: string | null, en: string | null): Text | null => (zh === null ? null : { zh, en: en ?? zh });

/** Who looked at a person's data: of all holdings, the officials' looks that the trail holds (个人信息保护法 §44). No names. */
export const looksAt = async (tx: Tx, person: string, holdings: readonly Holding[], policy: Policy, after: string | null, limit: number): Promise<Look[]> => {
  const about = new Map<string, Text>();
  for (const { subjects } of holdings) for (const { id, title } of (await subjects?.(tx, person)) ?? []) about.set(id, title);
  const seen = [...auditEvents()].filter(([event, { personal }]) => personal === true && !event.startsWith('audit.')).map(([event]) => event);
  const rows = await store.looks(tx, [person, ...about.keys()], seen, after, limit);
  return rows.map((row) => {
    const name = auditEvents().get(row.event);
    const code = (row.operation === null ? undefined : policy[row.operation]?.purpose) ?? eventPurposes[row.event];
    return {
      id: row.id, at: row.at.toISOString(), what: name ? { zh: name.zh, en: name.en } : { zh: row.event, en: row.event },
      department: textOf(row.department_zh, row.department_en), post: textOf(row.post_zh, row.post_en), about: about.get(row.subject) ?? null, purpose: (code && purposes[code]?.name) || null,
    };
  });
};
