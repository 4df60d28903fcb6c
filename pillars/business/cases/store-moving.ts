import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

export interface RunningCase {
  id: string;
  number: string;
}

/** Cases of a service that run on this version of its pack. */
export const selectRunning = async (tx: Tx, service: string, pack: string): Promise<RunningCase[]> =>
  (await tx.query<RunningCase>('select id, number from cases.running_on($1, $2)', [service, pack])).rows;

/** The case names the other version from now on; throws `case.changed` when it has ended or moved meanwhile. */
export const writeMove = async (tx: Tx, actor: Actor, { id, from, to, tasks }: { id: string; from: string; to: string; tasks: readonly object[] }): Promise<void> => {
  await tx.query('select cases.move_to_pack($1::jsonb, $2, $3, $4, $5::jsonb)', [JSON.stringify(actor), id, from, to, JSON.stringify(tasks)]);
};
