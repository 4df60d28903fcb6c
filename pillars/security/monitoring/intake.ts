import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, isIPv6, type AddressInfo, type Server, type Socket } from 'node:net';
import { redact, type Log } from '@zhengwu/log';
import { LONGEST, openFramer, parseSyslog, type SyslogLine } from './syslog.ts';

export interface ReceivedLine extends SyslogLine {
  at: Date;
  source: string;
  transport: 'udp' | 'tcp';
}

export interface Intake {
  readonly port: number;
  readonly received: number;
  readonly dropped: number;
  /** Writes what waits, then takes no more. */
  close(): Promise<void>;
}

export interface IntakeOptions {
  host: string;
  port: number;
  /** Keeps lines; what cannot be kept now is offered again. */
  write(lines: readonly ReceivedLine[]): Promise<void>;
  log: Pick<Log, 'warn'>;
  now?: () => Date;
}

/** Lines that wait for the database at most; beyond it datagrams are dropped and connections wait. */
const MOST_WAITING = 20_000;
const BATCH = 1000;
const FLUSH_MS = 250;
/** Datagrams a second from one address, and how many may come at once. */
const RATE = 1000;
const BURST = 5000;
const MOST_SOURCES = 2000;
const MOST_CONNECTIONS = 200;
const IDLE_MS = 600_000;

/** A bucket per address; when too many addresses are known, the oldest is forgotten. */
export const openBuckets = (rate = RATE, burst = BURST, most = MOST_SOURCES): ((source: string, now: number) => boolean) => {
  const buckets = new Map<string, { left: number; at: number }>();
  return (source, now) => {
    const known = buckets.get(source);
    const bucket = known ?? { left: burst, at: now };
    bucket.left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * rate);
    bucket.at = now;
    if (!known) {
      if (buckets.size >= most) buckets.delete(buckets.keys().next().value ?? '');
      buckets.set(source, bucket);
    }
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  };
};

const plain = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '');

const listenUdp = (host: string, port: number, hear: (message: Buffer, from: string) => void): Promise<UdpSocket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: 4 * 1024 * 1024 });
    socket.on('message', (message, { address }) => hear(message, plain(address)));
    socket.once('error', reject);
    socket.bind(port, host, () => resolve(socket.off('error', reject).on('error', () => undefined)));
  });

const listenTcp = (host: string, port: number, hear: (socket: Socket) => void): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(hear);
    server.maxConnections = MOST_CONNECTIONS;
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.off('error', reject)));
  });

/** Listens for syslog on one port over UDP (RFC 5426) and TCP (RFC 6587). Port 0 takes a free one. */
export const openIntake = async ({ host, port, write, log, now = () => new Date() }: IntakeOptions): Promise<Intake> => {
  let waiting: ReceivedLine[] = [];
  let [received, dropped, isClosing] = [0, 0, false];
  const mayCome = openBuckets();
  const connections = new Set<Socket>();
  const put = (raw: string, source: string, transport: 'udp' | 'tcp'): void => {
    received += 1;
    const line = parseSyslog(raw);
    if (line.message !== '') waiting.push({ ...line, message: (redact(line.message) as string).slice(0, LONGEST), at: now(), source, transport });
  };
  const server = await listenTcp(host, port, (socket) => {
    const framer = openFramer();
    connections.add(socket);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('data', (chunk) => {
      for (const line of framer.take(chunk)) put(line, plain(socket.remoteAddress), 'tcp');
      if (waiting.length >= MOST_WAITING) socket.pause();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => connections.delete(socket));
  });
  const bound = (server.address() as AddressInfo).port;
  const udp = await listenUdp(host, bound, (message, from) => {
    if (waiting.length >= MOST_WAITING || !mayCome(from, Date.now())) {
      dropped += 1;
      return;
    }
    put(message.subarray(0, LONGEST + 1024).toString('utf8'), from, 'udp');
  }).catch((error: unknown) => {
    server.close();
    throw error;
  });
  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      await write(batch);
      waiting = waiting.slice(batch.length);
    }
    for (const socket of connections) socket.resume();
  };
  let turn: Promise<void> = Promise.resolve();
  const tick = async (): Promise<void> => {
    await flush().catch((error: unknown) => log.warn({ err: error, waiting: waiting.length }, 'lines of syslog could not be kept; they are offered again'));
    if (!isClosing) timer = setTimeout(() => (turn = tick()), FLUSH_MS);
  };
  let timer: NodeJS.Timeout = setTimeout(() => (turn = tick()), FLUSH_MS);
  return {
    port: bound,
    get received() { return received; },
    get dropped() { return dropped; },
    close: async () => {
      isClosing = true;
      clearTimeout(timer);
      await new Promise<void>((resolve) => udp.close(() => resolve()));
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await turn;
      await flush().catch((error: unknown) => log.warn({ err: error, waiting: waiting.length }, 'lines of syslog were lost at the end'));
    },
  };
};
