import type { TSchema } from 'typebox';
import type { AnyOperation, Operation } from './operation.ts';
import type { Static } from 'typebox';
import type { Problem } from './problem.ts';

/** The site's refusal, as thrown by the client: the problem it answered. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export interface CallInput<P, Q, B> {
  params?: P;
  query?: Q;
  body?: B;
  /** Required by idempotent operations. */
  idempotencyKey?: string;
  /** ETag the change is based on. */
  ifMatch?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface ClientOptions {
  /** Origin of the site, no trailing slash; empty for same origin. */
  origin: string;
  fetch?: typeof fetch;
  /** Headers for every call, computed per call (credentials, CSRF token, language). */
  headers?: (call: { method: string; path: string }) => Record<string, string>;
}

export interface Client {
  call<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
    operation: Operation<P, Q, B, R>,
    input?: CallInput<Static<P>, Static<Q>, Static<B>>,
  ): Promise<Static<R>>;
}

/** Fills `:param` segments and appends the query; undefined query values are left out. */
export const addressOf = (
  operation: AnyOperation,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string => {
  const path = operation.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
};

const problemOf = async (response: Response): Promise<Problem> => {
  try {
    const body: unknown = await response.json();
    if (body && typeof body === 'object' && 'code' in body) return body as Problem;
  } catch {
    // The body was not JSON: the site did not answer itself.
  }
  return {
    type: 'about:blank',
    title: response.statusText || 'Unexpected answer',
    status: response.status,
    detail: `HTTP ${response.status}`,
    instance: response.headers.get('x-request-id') ?? '',
    code: 'server.unexpected',
  };
};

/** A typed client over fetch. Throws ProblemError for every answer outside 2xx and 303. */
export const createClient = (options: ClientOptions): Client => {
  const send = options.fetch ?? fetch;
  return {
    async call(operation, input = {}) {
      const path = addressOf(
        operation,
        input.params as Record<string, unknown> | undefined,
        input.query as Record<string, unknown> | undefined,
      );
      const headers: Record<string, string> = {
        accept: 'application/json',
        ...options.headers?.({ method: operation.method, path }),
        ...input.headers,
      };
      if (input.body !== undefined) headers['content-type'] = 'application/json';
      if (input.idempotencyKey) headers['idempotency-key'] = input.idempotencyKey;
      if (input.ifMatch) headers['if-match'] = input.ifMatch;
      const response = await send(options.origin + path, {
        method: operation.method,
        headers,
        body: input.body === undefined ? undefined : JSON.stringify(input.body),
        signal: input.signal,
      });
      if (!response.ok) throw new ProblemError(await problemOf(response));
      return (response.status === 204 ? null : await response.json()) as never;
    },
  };
};
