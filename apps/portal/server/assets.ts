import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { stylesheet } from '@zhengwu/ui';
import { script } from './script.ts';

interface Asset { path: string; type: string; plain: Buffer; gzip: Buffer; brotli: Buffer; immutable: boolean }

const asset = (name: string, type: string, text: string, immutable = true): Asset => {
  const plain = Buffer.from(text);
  const [stem = name, extension = ''] = name.split('.');
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 10);
  return {
    path: immutable ? `/assets/${stem}.${hash}.${extension}` : `/assets/${name}`, type, plain, immutable,
    gzip: gzipSync(plain, { level: 9 }), brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  };
};

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="#0a3a6b"/><g fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round"><path d="M13 20.5a5.5 5.5 0 0 1 1.6-10.8A8.6 8.6 0 0 1 31 8.9a6.4 6.4 0 0 1 3.6 11.6"/><path d="M15 25c-3 5 2.4 8-1 15M24 22c-3 6.5 3 10.5 0 18M33 25c-3 5 2.6 8-.4 15"/></g></svg>`;

export interface Assets { css: string; script: string; register(app: FastifyInstance): void }

/** The stylesheet, the optional script and the mark: compressed once, named by content, cached for a year. */
export const buildAssets = (): Assets => {
  const css = asset('ui.css', 'text/css; charset=utf-8', stylesheet());
  const js = asset('portal.js', 'text/javascript; charset=utf-8', script);
  const icon = asset('mark.svg', 'image/svg+xml', mark, false);
  return {
    css: css.path,
    script: js.path,
    register(app) {
      for (const one of [css, js, icon]) {
        app.get(one.path, (request, reply) => {
          const accepts = String(request.headers['accept-encoding'] ?? '');
          const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : undefined;
          void reply.header('cache-control', one.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=86400').header('vary', 'accept-encoding').type(one.type);
          if (encoding) void reply.header('content-encoding', encoding);
          return reply.send(encoding === 'br' ? one.brotli : encoding === 'gzip' ? one.gzip : one.plain);
        });
      }
    },
  };
};
