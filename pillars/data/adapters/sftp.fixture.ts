import { createServer, type AddressInfo, type Socket } from 'node:net';
import { CommandRequestMessage, NodeStream, SshAlgorithms, SshAuthenticationType, SshServerSession, SshSessionConfiguration, type KeyPair, type SshChannel } from '@microsoft/dev-tunnels-ssh';
import { PacketReader, PacketWriter } from './sftp-packets.ts';
import { SFTP, STATUS } from './sftp.ts';

export interface ServedFile {
  content: string;
  /** Seconds. */
  modified: number;
  isLink?: boolean;
}
export interface FakeSftp {
  port: number;
  publicKey: Buffer;
  files: Map<string, ServedFile>;
  /** Called before each answer to a read. */
  onRead?: (path: string) => void;
  /** Bytes that one answer holds at most. */
  most: number;
  asked: string[];
  close(): Promise<void>;
}

const attributes = (writer: PacketWriter, { content, modified, isLink }: ServedFile): PacketWriter =>
  writer.uint32(1 | 4 | 8).uint64(Buffer.byteLength(content)).uint32(isLink ? 0o120777 : 0o100644).uint32(modified).uint32(modified);

/** Answers as much SFTP as a reader asks for, from files in memory. */
const answering = (fake: FakeSftp) => {
  const listed = new Set<string>();
  const status = (id: number, code: number): PacketWriter => new PacketWriter(SFTP.status).uint32(id).uint32(code).text('').text('');
  const handlers: Record<number, (id: number, reader: PacketReader) => PacketWriter> = {
    [SFTP.opendir]: (id, reader) => {
      const folder = reader.text();
      fake.asked.push(`list ${folder}`);
      listed.delete(folder);
      return new PacketWriter(SFTP.handle).uint32(id).text(folder);
    },
    [SFTP.readdir]: (id, reader) => {
      const folder = reader.text();
      if (listed.has(folder)) return status(id, STATUS.eof);
      listed.add(folder);
      const names = [...fake.files].filter(([path]) => path.startsWith(`${folder}/`));
      const writer = new PacketWriter(SFTP.name).uint32(id).uint32(names.length);
      for (const [path, file] of names) attributes(writer.text(path.slice(folder.length + 1)).text(''), file);
      return writer;
    },
    [SFTP.open]: (id, reader) => {
      const [path, flags] = [reader.text(), reader.uint32()];
      fake.asked.push(`open ${path}`);
      if (flags & 2) fake.files.set(path, { content: '', modified: 0 });
      return fake.files.has(path) ? new PacketWriter(SFTP.handle).uint32(id).text(path) : status(id, STATUS.absent);
    },
    [SFTP.read]: (id, reader) => {
      const [path, at, length] = [reader.text(), reader.uint64(), reader.uint32()];
      fake.onRead?.(path);
      const content = Buffer.from(fake.files.get(path)?.content ?? '');
      return at >= content.length ? status(id, STATUS.eof) : new PacketWriter(SFTP.data).uint32(id).bytes(content.subarray(at, at + Math.min(length, fake.most)));
    },
    [SFTP.fstat]: (id, reader) => attributes(new PacketWriter(SFTP.attrs).uint32(id), fake.files.get(reader.text()) as ServedFile),
    [SFTP.write]: (id, reader) => {
      const [path, at, bytes] = [reader.text(), reader.uint64(), reader.bytes()];
      const before = Buffer.from(fake.files.get(path)?.content ?? '').subarray(0, at);
      fake.files.set(path, { content: Buffer.concat([before, bytes]).toString(), modified: 0 });
      return status(id, STATUS.ok);
    },
    // As OpenSSH does, a name that is taken is refused.
    [SFTP.rename]: (id, reader) => {
      const [from, to] = [reader.text(), reader.text()];
      const file = fake.files.get(from);
      if (!file || fake.files.has(to)) return status(id, 4);
      fake.files.delete(from);
      fake.files.set(to, file);
      return status(id, STATUS.ok);
    },
    [SFTP.remove]: (id, reader) => status(id, fake.files.delete(reader.text()) ? STATUS.ok : STATUS.absent),
    [SFTP.close]: (id) => status(id, STATUS.ok),
  };
  return (packet: Buffer): Buffer => {
    const reader = new PacketReader(packet);
    const type = reader.byte();
    if (type === SFTP.init) return new PacketWriter(SFTP.version).uint32(3).packet();
    const id = reader.uint32();
    return (handlers[type]?.(id, reader) ?? status(id, 8)).packet();
  };
};

const serve = (fake: FakeSftp, channel: SshChannel): void => {
  const answer = answering(fake);
  let held: Buffer = Buffer.alloc(0);
  channel.onDataReceived((bytes) => {
    held = Buffer.concat([held, Buffer.from(bytes)]);
    channel.adjustWindow(bytes.length);
    while (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
      const length = held.readUInt32BE(0);
      void channel.send(answer(held.subarray(4, 4 + length)));
      held = held.subarray(4 + length);
    }
  });
};

const meet = async (fake: FakeSftp, key: KeyPair, socket: Socket, password: string): Promise<void> => {
  const session = new SshServerSession(new SshSessionConfiguration());
  session.credentials = { publicKeys: [key] };
  session.onAuthenticating((asked) => {
    fake.asked.push(`let in ${asked.username ?? ''}`);
    asked.authenticationPromise = Promise.resolve(asked.authenticationType === SshAuthenticationType.clientPassword && asked.username === 'zw' && asked.password === password ? {} : null);
  });
  session.onChannelOpening(({ channel }) => {
    channel.onRequest((asked) => {
      asked.isAuthorized = asked.requestType === 'subsystem' && asked.request.convertTo(new CommandRequestMessage()).command === 'sftp';
      if (asked.isAuthorized) serve(fake, channel);
    });
  });
  await session.connect(new NodeStream(socket));
};

export const openFakeSftp = async (password: string): Promise<FakeSftp> => {
  const key = await SshAlgorithms.publicKey['ecdsaSha2Nistp256']?.generateKeyPair();
  const publicKey = await key?.getPublicKeyBytes();
  if (!key || !publicKey) throw new Error('no host key');
  const sockets = new Set<Socket>();
  const fake: FakeSftp = { port: 0, publicKey: Buffer.from(publicKey), files: new Map(), asked: [], most: 1000, close: () => Promise.resolve() };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    meet(fake, key, socket, password).catch(() => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.port = (server.address() as AddressInfo).port;
  fake.close = () => new Promise((resolve) => {
    for (const socket of sockets) socket.destroy();
    server.close(() => resolve());
  });
  return fake;
};
