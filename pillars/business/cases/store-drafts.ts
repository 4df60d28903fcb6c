import type { Actor } from '@zhengwu/contracts';
import type { Database } from '@zhengwu/database';
import { fail } from './errors.ts';

export interface DraftRow {
  id: string;
  submission_key: string;
  service: string;
  pack_hash: string;
  owner: string;
  applicant: string;
  applicant_name: string;
  applicant_kind: 'person' | 'institution';
  answers: Record<string, unknown>;
  facts: Record<string, unknown>;
  completed: string[];
  created_at: string | Date;
  updated_at: string | Date;
  expires_at: string | Date;
  touched: number;
  submitted_case: string | null;
  version: number;
  /** The matter that it is a part of, where several are applied for as one. */
  together: string | null;
}

export interface UploadRow {
  id: string;
  token_hash: string;
  owner_kind: 'draft' | 'case' | 'intake';
  owner_id: string | null;
  person: string;
  service: string;
  material: string;
  name: string;
  declared_type: string;
  size: number | null;
  file_hash: string | null;
  file_type: string | null;
  max_bytes: number;
  accept: string[];
  expires_at: string | Date;
  done_at: string | Date | null;
  removed: boolean;
}

export interface DraftStore {
  insert(actor: Actor, row: DraftRow): Promise<void>;
  read(actor: Actor, id: string): Promise<DraftRow | null>;
  list(actor: Actor): Promise<DraftRow[]>;
  /** Saves over the version that was read; another one fails with `draft.changed`. */
  save(actor: Actor, row: DraftRow, version: number): Promise<void>;
  /** Saves what was passed on to it from elsewhere, over the version that was read. */
  pass(actor: Actor, row: DraftRow, version: number): Promise<void>;
  discard(actor: Actor, id: string): Promise<boolean>;
  uploads(actor: Actor, owner: string): Promise<UploadRow[]>;
  uploadsById(actor: Actor, ids: readonly string[]): Promise<UploadRow[]>;
  insertUpload(actor: Actor, row: UploadRow): Promise<void>;
  /** By id and token, whoever carries it: the portal streams in the applicant's stead. */
  uploadByToken(id: string, tokenHash: string): Promise<UploadRow | null>;
  completeUpload(id: string, file: { hash: string; size: number; type: string; name: string }, at: string): Promise<void>;
  removeUpload(actor: Actor, id: string): Promise<boolean>;
  /** Throws away drafts past their day and uploads that never arrived. */
  sweep(): Promise<void>;
}

/** Drafts and uploads: seen and changed by their owner alone. */
export const draftStore = (database: Database): DraftStore => ({
  insert: (actor, row) => database.as(actor, async (tx) => {
    await tx.named('drafts.insert', 'insert into cases.draft select * from jsonb_populate_record(null::cases.draft, $1::jsonb)', [JSON.stringify(row)]);
  }),
  read: (actor, id) => database.as(actor, async (tx) => (await tx.named<DraftRow & Record<string, unknown>>('drafts.read', 'select * from cases.draft where id = $1', [id])).rows[0] ?? null, { readOnly: true }),
  list: (actor) => database.as(actor, async (tx) => (await tx.named<DraftRow & Record<string, unknown>>(
    'drafts.list', 'select * from cases.draft where owner = $1 and submitted_case is null and together is null and expires_at > now() order by updated_at desc limit 50', [actor.personId],
  )).rows, { readOnly: true }),
  save: (actor, row, version) => database.as(actor, async (tx) => {
    const { rowCount } = await tx.named('drafts.save',
      `update cases.draft set answers = $3::jsonb, completed = $4, updated_at = $5, touched = $6, version = version + 1
       where id = $1 and version = $2 and submitted_case is null`,
      [row.id, version, JSON.stringify(row.answers), row.completed, row.updated_at, row.touched]);
    if (rowCount === 0) throw fail('draft.changed');
  }),
  pass: (actor, row, version) => database.as(actor, async (tx) => {
    const { rowCount } = await tx.named('drafts.pass',
      `update cases.draft set answers = $3::jsonb, facts = $4::jsonb, completed = $5, expires_at = greatest(expires_at, $6), version = version + 1
       where id = $1 and version = $2 and submitted_case is null`,
      [row.id, version, JSON.stringify(row.answers), JSON.stringify(row.facts), row.completed, row.expires_at]);
    if (rowCount === 0) throw fail('draft.changed');
  }),
  discard: (actor, id) => database.as(actor, async (tx) => (await tx.named('drafts.discard', 'delete from cases.draft where id = $1 and submitted_case is null', [id])).rowCount > 0),
  uploads: (actor, owner) => database.as(actor, async (tx) => (await tx.named<UploadRow & Record<string, unknown>>(
    'uploads.of', 'select * from cases.upload where owner_id = $1 and not removed and file_hash is not null order by done_at', [owner],
  )).rows, { readOnly: true }),
  uploadsById: async (actor, ids) => (await database.ask<UploadRow>(actor, 'uploads.by_id', 'select * from cases.uploads_of($1::jsonb, $2::uuid[])', [ids])).rows,
  insertUpload: (actor, row) => database.as(actor, async (tx) => {
    await tx.named('uploads.insert', 'insert into cases.upload select * from jsonb_populate_record(null::cases.upload, $1::jsonb)', [JSON.stringify(row)]);
  }),
  uploadByToken: (id, tokenHash) => database.as(database.system, async (tx) => (await tx.named<UploadRow & Record<string, unknown>>(
    'uploads.by_token', 'select * from cases.upload where id = $1 and token_hash = $2 and not removed and expires_at > now()', [id, tokenHash],
  )).rows[0] ?? null, { readOnly: true }),
  completeUpload: (id, file, at) => database.as(database.system, async (tx) => {
    await tx.named('uploads.complete', 'select cases.complete_upload($1, $2, $3, $4, $5, $6)', [id, file.hash, file.size, file.type, file.name, at]);
  }),
  sweep: async () => void (await database.call(database.system, 'cases.sweep', 'select cases.sweep($1::jsonb)')),
  removeUpload: (actor, id) => database.as(actor, async (tx) => (await tx.named('uploads.remove', 'update cases.upload set removed = true where id = $1 and not removed', [id])).rowCount > 0),
});
