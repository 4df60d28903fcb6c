import type { Tx } from '@zhengwu/database';
import type { Finding, PackData, Service } from '@zhengwu/pack';
import { wordsOf } from './words.ts';

export interface LoadRow {
  directory: string;
  code: string | null;
  version: string | null;
  hash: string | null;
  name: { zh: string; en: string } | null;
  source: string;
  accepted: boolean;
  findings: Finding[];
  at: Date;
}

export interface Published {
  code: string;
  pack: string;
  hash: string;
  published: boolean;
}

export const selectLoads = async (tx: Tx): Promise<LoadRow[]> =>
  (await tx.query<LoadRow>('select directory, code, version, hash, name, source, accepted, findings, at from services.load order by directory')).rows;

export const upsertLoad = async (tx: Tx, row: Omit<LoadRow, 'at'>): Promise<void> => {
  await tx.query(
    `insert into services.load (directory, code, version, hash, name, source, accepted, findings) values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8::jsonb)
     on conflict (directory) do update set code = excluded.code, version = excluded.version, hash = excluded.hash, name = excluded.name,
       source = excluded.source, accepted = excluded.accepted, findings = excluded.findings, at = now()`,
    [row.directory, row.code, row.version, row.hash, JSON.stringify(row.name), row.source, row.accepted, JSON.stringify(row.findings)],
  );
};

/** The highest label that this site may hold. */
export const selectHighestLabel = async (tx: Tx): Promise<number> => (await tx.query<{ highest: number }>('select kernel.highest_label() as highest')).rows[0]?.highest ?? 1;

/** The hash under which this version was frozen before, if it was. */
export const selectVersion = async (tx: Tx, code: string, version: string): Promise<string | null> =>
  (await tx.query<{ hash: string }>('select hash from services.pack_version where code = $1 and version = $2', [code, version])).rows[0]?.hash ?? null;

export const insertVersion = async (tx: Tx, hash: string, data: PackData): Promise<void> => {
  await tx.query('insert into services.pack_version (hash, code, version, data) values ($1, $2, $3, $4::jsonb) on conflict do nothing', [hash, data.code, data.version, JSON.stringify(data)]);
};

export const selectVersions = async (tx: Tx): Promise<{ hash: string; data: PackData }[]> =>
  (await tx.query<{ hash: string; data: PackData }>('select hash, data from services.pack_version order by frozen_at')).rows;

export const selectServices = async (tx: Tx): Promise<Published[]> =>
  (await tx.named<Published>('services.flags', 'select code, pack, pack_hash as hash, published from services.service order by code')).rows;

const upsertService = async (tx: Tx, pack: PackData, hash: string, service: Service): Promise<void> => {
  const { listing } = service;
  const { words, plain } = wordsOf(service);
  const events = pack.lifeEvents.filter((event) => event.services.includes(service.code)).map((event) => event.code);
  await tx.query(
    `insert into services.service (code, pack, pack_hash, name_zh, name_en, department, audiences, topics, life_events, words, plain)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, array_to_tsvector($10::text[]), $11)
     on conflict (code) do update set pack = excluded.pack, pack_hash = excluded.pack_hash, name_zh = excluded.name_zh, name_en = excluded.name_en,
       department = excluded.department, audiences = excluded.audiences, topics = excluded.topics, life_events = excluded.life_events,
       words = excluded.words, plain = excluded.plain`,
    [service.code, pack.code, hash, listing.name.zh, listing.name.en, listing.body.department, listing.audiences,
      [...listing.personTopics, ...listing.companyTopics], events, words, plain],
  );
};

/** Makes this version of a pack the current one: new cases begin with it. Services it no longer has are no longer listed. */
export const publishPack = async (tx: Tx, hash: string, pack: PackData): Promise<void> => {
  for (const service of pack.services) await upsertService(tx, pack, hash, service);
  await tx.query('delete from services.service where pack = $1 and code <> all ($2::text[])', [pack.code, pack.services.map((service) => service.code)]);
};

/** A service of the same code that another pack has already. */
export const selectTaken = async (tx: Tx, pack: string, codes: readonly string[]): Promise<string[]> =>
  (await tx.query<{ code: string }>('select code from services.service where pack <> $1 and code = any ($2::text[])', [pack, codes])).rows.map((row) => row.code);

export interface Wanted {
  words: string[];
  plain: string | null;
  audiences: string[] | null;
  topic: string | null;
  department: string | null;
  lifeEvent: string | null;
  offset: number;
  limit: number;
}

const found = `
select code, count(*) over ()::int as total from services.service
where published
  and (cardinality($1::text[]) = 0 or words @@ (select string_agg(quote_literal(word), ' & ')::tsquery from unnest($1::text[]) word) or plain like $2)
  and ($3::text[] is null or audiences && $3)
  and ($4::text is null or topics @> array[$4])
  and ($5::text is null or department = $5 or department like $5 || '-%')
  and ($6::text is null or life_events @> array[$6])
order by name_zh, code limit $7 offset $8`;

/** Codes of published services that match everything asked, with the number of all. */
export const searchServices = async (tx: Tx, wanted: Wanted): Promise<{ codes: string[]; total: number }> => {
  const { rows } = await tx.named<{ code: string; total: number }>('services.search', found, [
    wanted.words, wanted.plain === null ? null : `%${wanted.plain.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`, wanted.audiences, wanted.topic, wanted.department, wanted.lifeEvent, wanted.limit, wanted.offset,
  ]);
  return { codes: rows.map((row) => row.code), total: rows[0]?.total ?? 0 };
};

export const updatePublished = async (tx: Tx, code: string, published: boolean, reason: string): Promise<void> => {
  await tx.query('update services.service set published = $2, reason = $3 where code = $1', [code, published, reason]);
};

/** Takes a block of 32 body numbers of unified social credit codes; returns the first. */
export const nextBodyNumbers = async (tx: Tx): Promise<number> =>
  Number((await tx.query<{ first: number }>("select nextval('services.uscc_body') as first")).rows[0]?.first);
