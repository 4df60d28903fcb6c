import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { backChannelLogout, identitySourceKeys, ProblemError, type Client } from '@zhengwu/contracts';
import type { World } from '../server/serve.ts';
import { SiteUnreachable } from '../server/site-client.ts';

const clientOf = (world: World, request: FastifyRequest): Client => world.site.as({ lang: 'zh-CN', address: request.ip, requestId: request.id, citizen: null, behalf: null });

/** Answers a server, not a browser: a status and no page. */
const answer = async (reply: FastifyReply, work: () => Promise<FastifyReply>): Promise<FastifyReply> => {
  void reply.header('cache-control', 'no-store');
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) return reply.status(error.problem.status >= 500 ? 503 : 400).send({ error: 'invalid_request', error_description: error.problem.code });
    if (error instanceof SiteUnreachable) return reply.status(503).send({ error: 'temporarily_unavailable' });
    throw error;
  }
};

/** What sources themselves ask of the portal, the only part of us that they reach: our public keys, and to be told that somebody signed out there. */
export const relyingRoutes = (app: FastifyInstance, world: World): void => {
  app.get('/sign-in/outside/keys', (request, reply) => answer(reply, async () => reply.type('application/json').send(JSON.stringify(await clientOf(world, request).call(identitySourceKeys)))));
  app.post<{ Params: { id: string } }>('/sign-in/outside/:id/logout', (request, reply) => answer(reply, async () => {
    // No cookie counts here: what is said is signed by the source.
    const logoutToken = request.body instanceof URLSearchParams ? (request.body.get('logout_token') ?? '') : '';
    if (!/^[a-z][a-z0-9-]{1,29}$/.test(request.params.id) || logoutToken.length < 20 || logoutToken.length > 8000) return reply.status(400).send({ error: 'invalid_request' });
    await clientOf(world, request).call(backChannelLogout, { params: { id: request.params.id }, body: { logoutToken } });
    return reply.status(200).send();
  }));
};
