import type { Tx } from '@zhengwu/database';

export interface LinkRow {
  id: string;
  source: string;
  target: string;
  kind: string;
}

/** Links from and to a thing, 200 at most. */
export const linksOf = async (tx: Tx, node: string): Promise<LinkRow[]> =>
  (await tx.query<LinkRow & Record<string, unknown>>('select id, source, target, kind from governance.link where source = $1 or target = $1 order by at, id limit 200', [node])).rows;

export const addLink = async (tx: Tx, { id, source, target, kind }: LinkRow, person: string | null): Promise<boolean> =>
  (await tx.query('insert into governance.link (id, source, target, kind, person) values ($1, $2, $3, $4, $5) on conflict do nothing', [id, source, target, kind, person])).rowCount > 0;

export const removeLink = async (tx: Tx, id: string): Promise<LinkRow | null> =>
  (await tx.query<LinkRow & Record<string, unknown>>('delete from governance.link where id = $1 returning id, source, target, kind', [id])).rows[0] ?? null;

export interface NamedEntry {
  id: string;
  number: string;
  title: string;
  register: string;
  state: string;
}
export const entriesNamed = async (tx: Tx, ids: readonly string[]): Promise<NamedEntry[]> =>
  (await tx.query<NamedEntry & Record<string, unknown>>('select id, number, title, register, state from governance.entry where id = any ($1::uuid[])', [ids])).rows;
/** Policies and duties that somebody answers for. */
export const ownedBy = async (tx: Tx, person: string): Promise<NamedEntry[]> =>
  (await tx.query<NamedEntry & Record<string, unknown>>('select id, number, title, register, state from governance.entry where owner = $1 order by number limit 100', [person])).rows;
export const ownerOf = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx.query<{ owner: string | null }>('select owner from governance.entry where id = $1', [id])).rows[0]?.owner ?? null;
