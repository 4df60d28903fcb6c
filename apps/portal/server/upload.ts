import busboy, { type BusboyFileStream } from '@fastify/busboy';
import { grantUpload, type BodyOf, type Client, type Problem } from '@zhengwu/contracts';
import type { Work } from './route.ts';
import type { Caller } from './site-client.ts';

export type UploadOutcome =
  | { kind: 'done'; upload: string; name: string; fields: URLSearchParams }
  | { kind: 'missing'; fields: URLSearchParams }
  | { kind: 'forged' }
  | { kind: 'refused'; problem: Problem; fields: URLSearchParams };

export interface UploadTarget {
  client: Client;
  caller: Caller;
  csrfForm: string;
  grant: Omit<BodyOf<typeof grantUpload>, 'name' | 'type' | 'size'>;
}

/** A name to show, without folders or control characters; the site keeps it as text only. */
export const shownName = (name: string): string =>
  name
    .split(/[/\\]/)
    .at(-1)
    ?.replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 200) || 'file';

const LARGEST_FIELD = 20_000;

const readFirstFile = (
  work: Work,
  onFile: (file: BusboyFileStream, name: string, type: string, fields: URLSearchParams) => Promise<UploadOutcome>,
): Promise<UploadOutcome> =>
  new Promise((resolve, reject) => {
    const fields = new URLSearchParams();
    const parser = busboy({
      headers: { ...work.request.headers, 'content-type': String(work.request.headers['content-type']) },
      limits: { files: 1, fields: 80, fieldSize: LARGEST_FIELD },
    });
    let outcome: Promise<UploadOutcome> | null = null;
    parser.on('field', (name, value) => fields.append(name, value));
    parser.on('file', (_field, file, name, _encoding, type) => {
      if (!name) {
        file.resume();
        return;
      }
      outcome = onFile(file, shownName(name), type, fields).finally(() => file.resume());
      outcome.catch(() => undefined);
    });
    parser.on('finish', () => {
      (outcome ?? Promise.resolve<UploadOutcome>({ kind: 'missing', fields })).then(resolve, reject);
    });
    parser.on('error', reject);
    work.request.raw.on('aborted', () => reject(Object.assign(new Error('the upload broke off'), { statusCode: 400 })));
    work.request.raw.pipe(parser);
  });

/** Passes the file of a multipart form on to the site's upload grant as it arrives; nothing is held in memory or on disk. */
export const receiveUpload = (work: Work, target: UploadTarget): Promise<UploadOutcome> =>
  readFirstFile(work, async (file, name, type, fields) => {
    if (!work.csrfMatches(target.csrfForm, fields.get('_csrf') ?? '')) return { kind: 'forged' };
    const grant = await target.client.call(grantUpload, { body: { ...target.grant, name, type: type.slice(0, 100) || 'application/octet-stream' } });
    const answer = await work.site.stream(target.caller, 'PUT', `/api/uploads/${encodeURIComponent(grant.id)}`, {
      body: file,
      headers: { 'content-type': 'application/octet-stream', 'x-upload-token': grant.token },
    });
    const body = (await answer.body.json()) as unknown;
    if (answer.status >= 400) return { kind: 'refused', problem: body as Problem, fields };
    return { kind: 'done', upload: (body as { id?: string }).id ?? grant.id, name, fields };
  });
