import type { Database, Tx } from '@zhengwu/database';
import type { Traces } from './tracing.ts';

const MOST_TEXT = 300;
/** Statements carry places for values, never values. */
const aboutSql = (text: string, name?: string) => ({ 'db.system.name': 'postgresql', 'db.query.text': text.replace(/\s+/g, ' ').slice(0, MOST_TEXT), 'db.operation.name': name });

/** Only what belongs to a request or a job is told: what runs by itself many times a second would drown it. */
const below = <T>(traces: Traces, name: string, about: ReturnType<typeof aboutSql>, work: () => Promise<T>): Promise<T> => (traces.traceId() === undefined ? work() : traces.within(name, about, work));

const tracedTx = (tx: Tx, traces: Traces): Tx => ({
  query: (text, values) => below(traces, 'sql', aboutSql(text), () => tx.query(text, values)),
  named: (name, text, values) => below(traces, `sql ${name}`, aboutSql(text, name), () => tx.named(name, text, values)),
  kysely: () => tx.kysely(),
});

/** The same database; each statement of a request or a job is a span. */
export const traceDatabase = (database: Database, traces: Traces): Database => ({
  ...database,
  as: (actor, work, options) => below(traces, 'transaction', aboutSql('begin'), () => database.as(actor, (tx) => work(tracedTx(tx, traces)), options)),
  call: (actor, name, text, values) => below(traces, `sql ${name}`, aboutSql(text, name), () => database.call(actor, name, text, values)),
  ask: (actor, name, text, values) => below(traces, `sql ${name}`, aboutSql(text, name), () => database.ask(actor, name, text, values)),
});

/** What of Fastify is needed here. */
export interface Hooks {
  addHook(name: 'onRequest', hook: (request: Request, reply: { raw: { once(event: 'close', done: () => void): unknown }; statusCode: number }, done: () => void) => void): unknown;
}
interface Request {
  id: string;
  method: string;
  routeOptions: { url?: string | undefined; config: object };
}

/** Each request a span from its first hook to its last byte; everything it does hangs below. */
export const traceRequests = (server: Hooks, traces: Traces): void => {
  server.addHook('onRequest', (request, reply, done) => {
    const { url, config } = request.routeOptions;
    const operation = (config as { operation?: string }).operation;
    const span = traces.start(operation ?? `${request.method} ${url ?? 'unknown'}`, { 'http.request.method': request.method, 'http.route': url, 'zhengwu.request': request.id });
    reply.raw.once('close', () => {
      span.set({ 'http.response.status_code': reply.statusCode });
      span.end(reply.statusCode >= 500 ? 'failed' : undefined);
    });
    span.run(done);
  });
};
