import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { createLog } from '@zhengwu/log';
import { buildPortal } from '../portal.ts';
import { startSite, TOKEN } from './site.ts';

export const ORIGIN = 'http://portal.example';
export const signedIn = { zw_portal: TOKEN };
type Cookies = Record<string, string>;

/** A portal for tests over the site at this address. */
export const build = (siteUrl: string, origin = ORIGIN): FastifyInstance =>
  buildPortal({ siteUrl, origin, secret: 'a-secret-for-tests-0123456789abcdef', log: createLog({ level: 'silent' }) });

/** The value of the first field of this name, as a browser would send it. */
export const field = (body: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1]?.replaceAll('&#x27;', "'").replaceAll('&amp;', '&') ?? '';
/** The CSRF token of the page's form to `action`. */
export const tokenIn = (body: string, action: string): string => field(body.slice(body.indexOf(`action="${action}"`)), '_csrf');

/** A portal over a small site for the tests of one file; what the site saw and was told to say is forgotten before each. */
export const openReader = () => {
  const reader = {} as { site: Awaited<ReturnType<typeof startSite>>; app: FastifyInstance };
  beforeAll(async () => {
    reader.site = await startSite();
    reader.app = build(reader.site.url);
    await reader.app.ready();
  });
  afterAll(async () => {
    await reader.app.close();
    await reader.site.close();
  });
  beforeEach(() => {
    reader.site.seen.length = 0;
    reader.site.override.clear();
  });
  const get = (url: string, cookies: Cookies = {}, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> => reader.app.inject({ url, cookies, headers });
  const post = (url: string, fields: Record<string, string>, { cookies = signedIn, origin = ORIGIN }: { cookies?: Cookies; origin?: string } = {}): Promise<LightMyRequestResponse> =>
    reader.app.inject({ method: 'POST', url, cookies, headers: { origin, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(fields).toString() });
  const tokenFor = async (page: string, action: string): Promise<string> => tokenIn((await get(page, signedIn)).body, action);
  return { reader, get, post, tokenFor };
};
