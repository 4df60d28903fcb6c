import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listProbes as fails, readHealth as ask, type Actor } from '@zhengwu/contracts';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { createLog, useTracing, type Log } from '@zhengwu/log';
import { createTestSite, defineModule, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { monitoringModule } from './module.ts';
import { requestsOf, trailOf } from './request-trail.ts';
import { traceDatabase, traceRequests } from './traced.ts';
import { openTraces, type Traces } from './tracing.ts';

interface Sent { name: string; traceId: string; spanId: string; parentSpanId?: string; attributes: { key: string; value: { stringValue?: string; intValue?: number } }[] }

const ran: unknown[] = [];
const testModule = defineModule({ name: 'testing', requires: ['jobs'], migrations: [], jobs: () => [{ name: 'test.echo', run: (_, context) => Promise.resolve(void ran.push(context.request)) }] });
const actor: Actor = { kind: 'public', name: 'nobody', scope: 'own', departments: [], subjects: [], permissions: {}, clearance: 0, assurance: 0, requestId: '', address: '127.0.0.1' } as unknown as Actor;

let collector: Server;
let site: TestSite;
let http: HttpServer;
let database: ReturnType<typeof traceDatabase>;
let traces: Traces;
let log: Log;
let origin = '';
const sent: Sent[] = [];
const services = new Set<string>();
beforeAll(async () => {
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as { resourceSpans: { resource: { attributes: Sent['attributes'] }; scopeSpans: { spans: Sent[] }[] }[] };
      for (const one of resourceSpans) {
        services.add(one.resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '');
        sent.push(...one.scopeSpans.flatMap(({ spans }) => spans));
      }
      response.setHeader('content-type', 'application/json').end(request.url === '/v1/traces' ? '{}' : '');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  traces = await openTraces(`http://127.0.0.1:${(collector.address() as AddressInfo).port}`, 'the-test');
  useTracing(traces);
  log = createLog({ level: 'info', destination: { write: () => undefined } });
  site = await createTestSite({ modules: [monitoringModule, testModule], log });
  database = traceDatabase(site.database, traces);
  http = createHttp({
    log, origin: 'http://127.0.0.1', policies: { [ask.id]: { who: 'public', audit: null }, [fails.id]: { who: 'public', audit: null } },
    authenticator: { authenticate: () => undefined, isPortal: () => false, verifyCsrf: () => true }, metrics: { process: false },
  });
  http.route(ask, ({ requestId }) => database.as({ ...actor, requestId }, async (tx) => {
    await tx.query('select $1::text', ['13912345678']);
    await site.site.jobs.enqueue(tx, { job: 'test.echo' });
    log.info({ requestId }, 'asked');
    return { at: '2026-11-20T00:00:00.000Z', state: 'good', items: [], firing: 0 };
  }));
  http.route(fails, () => { throw new Error('张三 broke it'); });
  traceRequests(http.fastify, traces);
  await site.start();
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  useTracing(null);
  await http.close(1);
  await site.drop();
  await traces.stop();
  collector.close();
});
const byName = (name: string): Sent | undefined => sent.find((span) => span.name === name);
const valueOf = (span: Sent | undefined, key: string): unknown => {
  const value = span?.attributes.find((one) => one.key === key)?.value;
  return value?.stringValue ?? value?.intValue;
};

describe('traces', () => {
  test('a collector receives the tree: request, transaction and statements, and the job that the request queued, with its id', async () => {
    const id = 'request-of-the-test-1';
    await database.ask(actor, 'of-nobody', 'select kernel.enter($1::jsonb)');
    await fetch(`${origin}${ask.path}`, { headers: { 'x-request-id': id } });
    await expect.poll(() => ran, { timeout: 8000 }).toEqual([id]);
    await expect.poll(async () => { await traces.flush(); return byName('job test.echo') !== undefined && byName(ask.id) !== undefined; }, { timeout: 8000 }).toBe(true);
    expect(sent.some(({ name, parentSpanId }) => name.startsWith('sql') && !parentSpanId), 'statements of nobody').toBe(false);
    const [request, transaction, statement, job] = [ask.id, 'transaction', 'sql', 'job test.echo'].map(byName);
    expect([...services]).toEqual(['the-test']);
    expect(request?.parentSpanId ?? '').toBe('');
    expect(transaction).toMatchObject({ traceId: request?.traceId, parentSpanId: request?.spanId });
    expect(statement).toMatchObject({ traceId: request?.traceId, parentSpanId: transaction?.spanId });
    expect(job?.traceId).toBe(request?.traceId);
    expect([valueOf(request, 'zhengwu.request'), valueOf(job, 'zhengwu.request'), Number(valueOf(request, 'http.response.status_code')), valueOf(statement, 'db.query.text')]).toEqual([id, id, 200, 'select $1::text']);
    expect(JSON.stringify(sent), 'values never leave').not.toContain('13912345678');
    const trail = trailOf(log.recent(), id);
    expect(trail).toMatchObject({ traceId: request?.traceId, jobs: [{ job: 'test.echo', failed: false }] });
    expect(trail.lines.map(({ message }) => message)).toEqual(expect.arrayContaining(['asked', 'answered', 'job ran']));
    expect(trail.lines.find(({ message }) => message === 'asked')?.about).toMatchObject({ traceId: request?.traceId });
  });
  test('a request that failed is found, and its span names no person', async () => {
    const id = 'request-of-the-test-2';
    await fetch(`${origin}${fails.path}`, { headers: { 'x-request-id': id } });
    await expect.poll(() => requestsOf(log.recent(), { kind: 'failed' }).map((one) => one.id)).toEqual([id]);
    expect(requestsOf(log.recent(), { operation: ask.id, kind: 'all' }).map((one) => one.id)).toEqual(['request-of-the-test-1']);
    await expect.poll(async () => { await traces.flush(); return byName(fails.id); }).toMatchObject({ status: { code: 2 } });
    expect(JSON.stringify(byName(fails.id))).not.toContain('张三');
  });
});
