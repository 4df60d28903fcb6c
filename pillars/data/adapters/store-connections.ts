import type { AdapterReach, Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

export interface ConnectionRow extends Record<string, unknown> {
  code: string;
  name: Text;
  reach: AdapterReach;
  secret: string | null;
  version: number;
  by: string;
  at: Date;
}

export const connections = async (tx: Tx): Promise<ConnectionRow[]> => (await tx.query<ConnectionRow>('select * from adapters.connection order by code limit 500')).rows;
export const connection = async (tx: Tx, code: string): Promise<ConnectionRow | undefined> => (await tx.query<ConnectionRow>('select * from adapters.connection where code = $1', [code])).rows[0];
/** Held until the transaction ends. */
export const holdConnection = async (tx: Tx, code: string): Promise<ConnectionRow | undefined> => (await tx.query<ConnectionRow>('select * from adapters.connection where code = $1 for update', [code])).rows[0];

/** Keeps a connection; answers which version it is. */
export const putConnection = async (tx: Tx, { code, name, reach, secret, by }: Pick<ConnectionRow, 'code' | 'name' | 'reach' | 'secret' | 'by'>): Promise<number> => {
  const { rows } = await tx.query<{ version: number }>(
    `insert into adapters.connection (code, name, reach, secret, by) values ($1, $2::jsonb, $3::jsonb, $4, $5)
     on conflict (code) do update set name = excluded.name, reach = excluded.reach, secret = excluded.secret, by = excluded.by, version = adapters.connection.version + 1, at = now() returning version`,
    [code, JSON.stringify(name), JSON.stringify(reach), secret, by]);
  return rows[0]?.version ?? 1;
};
