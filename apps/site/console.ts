import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Http } from '@zhengwu/http';
import { projectFolder } from './packs.ts';

const YEAR_MS = 31_536_000_000;

/** Serves the built console under /console/; every page of it is the same document, its router does the rest. */
export const serveConsole = (http: Http): void => {
  const folder = join(projectFolder(), 'dist', 'console');
  if (!existsSync(folder)) return;
  http.pages(async (instance: FastifyInstance) => {
    await instance.register(fastifyStatic, {
      root: folder, prefix: '/console/', wildcard: false, preCompressed: true, decorateReply: true,
      setHeaders: (response, path) => {
        const hashed = /-[\w-]{8,}\.(?:js|css|woff2|svg)$/.test(path);
        response.header('cache-control', hashed ? `public, max-age=${YEAR_MS / 1000}, immutable` : 'no-cache');
      },
    });
    instance.get('/console', (_, reply) => reply.redirect('/console/', 308));
    instance.get('/console/*', (_, reply) => reply.sendFile('index.html'));
    instance.get('/', (_, reply) => reply.redirect('/console/', 302));
  });
};
