import { pipeline } from 'node:stream/promises';
import { ProblemError, type Problem } from '@zhengwu/contracts';
import { sent, type SentAnswer } from './answer.ts';
import type { Work } from './route.ts';
import type { Caller } from './site-client.ts';

const PASSED = ['content-type', 'content-length', 'content-disposition', 'etag', 'last-modified'] as const;

/** Streams a file of the site to the reader. Throws the site's problem when it refuses. */
export const passFile = async (work: Work, caller: Caller, path: string, name: string, accept = 'application/pdf', headers: Record<string, string> = {}): Promise<SentAnswer> => {
  const answer = await work.site.stream(caller, 'GET', path, { headers: { ...headers, accept: `${accept}, application/problem+json` } });
  if (answer.status >= 400) {
    const problem = (await answer.body.json().catch(() => null)) as Problem | null;
    throw new ProblemError(problem ?? { type: 'about:blank', title: '', status: answer.status, detail: '', instance: '', code: 'server.unexpected' });
  }
  work.reply.hijack();
  const { raw } = work.reply;
  for (const [header, value] of Object.entries(work.reply.getHeaders())) if (value !== undefined) raw.setHeader(header, value as string);
  for (const header of PASSED) {
    const value = answer.headers[header];
    if (value !== undefined) raw.setHeader(header, value);
  }
  raw.setHeader('cache-control', 'private, no-store');
  if (!answer.headers['content-disposition']) raw.setHeader('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(name)}`);
  raw.statusCode = answer.status;
  await pipeline(answer.body, raw).catch(() => raw.destroy());
  return sent;
};
