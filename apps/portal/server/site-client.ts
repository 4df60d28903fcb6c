import { Agent, fetch as undiciFetch, request as undiciRequest, type Dispatcher } from 'undici';
import { createClient, type Client, type Language } from '@zhengwu/contracts';
import { ADDRESS_HEADER, BEHALF_HEADER, CITIZEN_HEADER, PORTAL_HEADER, portalSigner } from './credential.ts';

/** The site did not answer: down, restarting, or too slow. */
export class SiteUnreachable extends Error {
  constructor(cause: unknown) {
    super('the site did not answer', { cause });
    this.name = 'SiteUnreachable';
  }
}

/** On whose account a call is made. */
export interface Caller {
  lang: Language;
  address: string;
  /** The reader's browser, for their list of sessions. */
  agent?: string;
  requestId: string;
  citizen: string | null;
  behalf: string | null;
}

export interface StreamAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Dispatcher.ResponseData['body'];
}

export interface SiteClient {
  /** Typed calls for one caller. */
  as(caller: Caller): Client;
  /** Raw calls (files): body and answer are streams, never held in memory. */
  stream(
    caller: Caller,
    method: 'GET' | 'PUT' | 'PATCH',
    path: string,
    options?: { body?: AsyncIterable<Uint8Array>; headers?: Record<string, string>; timeoutMs?: number },
  ): Promise<StreamAnswer>;
  /** Whether the site answers that it is ready, within two seconds. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

export interface SiteClientOptions {
  origin: string;
  secret: string;
  timeoutMs?: number;
  uploadMs?: number;
  /** Whom alone to trust over https; those of the system unless given. */
  ca?: Buffer | undefined;
}

const READY_MS = 2000;

export const createSiteClient = ({ origin, secret, timeoutMs = 20_000, uploadMs = 600_000, ca }: SiteClientOptions): SiteClient => {
  const agent = new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 10_000, connect: { timeout: 3_000, ...(ca ? { ca } : {}) } });
  const sign = portalSigner(secret);
  const headersFor = (caller: Caller, method: string, path: string): Record<string, string> => ({
    [PORTAL_HEADER]: sign({ method, path, address: caller.address, citizen: caller.citizen, behalf: caller.behalf, at: Date.now() }),
    [ADDRESS_HEADER]: caller.address,
    'accept-language': caller.lang,
    'x-request-id': caller.requestId,
    'user-agent': caller.agent ?? 'zhengwu-portal',
    ...(caller.citizen ? { [CITIZEN_HEADER]: caller.citizen } : {}),
    ...(caller.behalf ? { [BEHALF_HEADER]: caller.behalf } : {}),
  });
  const send = (async (address: string, init: RequestInit) => {
    try {
      return await undiciFetch(address, { ...(init as object), redirect: 'manual', dispatcher: agent, signal: AbortSignal.timeout(timeoutMs) });
    } catch (cause) {
      throw new SiteUnreachable(cause);
    }
  }) as unknown as typeof fetch;
  return {
    as: (caller) => createClient({ origin, fetch: send, headers: ({ method, path }) => headersFor(caller, method, path) }),
    async stream(caller, method, path, options = {}) {
      try {
        const answer = await undiciRequest(origin + path, {
          method,
          dispatcher: agent,
          signal: AbortSignal.timeout(options.body ? uploadMs : (options.timeoutMs ?? timeoutMs)),
          headers: { ...headersFor(caller, method, path), ...options.headers },
          body: options.body as unknown as Dispatcher.DispatchOptions['body'],
        });
        return { status: answer.statusCode, headers: answer.headers, body: answer.body };
      } catch (cause) {
        throw new SiteUnreachable(cause);
      }
    },
    isReady: async () => {
      try {
        const answer = await undiciRequest(new URL('/readyz', origin), { dispatcher: agent, signal: AbortSignal.timeout(READY_MS) });
        await answer.body.dump();
        return answer.statusCode === 200;
      } catch {
        return false;
      }
    },
    close: () => agent.close(),
  };
};
