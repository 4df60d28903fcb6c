import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';

interface Health {
  /** Whether the site can be reached and is ready. */
  reaches: () => Promise<boolean>;
  /** Bearer token for /metrics from other machines; without it this machine alone may read. */
  metricsToken?: string | undefined;
}

const isLoopback = (address: string | undefined): boolean => address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';

const mayRead = (request: FastifyRequest, token: string | undefined): boolean => {
  if (isLoopback(request.raw.socket.remoteAddress) && request.headers['x-forwarded-for'] === undefined) return true;
  const [given, wanted] = [Buffer.from(request.headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)];
  return token !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted);
};

const gauge = (name: string, help: string, value: number): string => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`;

const textOf = (answers: ReadonlyMap<number, number>, seconds: number): string => {
  const counted = [...answers].sort(([a], [b]) => a - b).map(([status, count]) => `http_requests_total{status="${status}"} ${count}\n`).join('');
  return `# HELP http_requests_total Answers by status\n# TYPE http_requests_total counter\n${counted}`
    + `# HELP http_request_seconds_total Time spent until answers had left\n# TYPE http_request_seconds_total counter\nhttp_request_seconds_total ${seconds}\n`
    + gauge('process_resident_memory_bytes', 'Memory in use', process.memoryUsage.rss())
    + gauge('process_start_time_seconds', 'When the process began', Math.round(Date.now() / 1000 - process.uptime()));
};

/** /healthz (the process lives), /readyz (the site can be reached; 503 otherwise, and while closing), /metrics (Prometheus). Registered before anything that answers by itself. */
export const addHealth = (app: FastifyInstance, { reaches, metricsToken }: Health): void => {
  const answers = new Map<number, number>();
  let seconds = 0;
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  // Kept pages are written past Fastify, so what has left is counted where it leaves.
  app.addHook('onRequest', (_request, reply, done) => {
    const begun = performance.now();
    reply.raw.once('finish', () => {
      answers.set(reply.raw.statusCode, (answers.get(reply.raw.statusCode) ?? 0) + 1);
      seconds += (performance.now() - begun) / 1000;
    });
    done();
  });
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const site = await reaches();
    const isReady = site && !isClosing;
    return reply.code(isReady ? 200 : 503).header('cache-control', 'no-store').send({ status: isReady ? 'ok' : isClosing ? 'closing' : 'unavailable', checks: { site } });
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request, metricsToken)) return reply.code(403).send({ status: 403 });
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(textOf(answers, seconds));
  });
};
