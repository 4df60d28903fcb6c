import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError, type Language } from '@zhengwu/contracts';
import type { Log } from '@zhengwu/log';
import { errorPage } from '../pages/errors.tsx';
import type { Answer, PageAnswer } from './answer.ts';
import type { Assets } from './assets.ts';
import { isSameOrigin, type FormTokens } from './csrf.ts';
import { keptHeaders, pageKey } from './fast-answer.ts';
import { createPageCache, type KeptPage, type PageCache } from './page-cache.ts';
import { askProof, isStepUp, proveFirst } from './proving.ts';
import { renderPage } from './render.tsx';
import { formName, type Route, type Work } from './route.ts';
import { SiteUnreachable, type SiteClient } from './site-client.ts';
import { fallbackFacts } from './site-facts.ts';
import { ELDER_COOKIE, openVisit, type CookieNames, type SiteFacts, type Visit } from './visit.ts';

export interface World {
  site: SiteClient;
  facts: () => Promise<SiteFacts>;
  tokens: FormTokens;
  cookies: CookieNames;
  origin: string;
  assets: Assets;
  log: Log;
  cache: PageCache;
}
export const newPageCache = (): PageCache => createPageCache({ seconds: 5, most: 400, now: Date.now });

const acceptsGzip = (request: FastifyRequest): boolean => /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));

const sendKept = (request: FastifyRequest, reply: FastifyReply, kept: KeptPage): FastifyReply => {
  void reply.headers(keptHeaders(kept));
  if (request.headers['if-none-match'] === kept.etag) return reply.status(304).send();
  void reply.type('text/html; charset=utf-8');
  if (!acceptsGzip(request)) return reply.send(kept.html);
  return reply.header('content-encoding', 'gzip').send(kept.gzip);
};

const sendPage = (world: World, visit: Visit, request: FastifyRequest, reply: FastifyReply, answer: PageAnswer): FastifyReply => {
  const html = renderPage(visit, answer, world.assets, world.origin);
  void reply
    .status(answer.status ?? 200)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'accept-encoding, cookie');
  if (!acceptsGzip(request)) return reply.send(html);
  return reply.header('content-encoding', 'gzip').send(gzipSync(html, { level: 5 }));
};

const sendAnswer = (world: World, visit: Visit, request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply => {
  if (answer.kind === 'sent') return reply;
  if (answer.kind === 'go') return reply.header('cache-control', 'no-store').redirect(answer.to, 303);
  return sendPage(world, visit, request, reply, answer);
};

/** A visit for pages that must be shown even when the site is away. */
const lonelyVisit = (world: World, request: FastifyRequest, reply: FastifyReply, lang: Language): Promise<Visit> =>
  openVisit(
    { site: world.site, tokens: world.tokens, cookies: world.cookies, facts: () => world.facts().catch(() => fallbackFacts) },
    Object.assign(Object.create(request) as FastifyRequest, { cookies: { ...request.cookies, [world.cookies.session]: undefined } }),
    reply,
    lang,
  );

/** The page a form was sent from, when it is one of ours. */
const cameFrom = (world: World, visit: Visit, request: FastifyRequest): string => {
  const { referer } = request.headers;
  if (!referer?.startsWith(`${world.origin}/`)) return '/my';
  const path = referer.slice(world.origin.length);
  return visit.lang === 'en' && path.startsWith('/en/') ? path.slice(3) : path;
};

/** To sign-in and back again; a form that was sent after the session ended is told that it was not saved. */
const signInFirst = (world: World, visit: Visit, request: FastifyRequest): Answer => {
  const posted = request.method !== 'GET' && request.method !== 'HEAD';
  const next = encodeURIComponent(posted ? cameFrom(world, visit, request) : visit.path);
  return { kind: 'go', to: `${visit.to('/sign-in')}?${posted ? 'ended=1&' : ''}next=${next}` };
};

const failureOf = (world: World, visit: Visit, request: FastifyRequest, error: unknown): Answer => {
  if (error instanceof ProblemError) {
    const { problem } = error;
    if (problem.status === 401) return signInFirst(world, visit, request);
    if (problem.status >= 500) world.log.error({ requestId: request.id, code: problem.code, instance: problem.instance }, 'the site failed');
    return errorPage(visit, problem.status, { problem, reference: request.id });
  }
  if (error instanceof SiteUnreachable) {
    world.log.error({ requestId: request.id, err: error.cause }, 'the site did not answer');
    return errorPage(visit, 503, { reference: request.id });
  }
  const status = (error as { statusCode?: number }).statusCode;
  if (status && status >= 400 && status < 500) return errorPage(visit, status, { reference: request.id });
  world.log.error({ requestId: request.id, err: error }, 'a page failed');
  return errorPage(visit, 500, { reference: request.id });
};

/** The page for an error, whatever state things are in. */
export const serveError = async (world: World, lang: Language, request: FastifyRequest, reply: FastifyReply, error: unknown): Promise<FastifyReply> => {
  const visit = await openVisit(world, request, reply, lang).catch(() => lonelyVisit(world, request, reply, lang));
  return sendAnswer(world, visit, request, reply, failureOf(world, visit, request, error));
};

const workOf = (world: World, request: FastifyRequest, reply: FastifyReply): Work => {
  const at = request.url.indexOf('?');
  return {
    request,
    reply,
    site: world.site,
    origin: world.origin,
    cookies: world.cookies,
    params: request.params as Record<string, string>,
    query: new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1)),
    form: request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
    csrfMatches: (form, given) => world.tokens.matches(request.cookies[world.cookies.session] ?? '', form, given),
  };
};

