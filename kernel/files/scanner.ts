import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

export type Verdict = { isClean: true } | { isClean: false; signature: string };

/** Looks for malware in a file. Rejects when it can't tell: out of reach, too slow, broken. */
export interface Scanner {
  scan(path: string, signal?: AbortSignal): Promise<Verdict>;
}

/** No verdict: the file waits. */
export class ScannerAway extends Error {
  override name = 'ScannerAway';
}

const CHUNK = 64 * 1024;
const LONGEST_ANSWER = 4096;

/** `host:port`, or the path of a socket. */
const openSocket = (address: string): Socket => {
  if (address.startsWith('/')) return connect(address);
  const at = address.lastIndexOf(':');
  return connect(Number(address.slice(at + 1)), address.slice(0, at).replace(/^\[|\]$/g, ''));
};

const frame = (length: number): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return head;
};

const send = async (socket: Socket, path: string): Promise<void> => {
  socket.write('zINSTREAM\0');
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    if (socket.destroyed) return;
    socket.write(frame((chunk as Buffer).length));
    if (!socket.write(chunk as Buffer)) await once(socket, 'drain');
  }
  socket.write(frame(0));
};

const answerOf = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\0') || text.length > LONGEST_ANSWER) resolve(text.split('\0')[0] ?? '');
    });
    socket.once('error', (cause) => reject(new ScannerAway('the scanner broke off', { cause })));
    socket.once('close', () => reject(new ScannerAway('the scanner hung up')));
  });

/** What clamd says of a stream (clamd(8), INSTREAM): `stream: OK`, `stream: <name> FOUND`, or an error. */
const verdictOf = (answer: string): Verdict => {
  if (answer === 'stream: OK') return { isClean: true };
  const found = /^stream: (.+) FOUND$/.exec(answer);
  if (found) return { isClean: false, signature: (found[1] ?? '').slice(0, 200) };
  throw new ScannerAway(`the scanner answered: ${answer.slice(0, 200)}`);
};

/** clamd over INSTREAM at `host:port` or a socket's path; gives up after `seconds`. */
export const openClamd = (address: string, seconds = 30): Scanner => ({
  scan: async (path, signal) => {
    const socket = openSocket(address);
    const stop = (): void => void socket.destroy();
    const timer = setTimeout(stop, seconds * 1000);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const answer = answerOf(socket);
      // clamd may say what it found before all has been sent, and hang up.
      const sent = send(socket, path).catch((cause: unknown) => answer.catch(() => Promise.reject(new ScannerAway('the scanner broke off', { cause }))));
      void sent.catch(() => undefined);
      return verdictOf(await answer);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      socket.destroy();
    }
  },
});
