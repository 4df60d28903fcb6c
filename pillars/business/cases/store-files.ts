import type { Tx } from '@zhengwu/database';

/** Marks what refers to a refused file; answers the cases whose materials do. */
export const refuseFile = async (tx: Tx, hash: string): Promise<{ case_id: string; code: string }[]> =>
  (await tx.named<{ case_id: string; code: string }>('cases.refuse_file', 'select * from cases.refuse_file($1)', [hash])).rows;
