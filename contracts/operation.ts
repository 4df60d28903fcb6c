import type { Static, TSchema } from 'typebox';
import type { Problem } from './problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How a protocol of its own writes its bodies. */
export interface Media {
  type: string;
  /** A problem as the protocol tells it; the rest of the answer stays as it is. */
  problem(problem: Problem): { status: number; body: unknown; headers?: Readonly<Record<string, string>> };
}

/** One operation of the API: the single source of validation, OpenAPI, policy key and client types. */
export interface Operation<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema> {
  /** Policy key, `noun.verb`. */
  id: string;
  method: Method;
  /** Path under the site's origin with `:param` segments. */
  path: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  response: R;
  /** The caller must send `Idempotency-Key`; a repeat gets the same answer. */
  idempotent?: boolean;
  /** Largest accepted body in bytes; 256 KiB unless said. */
  bodyLimit?: number;
  /** The body is a stream that the handler reads itself (uploads). */
  raw?: boolean;
  /** A media type of its own, taken beside JSON and answered in, and how it tells of problems. */
  media?: Media;
  /** Status on success; 200 unless said. */
  status?: 200 | 201 | 202 | 204 | 303;
}

export type AnyOperation = Operation<TSchema, TSchema, TSchema, TSchema>;
export type QueryOf<O> = O extends Operation<TSchema, infer Q, TSchema, TSchema> ? Static<Q> : never;
export type BodyOf<O> = O extends Operation<TSchema, TSchema, infer B, TSchema> ? Static<B> : never;
export type ResponseOf<O> = O extends Operation<TSchema, TSchema, TSchema, infer R> ? Static<R> : never;

/** Declares an operation and keeps its exact schema types. */
export const operation = <P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
  declared: Operation<P, Q, B, R>,
): Operation<P, Q, B, R> => Object.freeze(declared);
