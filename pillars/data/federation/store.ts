import type { Tx } from '@zhengwu/database';
import type { Intake } from '@zhengwu/pack';

export interface Source {
  intake: string;
  client: string;
  basis: string;
  taken: number;
  refused: number;
  lastAt: Date | null;
  failure: string | null;
}

export const upsertIntake = async (tx: Tx, packHash: string, intake: Intake): Promise<void> => {
  await tx.query(`insert into federation.intake (code, definition, pack_hash) values ($1, $2::jsonb, $3)
    on conflict (code) do update set definition = excluded.definition, pack_hash = excluded.pack_hash`, [intake.code, JSON.stringify(intake), packHash]);
};

export const selectIntakes = async (tx: Tx): Promise<Intake[]> => (await tx.query<{ definition: Intake }>('select definition from federation.intake order by code')).rows.map(({ definition }) => definition);

export const selectSources = async (tx: Tx): Promise<Source[]> =>
  (await tx.query<Source>('select intake, client, basis, taken, refused, last_at as "lastAt", failure from federation.source order by intake, client')).rows.map((row) => ({ ...row, taken: Number(row.taken), refused: Number(row.refused) }));

export const upsertSource = async (tx: Tx, intake: string, client: string, basis: string): Promise<void> => {
  await tx.query('insert into federation.source (intake, client, basis) values ($1, $2, $3) on conflict (intake, client) do update set basis = excluded.basis', [intake, client, basis]);
};

export const deleteSource = async (tx: Tx, intake: string, client: string): Promise<boolean> =>
  (await tx.query('delete from federation.source where intake = $1 and client = $2', [intake, client])).rowCount === 1;

/** The intakes that take this topic from this client. */
export const intakesFor = async (tx: Tx, client: string, topic: string): Promise<Intake[]> =>
  (await tx.named<{ definition: Intake }>('federation.intakes', `select i.definition from federation.source s join federation.intake i on i.code = s.intake
    where s.client = $1 and i.definition->>'topic' = $2 order by i.code`, [client, topic])).rows.map(({ definition }) => definition);

/** True when this message had no effect by this intake yet; marks it, in the transaction of its effect. */
export const markReceived = async (tx: Tx, client: string, topic: string, message: string, intake: string): Promise<boolean> =>
  (await tx.named('federation.mark', 'insert into federation.received (client, topic, message, intake) values ($1, $2, $3, $4) on conflict do nothing', [client, topic, message, intake])).rowCount === 1;

export const countTaken = async (tx: Tx, client: string, intakes: readonly string[], taken: number, refused: number, failure: string | null): Promise<void> => {
  await tx.named('federation.count', `update federation.source set taken = taken + $3, refused = refused + $4, last_at = now(), failure = $5 where client = $1 and intake = any ($2)`, [client, intakes, taken, refused, failure]);
};

export const forgetReceived = async (tx: Tx, days: number): Promise<void> => {
  await tx.query(`delete from federation.received where at < now() - $1 * interval '1 day'`, [days]);
};
