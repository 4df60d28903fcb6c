import http from 'node:http';
import https from 'node:https';
import { connect, isIP } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { addressOf, pinned } from './addresses.ts';

/** Most bytes of an answer that a probe reads. */
export const MOST_BYTES = 65_536;

export interface HttpAnswer {
  status: number;
  /** Up to 64 KB. */
  body: string;
  milliseconds: number;
  date: Date | null;
  /** Days that the server's certificate is still valid; null over http. */
  days: number | null;
}

const since = (began: number): number => Math.round((performance.now() - began) * 10) / 10;
const daysOf = (certificate: { valid_to?: string }): number | null => (certificate.valid_to ? (new Date(certificate.valid_to).getTime() - Date.now()) / 86_400_000 : null);

const readUpTo = (stream: http.IncomingMessage, most: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (): void => resolve(Buffer.concat(chunks).subarray(0, most).toString('utf8'));
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if ((size += chunk.length) >= most) {
        finish();
        stream.destroy();
      }
    });
    stream.once('end', finish);
    stream.once('error', reject);
  });

/** Asks by GET. Follows no redirect, sends no credentials, reads at most 64 KB; throws when there is no answer in time or the certificate does not hold. */
export const askHttp = async (url: URL, { timeoutMs, ca }: { timeoutMs: number; ca?: string }): Promise<HttpAnswer> => {
  const lookup = pinned(await addressOf(url.hostname.replace(/^\[|\]$/g, '')));
  const began = performance.now();
  const deadline = AbortSignal.timeout(timeoutMs);
  const options = { lookup, signal: deadline, agent: false as const, headers: { 'user-agent': 'zhengwu-monitoring', accept: '*/*', connection: 'close' } };
  try {
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = url.protocol === 'https:' ? https.get(url, { ...options, ...(ca ? { ca } : {}) }, resolve) : http.get(url, options, resolve);
      request.once('error', reject);
    });
    const certificate = url.protocol === 'https:' ? daysOf((answer.socket as TLSSocket).getPeerCertificate()) : null;
    const milliseconds = since(began);
    const told = answer.headers.date === undefined ? NaN : Date.parse(answer.headers.date);
    return { status: answer.statusCode ?? 0, body: await readUpTo(answer, MOST_BYTES), milliseconds, date: Number.isNaN(told) ? null : new Date(told), days: certificate };
  } catch (error) {
    throw deadline.aborted ? new Error(`no answer within ${timeoutMs} ms`) : error;
  }
};

/** Opens a TCP connection and closes it; milliseconds until it stood. */
export const askTcp = async (host: string, port: number, timeoutMs: number): Promise<number> => {
  const { address, family } = await addressOf(host);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, family, timeout: timeoutMs });
    const end = (error?: Error): void => {
      socket.destroy();
      if (error) reject(error);
      else resolve(since(began));
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end(new Error(`no answer within ${timeoutMs} ms`)));
    socket.once('error', end);
  });
};

export interface TlsAnswer {
  milliseconds: number;
  /** Days until the first certificate of the chain ends. */
  days: number;
  /** Why the chain is not trusted; null when it is. */
  fault: string | null;
}

/** Days until the first certificate of a chain ends. */
const chainDays = (socket: TLSSocket): number => {
  let least = Infinity;
  const seen = new Set<string>();
  for (let one = socket.getPeerCertificate(true); one?.fingerprint256 && !seen.has(one.fingerprint256); one = one.issuerCertificate) {
    seen.add(one.fingerprint256);
    least = Math.min(least, daysOf(one) ?? Infinity);
  }
  return least;
};

/** Shakes hands by TLS and looks at the certificates; a chain that is not trusted is told, not thrown. */
export const askTls = async (host: string, port: number, timeoutMs: number, ca?: string): Promise<TlsAnswer> => {
  const { address } = await addressOf(host);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: address, port, ...(isIP(host) ? {} : { servername: host }), rejectUnauthorized: false, timeout: timeoutMs, ...(ca ? { ca } : {}) });
    const end = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.once('secureConnect', () => {
      const fault = socket.authorized ? null : String(socket.authorizationError);
      resolve({ milliseconds: since(began), days: chainDays(socket), fault });
      socket.destroy();
    });
    socket.once('timeout', () => end(new Error(`no answer within ${timeoutMs} ms`)));
    socket.once('error', end);
  });
};
