import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { stylesheet } from '@zhengwu/ui';
import { passkeyScript } from './passkey-script.ts';
import { script } from './script.ts';

interface Asset {
  path: string;
  type: string;
  plain: Buffer;
  gzip: Buffer;
  brotli: Buffer;
  immutable: boolean;
}

const asset = (name: string, type: string, text: string, immutable = true): Asset => {
  const plain = Buffer.from(text);
  const [stem = name, extension = ''] = name.split('.');
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 10);
  return {
    path: immutable ? `/assets/${stem}.${hash}.${extension}` : `/assets/${name}`,
    type,
    plain,
    immutable,
    gzip: gzipSync(plain, { level: 9 }),
    brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  };
};

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="#0a3a6b"/><g fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round"><path d="M14.5 25.5a6.5 6.5 0 0 1-.6-12.95A10 10 0 0 1 33 11.5a7.1 7.1 0 0 1 1 14Z"/><path d="M7 33c5.6 0 5.6 2.6 11.3 2.6S24 33 29.7 33 35.4 35.6 41 35.6M7 39.5c5.6 0 5.6 2.6 11.3 2.6S24 39.5 29.7 39.5 35.4 42.1 41 42.1"/></g></svg>`;

export interface Assets {
  css: string;
  script: string;
  register(app: FastifyInstance): void;
}

/** The stylesheet, the optional script and the mark: compressed once, named by content, cached for a year. */
export const buildAssets = (): Assets => {
  const css = asset('ui.css', 'text/css; charset=utf-8', stylesheet());
  const js = asset('portal.js', 'text/javascript; charset=utf-8', `${script};${passkeyScript}`);
  const icon = asset('mark.svg', 'image/svg+xml', mark, false);
  return {
    css: css.path,
    script: js.path,
    register(app) {
      for (const one of [css, js, icon]) {
        app.get(one.path, (request, reply) => {
          const accepts = String(request.headers['accept-encoding'] ?? '');
          const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : undefined;
          void reply
            .header('cache-control', one.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=86400')
            .header('vary', 'accept-encoding')
            .type(one.type);
          if (encoding) void reply.header('content-encoding', encoding);
          return reply.send(encoding === 'br' ? one.brotli : encoding === 'gzip' ? one.gzip : one.plain);
        });
      }
    },
  };
};
