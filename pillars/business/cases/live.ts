import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Http } from '@zhengwu/http';
import { liveEvents } from '@zhengwu/contracts';

/** Open pages of officials that are told when counts may have changed. */
export interface Live {
  routes(http: Http): void;
  /** Something changed in the work; told at most every half second, to everybody: what each may see is asked for anew. */
  changed(): void;
  stop(): void;
}

const PAUSE_MS = 500;
const BEAT_MS = 25_000;

/** Server-sent events for the console: `queues` when counts may have changed, a comment now and then to keep the line open. */
export const openLive = (): Live => {
  const open = new Set<ServerResponse>();
  let pending: NodeJS.Timeout | undefined;
  const tell = (text: string): void => {
    for (const response of open) response.write(text);
  };
  const beat = setInterval(() => tell(': beat\n\n'), BEAT_MS);
  beat.unref();
  const end = (): void => {
    for (const response of open) response.end();
  };
  const listen = (reply: FastifyReply): never => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    reply.raw.write('retry: 3000\n\n');
    open.add(reply.raw);
    reply.raw.on('close', () => open.delete(reply.raw));
    return reply as never;
  };
  return {
    routes: (http) => {
      http.closing.addEventListener('abort', end);
      http.route(liveEvents, (call) => listen(call.reply));
    },
    changed: () => {
      pending ??= setTimeout(() => {
        pending = undefined;
        tell('event: queues\ndata: {}\n\n');
      }, PAUSE_MS);
    },
    stop: () => {
      clearInterval(beat);
      clearTimeout(pending);
      end();
    },
  };
};
