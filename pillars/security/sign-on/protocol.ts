import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { common } from '@zhengwu/errors';
import { Identity } from '@zhengwu/identity';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { interact } from './interaction.ts';
import { leaveAll } from './logout.ts';
import { originOf, pagePolicy, STYLE } from './pages.ts';
import { PREFIX, Provided } from './provided.ts';
import * as store from './store.ts';
import { subjectOf } from './subject.ts';

const BODY_LIMIT = 56 * 1024;
const PER_MINUTE = 600;
const INTERACTION = /^\/interaction\/([A-Za-z0-9_-]{20,64})$/;

/** The provider takes its own address from the request; it is to take the configured one, whatever a client writes. */
const pinOrigin = ({ headers }: IncomingMessage, issuer: URL, address: string): void => {
  for (const name of ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-for', 'forwarded', 'x-forwarded-port']) delete headers[name];
  headers.host = issuer.host;
  headers['x-forwarded-proto'] = issuer.protocol.slice(0, -1);
  headers['x-forwarded-for'] = address;
};

type Spoken = 'signOn.entered' | 'signOn.tokens' | 'signOn.refused' | 'signOn.left';
interface Happening {
  event: Spoken;
  detail: Record<string, unknown>;
  account: string | undefined;
  client: string | undefined;
}

const about = (ctx: KoaContextWithOIDC, event: Spoken, detail: Record<string, unknown> = {}): Happening => {
  const { session, account, client } = ctx.oidc;
  return { event, detail, account: subjectOf(account?.accountId ?? session?.accountId)?.account, client: client?.clientId };
};

/** What happened in a request, as the provider tells it while it works; recorded before it is answered. */
const listen = (provider: Provider, happened: WeakMap<object, Happening[]>, codes: WeakMap<object, string>): void => {
  const note = (ctx: KoaContextWithOIDC, one: Happening): void => void happened.set(ctx.req, [...(happened.get(ctx.req) ?? []), one]);
  const refused = (ctx: KoaContextWithOIDC, error: { error?: string; message: string }): void => {
    codes.set(ctx.req, `sign-on.${error.error ?? error.message}`);
    note(ctx, about(ctx, 'signOn.refused', { error: error.error ?? error.message, route: ctx.oidc.route }));
  };
  provider.on('authorization.success', (ctx) => note(ctx, about(ctx, 'signOn.entered')));
  provider.on('grant.success', (ctx) => note(ctx, about(ctx, 'signOn.tokens', { grant: ctx.oidc.params?.['grant_type'] })));
  provider.on('end_session.success', (ctx) => note(ctx, about(ctx, 'signOn.left')));
  for (const event of ['authorization.error', 'grant.error', 'userinfo.error', 'revocation.error', 'end_session.error', 'pushed_authorization_request.error'] as const) provider.on(event as 'grant.error', refused);
};

const recordAll = (site: Site, request: FastifyRequest, happened: readonly Happening[]): Promise<void> =>
  site.database.as(site.database.system, async (tx) => {
    for (const { event, detail, account, client } of happened) {
      const who = { kind: account === undefined ? 'public' as const : 'official' as const, accountId: account ?? null, requestId: request.id, address: request.ip };
      await site.audit.recordFor(tx, who, { event, subject: client ?? '-', detail });
      if (event === 'signOn.tokens' && client !== undefined) await store.noteUse(tx, client);
    }
  });

interface Tied {
  request: FastifyRequest;
  site: Site;
  happened: WeakMap<object, Happening[]>;
}
const ties = new WeakMap<object, Tied>();

/** Around every request of the provider: its pages may send forms to the application they lead to, and what happened is recorded first. */
const around = async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
  const tied = ties.get(ctx.req);
  ctx.set('content-security-policy', pagePolicy());
  await next();
  const policy = ctx.response.get('content-security-policy');
  const address = ctx.oidc?.params?.['redirect_uri'];
  const target = typeof address === 'string' && ctx.oidc.client?.redirectUriAllowed(address) === true ? originOf(address) : undefined;
  if (ctx.type === 'text/html' && target !== undefined) ctx.set('content-security-policy', policy.replace("form-action 'self'", `form-action 'self' ${target}`));
  if (!tied) return;
  const happened = tied.happened.get(ctx.req) ?? [];
  const left = happened.find((one) => one.event === 'signOn.left');
  if (left && ctx.oidc?.params?.['logout'] && ctx.oidc.session) {
    await leaveAll(tied.site, ctx.oidc.session as never);
    tied.site.use(Identity).sessions.forget();
  }
  if (happened.length > 0) await recordAll(tied.site, tied.request, happened);
};

/** Speaks OpenID Connect under one prefix of the site. */
export const speakProtocol = (site: Site, http: Http): void => {
  const provided = site.use(Provided);
  const issuer = new URL(provided.issuer);
  const happened = new WeakMap<object, Happening[]>();
  const codes = new WeakMap<object, string>();
  const ready = new WeakSet<Provider>();
  const callbacks = new WeakMap<Provider, ReturnType<Provider['callback']>>();
  const current = async (): Promise<ReturnType<Provider['callback']>> => {
    const provider = await provided.provider();
    if (!ready.has(provider)) {
      listen(provider, happened, codes);
      provider.use(around as never);
      callbacks.set(provider, provider.callback());
      ready.add(provider);
    }
    return callbacks.get(provider) as ReturnType<Provider['callback']>;
  };
  const byProvider = async (request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> => {
    const { raw } = request;
    ties.set(raw, { request, site, happened });
    const whole = raw.url as string;
    Object.assign(raw, { originalUrl: whole, url: path });
    try {
      await (await current())(raw, reply.raw);
    } finally {
      raw.url = whole;
      request.problemCode = codes.get(raw) ?? '';
    }
  };
  http.mounted({
    prefix: PREFIX, name: 'signOn.protocol', methods: ['GET', 'POST', 'OPTIONS'], bodyLimit: BODY_LIMIT, perMinute: PER_MINUTE,
    reason: 'OpenID Connect fixes its forms, errors and ways of authenticating; oidc-provider admits or refuses each request by them',
    handle: async (request, reply) => {
      pinOrigin(request.raw, issuer, request.ip);
      const path = (request.raw.url ?? '').slice(PREFIX.length);
      const bare = path.split('?')[0] as string;
      if (bare === '/style.css' && request.method === 'GET') return void reply.raw.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' }).end(STYLE);
      const [, uid] = INTERACTION.exec(bare) ?? [];
      if (uid !== undefined) return interact(site, provided, request, reply, uid);
      if (bare.startsWith('/interaction')) throw common('request.not-found');
      return byProvider(request, reply, path);
    },
  });
};
