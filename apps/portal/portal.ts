import { randomUUID } from 'node:crypto';
import type { TlsOptions } from 'node:tls';
import cookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import type { Language } from '@zhengwu/contracts';
import type { Log } from '@zhengwu/log';
import { routes } from './routes/all.ts';
import { relyingRoutes } from './routes/relying.ts';
import { resumeRoutes } from './routes/resume.ts';
import { buildAssets } from './server/assets.ts';
import { formTokens } from './server/csrf.ts';
import { answerKeptPages } from './server/fast-answer.ts';
import { addHealth } from './server/health.ts';
import { addSecurityHeaders, securityHeaders } from './server/headers.ts';
import { newPageCache, serve, serveError, type World } from './server/serve.ts';
import { createSiteClient } from './server/site-client.ts';
import { siteFacts } from './server/site-facts.ts';
import { cookieNames } from './server/visit.ts';

export interface PortalOptions {
  /** Origin of the site's API. */
  siteUrl: string;
  /** Public origin of the portal, for links that leave it and for the same-origin check. */
  origin: string;
  /** Secret shared with the site. */
  secret: string;
  /** The shared secret before this one: pages that still stand open in browsers carry its tokens. */
  formerSecret?: string | undefined;
  log: Log;
  trustedProxies?: readonly string[];
  /** For /metrics from other machines. */
  metricsToken?: string | undefined;
  /** Certificate, key and rules where the portal speaks TLS itself. */
  tls?: TlsOptions | undefined;
  /** Whom alone to trust when the site is called over https. */
  siteCa?: Buffer | undefined;
}

const langOf = (url: string): Language => (/^\/en(?:[/?]|$)/.test(url) ? 'en' : 'zh-CN');

const readBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 512 * 1024 }, (_request, body, done) => done(null, new URLSearchParams(String(body))));
  for (const type of ['multipart/form-data', 'application/octet-stream'] as const) app.addContentTypeParser(type, (_request, _body, done) => done(null, undefined));
};

const addRoutes = (app: FastifyInstance, world: World): void => {
  for (const [prefix, lang] of [['', 'zh-CN'], ['/en', 'en']] as const) {
    for (const route of routes) {
      const url = route.path === '/' ? prefix || '/' : prefix + route.path;
      app.route({ method: route.method, url, handler: (request, reply) => serve(world, route, lang, request, reply) });
    }
  }
};

/** The public web: server-rendered pages over the site's API. Holds no data. */
export const buildPortal = (options: PortalOptions): FastifyInstance => {
  const site = createSiteClient({ origin: options.siteUrl, secret: options.secret, ca: options.siteCa });
  const app = fastify({
    genReqId: () => randomUUID(), trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false, bodyLimit: 1024 * 1024,
    requestTimeout: 0, connectionTimeout: 0, routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    ...(options.tls ? { https: options.tls } : {}),
  }) as unknown as FastifyInstance;
  const world: World = { site, facts: siteFacts(site), tokens: formTokens(options.formerSecret === undefined ? options.secret : [options.secret, options.formerSecret]), cookies: cookieNames(options.origin), origin: options.origin, assets: buildAssets(), log: options.log, cache: newPageCache() };
  const security = securityHeaders(options.origin.startsWith('https:'));
  addHealth(app, { reaches: () => site.isReady(), metricsToken: options.metricsToken });
  answerKeptPages(app, world.cache, security);
  void app.register(cookie);
  addSecurityHeaders(app, security);
  readBodies(app);
  world.assets.register(app);
  app.get('/robots.txt', (_request, reply) => reply.type('text/plain; charset=utf-8').send('User-agent: *\nDisallow: /my\nDisallow: /apply\nDisallow: /cases\nDisallow: /en/my\nDisallow: /en/apply\nDisallow: /en/cases\n'));
  addRoutes(app, world);
  resumeRoutes(app, world);
  relyingRoutes(app, world);
  app.setNotFoundHandler((request, reply) => serveError(world, langOf(request.url), request, reply, Object.assign(new Error('no such page'), { statusCode: 404 })));
  app.setErrorHandler((error, request, reply) => serveError(world, langOf(request.url), request, reply, error));
  app.addHook('onClose', () => site.close());
  return app;
};
