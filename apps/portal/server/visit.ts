import type { FastifyReply, FastifyRequest } from 'fastify';
import { citizenSession, inLanguage, ProblemError, type Client, type Language, type ResponseOf, type SessionView, type siteInfo, type Text } from '@zhengwu/contracts';
import { translator, type Translate } from '@zhengwu/i18n';
import { messages } from '../words/messages.ts';
import type { FormTokens } from './csrf.ts';
import type { Caller, SiteClient } from './site-client.ts';

export type SiteFacts = ResponseOf<typeof siteInfo>;

export const ELDER_COOKIE = 'zw_elder';
/** Cookies are shared across the ports of a host, so names differ per app; over https they are bound to the host and can't be planted by a neighbour. */
export const cookieNames = (origin: string) => {
  const prefix = origin.startsWith('https:') ? '__Host-' : '';
  return { session: `${prefix}zw_portal`, acting: `${prefix}zw_acting`, outside: `${prefix}zw_outside`, options: { path: '/', httpOnly: true, sameSite: 'lax', secure: prefix !== '' } as const };
};
export type CookieNames = ReturnType<typeof cookieNames>;

/** Everything one request knows about its reader. */
export interface Visit {
  lang: Language;
  elder: boolean;
  /** Path without language prefix, with the query. */
  path: string;
  t: Translate<typeof messages>;
  /** Picks the wording of a text of the site. */
  say(text: Text): string;
  /** Address of a page in the reader's language. */
  to(path: string): string;
  session: SessionView | null;
  /** Principal the reader chose to act for; null for themselves. */
  acting: SessionView['subjects'][number] | null;
  caller: Caller;
  client: Client;
  /** Calls on behalf of a given principal: inside an open case the choice of the header does not count. */
  clientFor(principal: string | null): Client;
  site: SiteFacts;
  /** When the request came, in ms. */
  now: number;
  /** Token of a form for this session; empty when nobody is signed in. */
  csrf(form: string): string;
}

export interface VisitWorld {
  site: SiteClient;
  cookies: CookieNames;
  tokens: FormTokens;
  facts: () => Promise<SiteFacts>;
}

const isPrincipal = (value: string | undefined): value is string => value !== undefined && /^[0-9a-f-]{36}$/i.test(value);

const sessionOf = async (client: Client, reply: FastifyReply, cookies: CookieNames): Promise<SessionView | null> => {
  try {
    return await client.call(citizenSession);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error;
    void reply.clearCookie(cookies.session, cookies.options).clearCookie(cookies.acting, cookies.options);
    return null;
  }
};

const tokenOf = (request: FastifyRequest, cookies: CookieNames): string | null => {
  const token = request.cookies[cookies.session];
  return token && /^[\w.~+/=-]{16,400}$/.test(token) ? token : null;
};

/** Reads who is there: language from the path, session and acting-for from the cookies, checked against the site. */
export const openVisit = async (world: VisitWorld, request: FastifyRequest, reply: FastifyReply, lang: Language): Promise<Visit> => {
  const token = tokenOf(request, world.cookies);
  const caller: Caller = {
    lang,
    address: request.ip,
    agent: request.headers['user-agent']?.replace(/[^\x20-\x7e]/g, '').slice(0, 300) || undefined,
    requestId: request.id,
    citizen: token,
    behalf: null,
  };
  const [session, site] = await Promise.all([token ? sessionOf(world.site.as(caller), reply, world.cookies) : null, world.facts()]);
  const chosen = request.cookies[world.cookies.acting];
  const acting = session && isPrincipal(chosen) ? (session.subjects.find((one, index) => index > 0 && one.id === chosen) ?? null) : null;
  const mine: Caller = { ...caller, citizen: session ? token : null, behalf: acting?.id ?? null };
  const prefix = lang === 'en' ? '/en' : '';
  return {
    lang,
    session,
    acting,
    site,
    caller: mine,
    now: Date.now(),
    elder: request.cookies[ELDER_COOKIE] === '1',
    path: request.url.slice(prefix.length).replace(/^(?!\/)/, '/'),
    t: translator(messages, lang),
    say: (text) => inLanguage(text, lang),
    to: (path) => `${prefix}${path}` || '/',
    client: world.site.as(mine),
    clientFor: (principal) => world.site.as({ ...mine, behalf: principal }),
    csrf: (form) => (session && token ? world.tokens.token(token, form) : ''),
  };
};
