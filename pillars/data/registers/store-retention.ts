import type { Tx } from '@zhengwu/database';

/** Removes at most `most` versions that ended before a day; answers how many. */
export const expire = async (tx: Tx, register: string, before: string, most: number): Promise<number> =>
  (await tx.named<{ removed: number }>('registers.expire', 'select registers.expire($1, $2::date, $3) as removed', [register, before, most])).rows[0]?.removed ?? 0;
