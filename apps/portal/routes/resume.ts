import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isSameOrigin } from '../server/csrf.ts';
import type { World } from '../server/serve.ts';
import { SiteUnreachable, type Caller } from '../server/site-client.ts';

interface UploadRequest {
  Params: { id: string };
}
const callerOf = (world: World, request: FastifyRequest): Caller => ({
  lang: 'zh-CN',
  address: request.ip,
  requestId: request.id,
  citizen: request.cookies[world.cookies.session] ?? null,
  behalf: null,
});
const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''));

const relay = async (world: World, request: FastifyRequest<UploadRequest>, reply: FastifyReply, method: 'GET' | 'PATCH'): Promise<FastifyReply> => {
  if (!/^[0-9a-f-]{36}$/i.test(request.params.id)) return reply.status(404).send({ detail: '' });
  if (method === 'PATCH' && !isSameOrigin(request, [world.origin])) return reply.status(403).send({ detail: '' });
  const token = one(request.headers['x-upload-token']);
  const headers: Record<string, string> = {
    'x-upload-token': token,
    ...(method === 'PATCH' ? { 'content-type': 'application/octet-stream', 'upload-offset': one(request.headers['upload-offset']) } : {}),
  };
  try {
    const answer = await world.site.stream(callerOf(world, request), method, `/api/uploads/${request.params.id}`, {
      headers,
      body: method === 'PATCH' ? request.raw : undefined,
    });
    return reply
      .status(answer.status)
      .header('cache-control', 'no-store')
      .type('application/json')
      .send(await answer.body.text());
  } catch (error) {
    if (error instanceof SiteUnreachable) return reply.status(503).send({ detail: '' });
    throw error;
  }
};

/** The optional script's resumable upload: parts pass through as streams, the site keeps the offset. */
export const resumeRoutes = (app: FastifyInstance, world: World): void => {
  app.get<UploadRequest>('/uploads/:id', (request, reply) => relay(world, request, reply, 'GET'));
  app.patch<UploadRequest>('/uploads/:id', (request, reply) => relay(world, request, reply, 'PATCH'));
};
