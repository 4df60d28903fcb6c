import { createHash } from 'node:crypto';
import { callListed } from '@zhengwu/http';
import type { Opened } from './connections.ts';
import { fail } from './errors.ts';
import type { Refusal } from './flow.ts';
import type { FilePlace, Lying } from './place.ts';
import { unreachable } from './table-client.ts';
import type { KeyedRow, Take } from './table-sink.ts';

const READ_MS = 600_000;
const POST_MS = 60_000;
type Http = Opened<'http'>;

/** The address of a path below the connection's: a path that leads elsewhere is refused by `callListed`. */
const urlOf = ({ reach }: Http, path: string): URL => new URL(path.replace(/^\/*/, '/'), reach.address);

const call = async (to: Http, path: string, init: RequestInit, milliseconds: number): Promise<Response> => {
  const url = urlOf(to, path);
  const headers = { accept: '*/*', ...(to.secret === '' ? {} : { [to.reach.header]: to.secret }), ...(init.headers as Record<string, string> | undefined) };
  try {
    return await callListed(url, { ...init, headers }, { hosts: [new URL(to.reach.address).host], milliseconds });
  } catch (error) {
    throw unreachable(to.code, (error as { cause?: unknown }).cause ?? error);
  }
};

/** Whether somebody answers there and takes our word for who we are; what it answers is not looked at. */
export const knock = async (to: Http): Promise<void> => {
  const answer = await call(to, '/', { method: 'HEAD' }, 10_000);
  await answer.body?.cancel();
  if (answer.status === 401 || answer.status === 403 || answer.status >= 500) throw fail('adapter.unreachable', { connection: to.code, reason: `HTTP ${answer.status}` });
};

async function* content(to: Http, path: string): AsyncGenerator<Uint8Array> {
  const answer = await call(to, path, { method: 'GET' }, READ_MS);
  if (!answer.ok || !answer.body) throw fail('adapter.unreachable', { connection: to.code, reason: `HTTP ${answer.status}` });
  try {
    yield* answer.body as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw unreachable(to.code, error);
  }
}

/** One document; it is fetched at each turn, and one that is the same as before is known by its content. */
export const documentPlace = (to: Http, path: string): FilePlace => ({
  list: () => Promise.resolve<Lying[]>([{ file: path, mark: `asked ${new Date().toISOString()}`, size: 0 }]),
  read: () => content(to, path),
});

/** Answers that say the rows themselves are at fault: they would be refused again. */
const isRowsFault = (status: number): boolean => status >= 400 && status < 500 && ![401, 403, 404, 408, 425, 429].includes(status);

/** Posts rows as a JSON array; rows that are posted again carry the same `Idempotency-Key`. An answer of 4xx about the content refuses all of them. */
export const openPost = (to: Http, path: string, flow: string): Take => async (rows: readonly KeyedRow[]): Promise<Refusal[]> => {
  if (rows.length === 0) return [];
  const body = JSON.stringify(rows.map(({ cells }) => cells));
  const idempotencyKey = createHash('sha256').update(`${flow}\n${rows[0]?.row ?? 0}\n${body}`).digest('hex');
  const answer = await call(to, path, { method: 'POST', body, headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey } }, POST_MS);
  await answer.body?.cancel();
  if (answer.ok) return [];
  if (isRowsFault(answer.status)) return rows.map(({ row }) => ({ row, code: 'adapter.sink-refused', field: `HTTP ${answer.status}` }));
  throw fail('adapter.unreachable', { connection: to.code, reason: `HTTP ${answer.status}` });
};
