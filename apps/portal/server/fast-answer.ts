import type { FastifyInstance } from 'fastify';
import type { KeptPage, PageCache } from './page-cache.ts';

/** Cache key of an anonymous page: elder mode and the whole address, language prefix included. */
export const pageKey = (elder: boolean, url: string): string => (elder ? '+' : '-') + url;

/**
 * Answers anonymous readers of a kept page before anything else runs: no cookies to parse, nothing to render.
 * A request with any cookie of ours goes the ordinary way.
 */
export const answerKeptPages = (app: FastifyInstance, cache: PageCache, security: Readonly<Record<string, string>>): void => {
  const prepared = new WeakMap<KeptPage, { plain: Record<string, string | number>; gzip: Record<string, string | number>; same: Record<string, string> }>();
  const headersOf = (page: KeptPage) => {
    const known = prepared.get(page);
    if (known) return known;
    const base = { ...security, ...keptHeaders(page) };
    const made = {
      same: base,
      plain: { ...base, 'content-type': 'text/html; charset=utf-8', 'content-length': page.html.byteLength },
      gzip: { ...base, 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip', 'content-length': page.gzip.byteLength },
    };
    prepared.set(page, made);
    return made;
  };
  app.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    const page = raw.method === 'GET' && !raw.headers.cookie?.includes('zw_') ? cache.find(pageKey(false, raw.url ?? '')) : undefined;
    if (!page) return done();
    const headers = headersOf(page);
    reply.hijack();
    if (raw.headers['if-none-match'] === page.etag) return void reply.raw.writeHead(304, headers.same).end();
    if (raw.headers['accept-encoding']?.includes('gzip')) return void reply.raw.writeHead(200, headers.gzip).end(page.gzip);
    return void reply.raw.writeHead(200, headers.plain).end(page.html);
  });
};

export const keptHeaders = (page: KeptPage): Record<string, string> => ({
  etag: page.etag,
  'cache-control': 'public, max-age=0, must-revalidate',
  vary: 'accept-encoding, cookie',
});
