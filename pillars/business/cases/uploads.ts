import { createHash, randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Actor, BodyOf, ResponseOf } from '@zhengwu/contracts';
import type { grantUpload, patchUpload, putUpload } from '@zhengwu/contracts';
import type { Files } from '@zhengwu/files';
import { safeFileName } from '@zhengwu/files';
import { uuidv7 } from '@zhengwu/ids';
import type { Counter } from './draft.ts';
import { fail } from './errors.ts';
import { isHeld } from './states.ts';
import type { UploadRow } from './store-drafts.ts';

const MINUTES_OPEN = 60;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** What is being uploaded for: the service and version that say which materials there are. To a case comes only what its correction asks for. */
const target = async (counter: Counter, actor: Actor, body: BodyOf<typeof grantUpload>): Promise<{ service: string; packHash: string }> => {
  if (body.owner === 'draft' && body.ownerId) {
    const row = await counter.drafts.read(actor, body.ownerId);
    if (!row || row.submitted_case) throw fail('draft.unknown');
    return { service: row.service, packHash: row.pack_hash };
  }
  if (body.owner === 'case' && body.ownerId) {
    const { case: row, corrections } = await counter.work.view(actor, body.ownerId);
    const asked = isHeld(row.state) ? corrections.filter((one) => !one.done_at).flatMap((one) => one.items) : [];
    if (!asked.some((item) => item.target === 'material' && item.key === body.material)) throw fail('upload.not-asked');
    return { service: row.service, packHash: row.pack_hash };
  }
  if (!body.service) throw fail('upload.material-unknown');
  return { service: body.service, packHash: counter.forms.current(body.service).packHash };
};

/** Grants a short-lived address for one file of one material. */
export const grant = async (counter: Counter, actor: Actor, body: BodyOf<typeof grantUpload>): Promise<ResponseOf<typeof grantUpload>> => {
  const { service, packHash } = await target(counter, actor, body);
  const material = counter.forms.allMaterials(packHash, service).find((one) => one.code === body.material);
  if (!material) throw fail('upload.material-unknown');
  const token = randomBytes(24).toString('base64url');
  const expires = new Date(counter.desk.now().getTime() + MINUTES_OPEN * 60_000).toISOString();
  const row: UploadRow = {
    id: uuidv7(), token_hash: hashOf(token), owner_kind: body.owner, owner_id: body.ownerId ?? null, person: actor.personId as string, service,
    material: body.material, name: safeFileName(body.name), declared_type: body.type, size: body.size ?? null, file_hash: null, file_type: null,
    max_bytes: material.maxBytes, accept: [...material.accept], expires_at: expires, done_at: null, removed: false,
  };
  await counter.drafts.insertUpload(actor, row);
  return { id: row.id, address: `/api/uploads/${row.id}`, token, maxBytes: material.maxBytes, accept: material.accept, expiresAt: expires };
};

const granted = async (counter: Counter, id: string, token: string | undefined): Promise<UploadRow> => {
  const row = token ? await counter.drafts.uploadByToken(id, hashOf(token)) : null;
  if (!row) throw fail('upload.unknown');
  return row;
};

const finish = async (counter: Counter, row: UploadRow, file: { hash: string; size: number; type: string; name: string }): Promise<ResponseOf<typeof putUpload>> => {
  await counter.drafts.completeUpload(row.id, file, counter.desk.now().toISOString());
  return { id: row.id, material: row.material, name: file.name, size: file.size, type: file.type, hash: file.hash };
};

/** Takes a whole file; when it is refused or breaks off nothing is kept. */
export const receiveWhole = async (counter: Counter, files: Files, id: string, token: string | undefined, body: Readable): Promise<ResponseOf<typeof putUpload>> => {
  const row = await granted(counter, id, token);
  const about = { declaredType: row.declared_type, name: row.name, maxBytes: row.max_bytes, accept: row.accept, sender: row.person };
  return finish(counter, row, await files.put(body, about));
};

/** Takes the next part; the last one completes the file. What has arrived is kept when a part breaks off. */
export const receivePart = async (
  counter: Counter, files: Files, id: string, token: string | undefined, offset: number, body: Readable,
): Promise<ResponseOf<typeof patchUpload>> => {
  const row = await granted(counter, id, token);
  const arrived = await files.uploads.append(id, offset, body, row.max_bytes);
  if (row.size === null || arrived < row.size) return { offset: arrived, complete: null };
  const about = { declaredType: row.declared_type, name: row.name, maxBytes: row.max_bytes, accept: row.accept, sender: row.person };
  return { offset: arrived, complete: await finish(counter, row, await files.complete(id, about)) };
};

export const arrived = async (counter: Counter, files: Files, id: string, token: string | undefined): Promise<{ offset: number; size: number | null }> => {
  const row = await granted(counter, id, token);
  return { offset: row.file_hash ? (row.size ?? 0) : await files.uploads.offset(id), size: row.size };
};
