import { createHash } from 'node:crypto';
import { connect as connectTcp, type Socket } from 'node:net';
import { CommandRequestMessage, NodeStream, SshAuthenticationType, SshClientSession, SshSessionConfiguration } from '@microsoft/dev-tunnels-ssh';
import type { Opened } from './connections.ts';
import type { Put } from './drop.ts';
import { Unsettled, type FilePlace, type Lying } from './place.ts';
import { openSftp, SftpStatus, STATUS, type Attributes, type Sftp } from './sftp.ts';
import { unreachable } from './table-client.ts';

type Server = Opened<'sftp'>;
/** Files that nobody has written to for so long, by both clocks, are whole. */
const SETTLED_SECONDS = 60;
const IN_TIME_MS = 15_000;

/** Why a session ends before it began. */
class Refused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const tcp = (host: string, port: number): Promise<Socket> => new Promise((resolve, reject) => {
  const socket = connectTcp({ host, port, timeout: IN_TIME_MS });
  socket.once('connect', () => {
    socket.setTimeout(0);
    resolve(socket);
  });
  socket.once('timeout', () => socket.destroy(new Refused('ETIMEDOUT')));
  socket.once('error', reject);
});

/** `SHA256:` and the hash of the host's public key, as `ssh-keygen -l` writes it. */
export const fingerprintOf = (publicKey: Buffer): string => `SHA256:${createHash('sha256').update(publicKey).digest('base64').replaceAll('=', '')}`;

const inTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Refused('ETIMEDOUT')), IN_TIME_MS); });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** The host is the one that was registered, by its key, before anything is said to it. */
const greet = async (session: SshClientSession, socket: Socket, { reach: { user, hostKey }, secret }: Server): Promise<void> => {
  let isKnown = false;
  session.onAuthenticating((asked) => {
    asked.authenticationPromise = (async () => {
      const key = asked.authenticationType === SshAuthenticationType.serverPublicKey ? await asked.publicKey?.getPublicKeyBytes() : null;
      isKnown = key ? fingerprintOf(Buffer.from(key)) === hostKey : false;
      return isKnown ? {} : null;
    })();
  });
  await session.connect(new NodeStream(socket));
  if (!(await session.authenticateServer()) || !isKnown) throw new Refused('host key');
  if (!(await session.authenticateClient({ username: user, password: secret }))) throw new Refused('not let in');
};

const subsystem = async (session: SshClientSession): Promise<Sftp> => {
  const channel = await session.openChannel();
  const request = new CommandRequestMessage();
  request.requestType = 'subsystem';
  request.command = 'sftp';
  request.wantReply = true;
  if (!(await channel.request(request))) throw new Refused('no sftp');
  return openSftp({
    send: (bytes) => channel.send(bytes),
    onData: (take) => void channel.onDataReceived((bytes) => {
      take(Buffer.from(bytes));
      channel.adjustWindow(bytes.length);
    }),
    onEnd: (end) => void channel.onClosed(end),
  });
};

/** Keys are agreed on over curves alone. */
const configuration = (): SshSessionConfiguration => {
  const config = new SshSessionConfiguration();
  const curves = config.keyExchangeAlgorithms.filter((one) => one?.name.startsWith('ecdh-'));
  config.keyExchangeAlgorithms.splice(0, Infinity, ...curves);
  return config;
};

const openServer = async (to: Server): Promise<{ sftp: Sftp; close(): void }> => {
  const session = new SshClientSession(configuration());
  let socket: Socket | undefined;
  const close = (): void => {
    session.dispose();
    socket?.destroy();
  };
  try {
    socket = await tcp(to.reach.host, to.reach.port);
    socket.on('error', () => undefined);
    await inTime(greet(session, socket, to));
    return { sftp: await inTime(subsystem(session)), close };
  } catch (error) {
    close();
    throw unreachable(to.code, error);
  }
};

const markOf = ({ size, modified }: Attributes): string => `${size} ${modified}`;

/** Files of a folder of another machine over SFTP; neither links nor folders in it are followed. To be closed by the caller. */
export const sftpPlace = async (to: Server, folder: string, format: string, now: () => number): Promise<FilePlace> => {
  const { sftp, close } = await openServer(to);
  const pathOf = (name: string): string => `${folder.replace(/\/+$/, '')}/${name}`;
  return {
    close,
    list: async () => {
      try {
        const found = await sftp.list(folder);
        return found.filter(({ name, isFile, modified }) => isFile && !name.includes('/') && name.toLowerCase().endsWith(`.${format}`) && modified <= now() / 1000 - SETTLED_SECONDS)
          .map((one): Lying => ({ file: one.name, mark: markOf(one), size: one.size })).sort((a, b) => (a.file < b.file ? -1 : 1));
      } catch (error) {
        throw unreachable(to.code, error);
      }
    },
    async *read({ file, mark, size }) {
      const reading = sftp.read(pathOf(file), size);
      try {
        for (;;) {
          const { value, done } = await reading.next();
          if (!done) yield value;
          else if (markOf(value) === mark) return;
          else throw new Unsettled();
        }
      } catch (error) {
        if (error instanceof Unsettled || (error instanceof SftpStatus && [STATUS.absent, STATUS.eof].includes(error.status as never))) throw new Unsettled();
        throw unreachable(to.code, error);
      } finally {
        await reading.return({ size: 0, modified: 0, isFile: false }).catch(() => undefined);
      }
    },
  };
};

/** Files in a folder of another machine: written under another name, and renamed once they are whole. To be closed by the caller. */
export const sftpPut = async (to: Server, folder: string): Promise<{ put: Put; close(): void }> => {
  const { sftp, close } = await openServer(to);
  const below = (name: string): string => `${folder.replace(/\/+$/, '')}/${name}`;
  return {
    close,
    put: async (name, body) => {
      try {
        await sftp.write(below(`.${name}.part`), body);
        await sftp.rename(below(`.${name}.part`), below(name));
      } catch (error) {
        throw unreachable(to.code, error);
      }
    },
  };
};