/** Forged forms never reach a handler. Forms before sign-in rest on Origin and Sec-Fetch-Site alone. */
const isForged = (world: World, route: Route, visit: Visit, request: FastifyRequest, work: Work): boolean => {
  if (route.method !== 'POST') return false;
  if (!isSameOrigin(request, [world.origin])) return true;
  if (route.upload || route.anonymous || !visit.session) return false;
  return !world.tokens.matches(request.cookies[world.cookies.session] ?? '', formName(route), work.form.get('_csrf') ?? '');
};

/** What whoever holds a one-time password comes to before choosing their own. */
const BEFORE_CHOOSING: ReadonlySet<string> = new Set(['/my/account', '/sign-out', '/elder']);

const answerTo = async (world: World, route: Route, visit: Visit, request: FastifyRequest, reply: FastifyReply): Promise<Answer> => {
  try {
    if (route.who === 'citizen' && !visit.session) return signInFirst(world, visit, request);
    const work = workOf(world, request, reply);
    if (isForged(world, route, visit, request, work)) return errorPage(visit, 403, { reference: request.id, forged: true });
    if (visit.session?.mustChange && !BEFORE_CHOOSING.has(route.path)) return { kind: 'go', to: visit.to('/my/account') };
    return (await proveFirst(visit, route, work)) ?? (await route.handle(visit, work));
  } catch (error) {
    if (isStepUp(error) && route.method === 'POST' && !route.upload) return askProof(visit, route, workOf(world, request, reply), error);
    return failureOf(world, visit, request, error);
  }
};

class NotKept extends Error {
  readonly answer: Answer;
  readonly visit: Visit;
  constructor(visit: Visit, answer: Answer) {
    super('not kept');
    this.visit = visit;
    this.answer = answer;
  }
}

const serveCached = async (world: World, route: Route, lang: Language, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
  const key = pageKey(request.cookies[ELDER_COOKIE] === '1', request.url);
  const found = world.cache.find(key);
  if (found) return sendKept(request, reply, found);
  try {
    return sendKept(
      request,
      reply,
      await world.cache.render(key, async () => {
        const visit = await openVisit(world, request, reply, lang);
        const answer = await answerTo(world, route, visit, request, reply);
        if (answer.kind !== 'page' || (answer.status ?? 200) !== 200) throw new NotKept(visit, answer);
        return renderPage(visit, answer, world.assets, world.origin);
      }),
    );
  } catch (error) {
    if (error instanceof NotKept) return sendAnswer(world, error.visit, request, reply, error.answer);
    return serveError(world, lang, request, reply, error);
  }
};

/** Answers one request by its route. */
export const serve = async (world: World, route: Route, lang: Language, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
  if (route.cached && !request.cookies[world.cookies.session]) return serveCached(world, route, lang, request, reply);
  let visit: Visit;
  try {
    visit = await openVisit(world, request, reply, lang);
  } catch (error) {
    return serveError(world, lang, request, reply, error);
  }
  return sendAnswer(world, visit, request, reply, await answerTo(world, route, visit, request, reply));
};
