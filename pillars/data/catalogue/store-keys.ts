import type { Tx } from '@zhengwu/database';

export interface KeyRow {
  id: string;
  name: string;
  prefix: string;
  madeAt: Date;
  revokedAt: Date | null;
}

export const insertKey = async (tx: Tx, one: { person: string; name: string; prefix: string; hash: string }): Promise<string> =>
  (await tx.query<{ id: string }>('insert into catalogue.open_key (person, name, prefix, hash) values ($1, $2, $3, $4) returning id', [one.person, one.name, one.prefix, one.hash])).rows[0]?.id as string;

/** Keys of this person that still open something. */
export const countKeys = async (tx: Tx, person: string): Promise<number> => (await tx.query<{ n: number }>('select count(*)::int as n from catalogue.open_key where person = $1 and revoked_at is null', [person])).rows[0]?.n ?? 0;

/** Keys that the reader may see, newest first. */
export const selectKeys = async (tx: Tx): Promise<KeyRow[]> => (await tx.query<KeyRow>('select id, name, prefix, made_at as "madeAt", revoked_at as "revokedAt" from catalogue.open_key order by revoked_at nulls first, made_at desc limit 100')).rows;

export const revokeKey = async (tx: Tx, person: string, id: string): Promise<boolean> => (await tx.query('update catalogue.open_key set revoked_at = now() where id = $2 and person = $1 and revoked_at is null', [person, id])).rowCount === 1;

export const keyByHash = async (tx: Tx, hash: string): Promise<string | null> => (await tx.named<{ id: string }>('catalogue.keyByHash', 'select id from catalogue.open_key where hash = $1 and revoked_at is null', [hash])).rows[0]?.id ?? null;

export const countKeyUse = async (tx: Tx, key: string, resource: string, day: string): Promise<void> => {
  await tx.named('catalogue.keyUse', 'insert into catalogue.open_key_usage (key, resource, day, count) values ($1, $2, $3, 1) on conflict (key, resource, day) do update set count = catalogue.open_key_usage.count + 1', [key, resource, day]);
};

export interface KeyUse {
  key: string;
  resource: string;
  calls: number;
  recent: number;
  lastDay: string;
}
/** What these keys have taken, all told and since a day. */
export const selectKeyUse = async (tx: Tx, keys: readonly string[], since: string): Promise<KeyUse[]> => (await tx.query<KeyUse>(`select key, resource, sum(count)::int as calls, coalesce(sum(count) filter (where day >= $2), 0)::int as recent, max(day)::text as "lastDay"
  from catalogue.open_key_usage where key = any ($1::uuid[]) group by key, resource order by key, resource`, [keys, since])).rows;
