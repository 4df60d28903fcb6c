import type { ResourceMetadata } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

export interface Resource {
  id: string;
  provider: string;
  department: number | null;
  register: string | null;
  isRetired: boolean;
  published: number | null;
  latest: number;
}
export type VersionState = 'draft' | 'submitted' | 'published' | 'returned' | 'superseded';
export interface Version {
  version: number;
  state: VersionState;
  metadata: ResourceMetadata;
  byPerson: string | null;
  by: string;
  at: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  reason: string | null;
}
export interface Listed extends Resource {
  state: VersionState;
  metadata: ResourceMetadata;
  version: number;
  at: Date;
}

const resource = 'r.id, r.provider, r.department, r.register, r.is_retired as "isRetired", r.published, r.latest';
const wordsOf = (id: string, { name, abstract, code, items }: ResourceMetadata): string =>
  [id, code, name.zh, name.en, abstract.zh, abstract.en, ...items.flatMap(({ title }) => [title.zh, title.en])].join(' ').toLowerCase().slice(0, 20_000);

/** Adds a resource with its first version; false when it is there already. */
export const insertResource = async (tx: Tx, one: { id: string; provider: string; department: number | null; register: string | null; metadata: ResourceMetadata; person: string | null; by: string }): Promise<boolean> => {
  const { rowCount } = await tx.query('insert into catalogue.resource (id, provider, department, register, words) values ($1, $2, $3, $4, $5) on conflict do nothing', [one.id, one.provider, one.department, one.register, wordsOf(one.id, one.metadata)]);
  if (rowCount === 0) return false;
  await tx.query(`insert into catalogue.version (resource, version, state, metadata, by_person, by_name) values ($1, 1, 'draft', $2::jsonb, $3, $4)`, [one.id, JSON.stringify(one.metadata), one.person, one.by]);
  return true;
};

export const lockResource = async (tx: Tx, id: string): Promise<Resource | undefined> => (await tx.query<Resource>(`select ${resource} from catalogue.resource r where r.id = $1 for update`, [id])).rows[0];
export const selectResource = async (tx: Tx, id: string): Promise<Resource | undefined> => (await tx.query<Resource>(`select ${resource} from catalogue.resource r where r.id = $1`, [id])).rows[0];

const version = 'v.version, v.state, v.metadata, v.by_person as "byPerson", v.by_name as by, v.at, v.decided_by as "decidedBy", v.decided_at as "decidedAt", v.reason';
export const selectVersions = async (tx: Tx, id: string): Promise<Version[]> => (await tx.query<Version>(`select ${version} from catalogue.version v where v.resource = $1 order by v.version desc limit 200`, [id])).rows;
export const selectVersion = async (tx: Tx, id: string, number: number): Promise<Version | undefined> => (await tx.query<Version>(`select ${version} from catalogue.version v where v.resource = $1 and v.version = $2`, [id, number])).rows[0];

/** Writes into the draft, or begins the next version after one that is published, returned or superseded. */
export const writeVersion = async (tx: Tx, { id, latest }: Resource, isNext: boolean, metadata: ResourceMetadata, person: string | null, by: string): Promise<number> => {
  const number = isNext ? latest + 1 : latest;
  await tx.query(`insert into catalogue.version (resource, version, state, metadata, by_person, by_name) values ($1, $2, 'draft', $3::jsonb, $4, $5)
    on conflict (resource, version) do update set metadata = excluded.metadata, by_person = excluded.by_person, by_name = excluded.by_name, at = now(), state = 'draft'`, [id, number, JSON.stringify(metadata), person, by]);
  await tx.query('update catalogue.resource set latest = $2, words = $3 where id = $1', [id, number, wordsOf(id, metadata)]);
  return number;
};

export const setVersionState = async (tx: Tx, id: string, number: number, state: VersionState, decidedBy: string | null, reason: string | null): Promise<void> => {
  await tx.query('update catalogue.version set state = $3, decided_by = coalesce($4, decided_by), decided_at = case when $4::text is null then decided_at else now() end, reason = $5 where resource = $1 and version = $2', [id, number, state, decidedBy, reason]);
};

export const publishVersion = async (tx: Tx, id: string, number: number): Promise<void> => {
  await tx.query(`update catalogue.version set state = 'superseded' where resource = $1 and state = 'published' and version <> $2`, [id, number]);
  await tx.query('update catalogue.resource set published = $2, is_retired = false where id = $1', [id, number]);
};

export const retire = async (tx: Tx, id: string): Promise<void> => {
  await tx.query(`update catalogue.version set state = 'superseded' where resource = $1 and state = 'published'`, [id]);
  await tx.query('update catalogue.resource set published = null, is_retired = true where id = $1', [id]);
};

export const isCodeTaken = async (tx: Tx, id: string, code: string): Promise<boolean> =>
  (await tx.query(`select from catalogue.version v join catalogue.resource r on r.id = v.resource and v.version in (r.latest, r.published) where v.metadata->>'code' = $2 and r.id <> $1 limit 1`, [id, code])).rowCount === 1;

export const countResources = async (tx: Tx): Promise<number> => (await tx.query<{ n: number }>('select count(*)::int as n from catalogue.resource')).rows[0]?.n ?? 0;

export interface Wanted {
  q: string | null;
  kind: string | null;
  sharing: string | null;
  state: string | null;
  provider: string | null;
}

const listed = `select ${resource}, v.state, v.metadata, v.version, v.at from catalogue.resource r join catalogue.version v on v.resource = r.id and v.version = $1`;
const filters = `($2::text is null or r.words like $2) and ($3::text is null or v.metadata->>'class' = $3) and ($4::text is null or v.metadata->'sharing'->>'class' = $4) and ($5::text is null or r.provider = $5)`;

/** The newest version of each resource that the reader may see. */
export const search = async (tx: Tx, { q, kind, sharing, state, provider }: Wanted, offset: number, limit: number): Promise<{ items: Listed[]; total: number }> => {
  const like = q === null ? null : `%${q.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const from = `${listed.replace('$1', 'r.latest')} where ${filters.replaceAll(/\$(\d)/g, (_, n: string) => `$${String(Number(n) - 1)}`)} and ($5::text is null or case when r.is_retired then 'retired' when v.state = 'returned' then 'draft' else v.state end = $5)`;
  const values = [like, kind, sharing, provider, state];
  const { rows } = await tx.query<Listed & { total: number }>(`select found.*, count(*) over ()::int as total from (${from}) found order by found.metadata->>'code' offset $6 limit $7`, [...values, offset, limit]);
  return { items: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
};

/** What is published, as it was published. */
export const selectPublished = async (tx: Tx): Promise<Listed[]> => (await tx.query<Listed>(`${listed.replace('$1', 'r.published')} order by v.metadata->>'code' limit 5000`)).rows;

export const selectByRegister = async (tx: Tx, register: string): Promise<Listed[]> => (await tx.query<Listed>(`${listed.replace('$1', 'coalesce(r.published, r.latest)')} where r.register = $2`.replace('$2', '$1'), [register])).rows;
