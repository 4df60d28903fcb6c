import { Type } from 'typebox';
import { operation } from '@zhengwu/contracts';
import { fromRefusal, openBlocks, openQueue } from '@zhengwu/defence';
import { createHttp, type HttpOptions } from '@zhengwu/http';
import { createLog } from '@zhengwu/log';

/** The same operation on two servers of one process, one of them with all that the defence adds to a request. */
const one = operation({ id: 'watched.one', method: 'GET', path: '/api/watched/:id', summary: 'Nearly nothing', params: Type.Object({ id: Type.Integer() }), response: Type.Object({ id: Type.Integer() }) });

const serve = async (options: Partial<HttpOptions>): Promise<number> => {
  const http = createHttp({
    log: createLog({ level: 'silent' }), origin: 'http://site.test', metrics: { process: false }, policies: { 'watched.one': { who: 'public', audit: null } },
    authenticator: { authenticate: () => undefined, isPortal: () => false, verifyCsrf: () => false }, ...options,
  });
  http.route(one, ({ params }) => params);
  return (await http.listen({ host: '127.0.0.1', port: 0 })).port;
};

const queue = openQueue();
setInterval(() => queue.take(20_000), 1000).unref();
const blocks = openBlocks([]);
blocks.replace(Array.from({ length: 1000 }, (_, n) => ({ target: `203.0.${n >> 8}.${n & 255}`, until: new Date(Date.now() + 3_600_000) })));

const bare = await serve({});
const watched = await serve({
  blockedFor: blocks.secondsLeft, refused: (refusal) => fromRefusal(refusal, Date.now()).forEach(queue.add), mostInFlight: 10_000, strangersPerMinute: 1200, connectionsPerAddress: 200,
});
process.send?.({ bare, watched });
