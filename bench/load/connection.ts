import { connect, type Socket } from 'node:net';

export interface Answer {
  status: number;
  /** The raw header lines; names as sent. */
  head: string;
  body: Buffer;
  /** Milliseconds from sending to the last byte. */
  ms: number;
}

export interface Connection {
  send(request: Buffer): Promise<Answer>;
  close(): void;
}

const END = Buffer.from('\r\n\r\n');

/** The answer's end in what has arrived, or -1 while it is not all there. Content-Length only: that is what the servers measured here send. */
const measure = (buffer: Buffer): { head: string; from: number; to: number } | null => {
  const at = buffer.indexOf(END);
  if (at < 0) return null;
  const head = buffer.toString('latin1', 0, at);
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  const from = at + 4;
  const to = from + Number(length?.[1] ?? 0);
  if (!length && !/^HTTP\/1\.1 (?:204|304)/.test(head)) throw new Error(`an answer without a length:\n${head}`);
  return buffer.length < to ? null : { head, from, to };
};

/** One kept-alive HTTP/1.1 connection on the loopback, one request at a time: so lean that the server is what is measured. */
export const openConnection = (port: number): Promise<Connection> =>
  new Promise((resolve, reject) => {
    let waiting: { settle(answer: Answer): void; fail(error: Error): void; since: number } | undefined;
    let buffer: Buffer = Buffer.alloc(0);
    const socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true });
    const lost = (error?: Error): void => waiting?.fail(error ?? new Error('the server hung up'));
    socket.on('data', (part) => {
      buffer = buffer.length === 0 ? part : Buffer.concat([buffer, part]);
      const found = measure(buffer);
      if (!found || !waiting) return;
      const { settle, since } = waiting;
      waiting = undefined;
      const body = buffer.subarray(found.from, found.to);
      buffer = buffer.subarray(found.to);
      settle({ status: Number(found.head.slice(9, 12)), head: found.head, body, ms: performance.now() - since });
    });
    socket.once('error', reject);
    socket.on('error', lost);
    socket.on('close', () => lost());
    socket.once('connect', () => resolve({
      send: (request) => new Promise((settle, fail) => {
        waiting = { settle, fail, since: performance.now() };
        socket.write(request);
      }),
      close: () => socket.destroy(),
    }));
  });

/** A request as bytes. */
export const requestOf = (method: string, path: string, headers: Readonly<Record<string, string>>, body?: unknown): Buffer => {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const about = body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
  return Buffer.from(`${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines}${about}\r\n${text}`);
};
