import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from './answer.ts';
import type { SiteClient } from './site-client.ts';
import type { CookieNames, Visit } from './visit.ts';

export interface Work {
  request: FastifyRequest;
  reply: FastifyReply;
  /** Path parameters. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Fields of a POSTed form; empty for GET. */
  form: URLSearchParams;
  site: SiteClient;
  /** The portal's own public origin. */
  origin: string;
  cookies: CookieNames;
  /** CSRF check for bodies that are not plain forms (uploads): the handler calls it when it has the field. */
  csrfMatches(form: string, given: string): boolean;
}

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  /** `citizen`: a session is needed; a GET without one goes to sign-in and comes back. */
  who: 'open' | 'citizen';
  /** The anonymous answer may be kept for a few seconds; it carries no token. */
  cached?: boolean;
  /** Name of the form for its CSRF token, where it is not the path. */
  csrf?: string;
  /** The form is one for people who are not signed in: it rests on Origin and Sec-Fetch-Site, also when somebody is. */
  anonymous?: boolean;
  /** The body is multipart and streamed by the handler, which also checks the CSRF field. */
  upload?: boolean;
  handle(visit: Visit, work: Work): Promise<Answer> | Answer;
}

export const get = (path: string, handle: Route['handle'], more: Partial<Route> = {}): Route => ({ method: 'GET', path, who: 'open', handle, ...more });
export const post = (path: string, handle: Route['handle'], more: Partial<Route> = {}): Route => ({ method: 'POST', path, who: 'citizen', handle, ...more });
export const mine = { who: 'citizen' } as const;

/** A path parameter that the route declares. One that would change the path of a call to the site is no page of ours. */
export const param = (work: Work, name: string): string => {
  const value = work.params[name] ?? '';
  if (value === '' || value === '.' || value === '..') throw Object.assign(new Error('no such page'), { statusCode: 404 });
  return value;
};

/** One CSRF form name per route pattern. */
export const formName = (route: Route): string => route.csrf ?? route.path;
