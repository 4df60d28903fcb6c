import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { common } from '@zhengwu/errors';
import type { Metrics } from './metrics.ts';

/** Named checks of what the process needs to serve; true or resolved means ready. */
export type ReadyChecks = Readonly<Record<string, () => boolean | void | Promise<boolean | void>>>;

const PATIENCE_MS = 2000;

const runCheck = async (check: ReadyChecks[string]): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, false)));
  try {
    return (await Promise.race([Promise.resolve(check()), late])) !== false;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};

const isLoopback = (address: string | undefined): boolean => address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';

const mayRead = (request: FastifyRequest, token: string | undefined): boolean => {
  if (isLoopback(request.raw.socket.remoteAddress) && request.headers['x-forwarded-for'] === undefined) return true;
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return token !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted);
};

interface HealthOptions {
  checks: ReadyChecks;
  closing: AbortSignal;
  metrics: Metrics;
  metricsToken: string | undefined;
}

/** /healthz (the process lives), /readyz (it can serve; 503 with the failing names otherwise, and while closing), /metrics. */
export const addHealth = (fastify: FastifyInstance, { checks, closing, metrics, metricsToken }: HealthOptions): void => {
  const config = { open: 'health' };
  fastify.get('/healthz', { config }, () => ({ status: 'ok' }));
  fastify.get('/readyz', { config }, async (_, reply) => {
    const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await runCheck(check)] as const));
    const isReady = !closing.aborted && results.every(([, ok]) => ok);
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : closing.aborted ? 'closing' : 'unavailable', checks: Object.fromEntries(results) });
  });
  fastify.get('/metrics', { config }, async (request, reply) => {
    if (!mayRead(request, metricsToken)) throw common('access.denied');
    return reply.type(metrics.contentType).send(await metrics.text());
  });
};
