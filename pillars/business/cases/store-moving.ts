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

/** Tasks of a person that are not done, those they await back included. */
export const countInHand = async (tx: Tx, person: string): Promise<number> => (await tx.query<{ n: number }>('select cases.in_hand($1) as n', [person])).rows[0]?.n ?? 0;
export const handOverAll = async (tx: Tx, actor: Actor, person: string, to: { id: string; name: string } | null, reason: string): Promise<number> =>
  (await tx.query<{ n: number }>('select cases.hand_over($1::jsonb, $2, $3, $4, $5) as n', [JSON.stringify(actor), person, to?.id ?? null, to?.name ?? null, reason])).rows[0]?.n ?? 0;

/** Running cases and open tasks of these departments. */
export const countRunningIn = async (tx: Tx, departments: readonly number[]): Promise<{ cases: number; tasks: number }> =>
  (await tx.query<{ cases: number; tasks: number }>('select cases.running_in($1) as cases, cases.open_tasks_in($1) as tasks', [departments])).rows[0] ?? { cases: 0, tasks: 0 };
export const reassign = async (tx: Tx, actor: object, { from, to, services, document }: { from: number; to: number; services: readonly string[] | null; document: string }): Promise<number> =>
  (await tx.query<{ n: number }>('select cases.reassign($1::jsonb, $2, $3, $4, $5) as n', [JSON.stringify(actor), from, to, services, document])).rows[0]?.n ?? 0;
