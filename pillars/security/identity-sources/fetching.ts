import { callListed } from '@zhengwu/http';
import { mayAsk } from './addresses.ts';

/** How long a source may take over one answer, and how large that may be. */
const MOST_MS = 8_000;
const MOST_BYTES = 256 * 1024;

/** The body, as far as the limit goes; throws beyond it, before the rest is read. */
const readBody = async (answer: Response): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.byteLength;
    if (size > MOST_BYTES) throw new Error(`an answer of more than ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/** A fetch that asks `hosts` alone, over TLS, follows nothing, and gives up in time (OWASP SSRF prevention: allow list). */
export const guardedFetch = (hosts: ReadonlySet<string>, demo: boolean, limits = { ms: MOST_MS }) => async (address: string, init: RequestInit): Promise<Response> => {
  const asked = new URL(address);
  if (!mayAsk(asked, demo) || !hosts.has(asked.host)) throw new Error(`${asked.origin} is not an address of this source`);
  const answer = await callListed(asked, { ...init, redirect: 'manual' }, { hosts, milliseconds: limits.ms });
  const hasBody = answer.status !== 204 && answer.status !== 205 && answer.status !== 304;
  const body = hasBody ? await readBody(answer) : null;
  return new Response(body, { status: answer.status, headers: answer.headers });
};
