import type { Actor, ResponseOf, caseDiagram } from '@zhengwu/contracts';
import type { Database } from '@zhengwu/database';
import type { HistoryRow } from './rows.ts';
import type { Once } from './committing.ts';

/** Small things officials do beside deciding. */
export interface OfficeStore {
  diagram(actor: Actor, id: string): Promise<ResponseOf<typeof caseDiagram>>;
  /** Marks an unseen material as looked at. */
  seen(actor: Actor, material: string): Promise<void>;
  /** Sets down a verdict with its line in the history; the same verdict again changes nothing. */
  judge(actor: Actor, caseId: string, given: { material: string; verdict: string; note: string | null }, line: HistoryRow): Promise<void>;
  circulate(actor: Actor, once: Once, caseId: string, given: { to: readonly string[]; note: string | null }, line: HistoryRow): Promise<number>;
  read(actor: Actor, caseId: string): Promise<boolean>;
  stamp(actor: Actor): Promise<string | null>;
  keepStamp(actor: Actor, image: string): Promise<void>;
}

export const officeStore = (database: Database): OfficeStore => ({
  diagram: async (actor, id) => {
    const { rows } = await database.call<{ diagram: ResponseOf<typeof caseDiagram> }>(actor, 'cases.diagram', 'select cases.diagram($1::jsonb, $2) as diagram', [id]);
    return (rows[0] as { diagram: ResponseOf<typeof caseDiagram> }).diagram;
  },
  seen: async (actor, material) => void (await database.call(actor, 'cases.seen', "select cases.judge($1::jsonb, null, $2, 'seen', null, null)", [material])),
  judge: async (actor, caseId, { material, verdict, note }, line) =>
    void (await database.call(actor, 'cases.judge', 'select cases.judge($1::jsonb, $2, $3, $4, $5, $6::jsonb)', [caseId, material, verdict, note, JSON.stringify(line)])),
  circulate: async (actor, once, caseId, { to, note }, line) => {
    const { rows } = await database.call<{ sent: number }>(actor, 'cases.circulate', 'select cases.circulate($1::jsonb, $2::jsonb, $3, $4::uuid[], $5, $6::jsonb) as sent', [JSON.stringify(once), caseId, to, note, JSON.stringify(line)]);
    return rows[0]?.sent ?? 0;
  },
  read: async (actor, caseId) => {
    const { rows } = await database.call<{ read: boolean }>(actor, 'cases.read_circulated', 'select cases.read_circulated($1::jsonb, $2) as read', [caseId]);
    return rows[0]?.read ?? false;
  },
  stamp: (actor) => database.as(actor, async (tx) => (await tx.named<{ image: string }>('stamp.read', 'select image from cases.stamp where person = $1', [actor.personId])).rows[0]?.image ?? null),
  keepStamp: (actor, image) => database.as(actor, async (tx) => {
    await tx.named('stamp.keep', 'insert into cases.stamp (person, image) values ($1, $2) on conflict (person) do update set image = excluded.image, kept_at = now()', [actor.personId, image]);
  }),
});
