import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as snmp from 'net-snmp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openIntake, type Intake, type ReceivedLine } from './intake.ts';
import { poll, receiveTraps, type SnmpUser, type Trap, type TrapReceiver } from './snmp.ts';

const run = promisify(execFile);
const user: SnmpUser = { user: 'watcher', authProtocol: 'sha256', authKey: 'of-the-test-auth-01', privProtocol: 'aes', privKey: 'of-the-test-priv-02' };

const freeUdp = (): Promise<number> => new Promise((resolve) => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1', () => {
    const { port } = socket.address();
    socket.close(() => resolve(port));
  });
});
const freeTcp = (): Promise<number> => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => resolve(port));
  });
});
const end = async (child: ChildProcess | undefined): Promise<void> => {
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
};

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'zhengwu-peers-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('Debian’s snmpd', () => {
  let agent: ChildProcess;
  let port = 0;
  beforeAll(async () => {
    port = await freeUdp();
    const conf = join(folder, 'snmpd.conf');
    await writeFile(conf, `createUser ${user.user} SHA-256 "${user.authKey}" AES "${user.privKey}"\nrouser ${user.user} authpriv\nagentAddress udp:127.0.0.1:${port}\n`, { mode: 0o600 });
    agent = spawn('/usr/sbin/snmpd', ['-f', '-Lo', '-C', '-c', conf, '-p', join(folder, 'snmpd.pid')], { env: { ...process.env, SNMP_PERSISTENT_DIR: folder }, stdio: 'ignore' });
  });
  afterAll(() => end(agent));

  test('is polled with authentication and privacy: time since start, links with 64-bit counters', async () => {
    await expect.poll(() => poll({ ...user, host: '127.0.0.1', port }, 500).then(({ links }) => links.length, () => 0), { timeout: 10_000 }).toBeGreaterThan(0);
    const { upSeconds, description, links } = await poll({ ...user, host: '127.0.0.1', port });
    expect(upSeconds).toBeLessThan(60);
    expect(description).toContain('Linux');
    const lo = links.find(({ name }) => name === 'lo');
    expect(lo).toMatchObject({ isUp: true, counters: { isWide: true } });
    // What snmpget of Net-SNMP says of the same link.
    const { stdout } = await run('snmpget', ['-v3', '-l', 'authPriv', '-u', user.user, '-a', 'SHA-256', '-A', user.authKey, '-x', 'AES', '-X', user.privKey, '-Oqv', `127.0.0.1:${port}`, `1.3.6.1.2.1.31.1.1.1.6.${lo?.index}`]);
    expect(Number(stdout.trim())).toBeGreaterThanOrEqual(lo?.counters.inOctets ?? Infinity);
  });
  test.each([['authKey', 'another-key-of-auth'], ['privKey', 'another-key-of-priv'], ['user', 'nobody']] as const)('refuses a wrong %s', async (key, value) => {
    await expect(poll({ ...user, [key]: value, host: '127.0.0.1', port }, 500)).rejects.toThrow();
  });
});

describe('Net-SNMP’s snmptrap', () => {
  let receiver: TrapReceiver;
  let port = 0;
  const [heard, refused]: [Trap[], string[]] = [[], []];
  beforeAll(async () => {
    port = await freeUdp();
    receiver = receiveTraps({ host: '127.0.0.1', port }, (trap) => heard.push(trap), (reason) => refused.push(reason));
    receiver.accept([user]);
  });
  afterAll(() => receiver.close());
  const LINK_DOWN = '1.3.6.1.6.3.1.1.5.3';
  const send = (args: string[]) => run('snmptrap', ['-v3', '-e', '0x8000000001020304', ...args, `127.0.0.1:${port}`, '', LINK_DOWN, '1.3.6.1.2.1.2.2.1.1.2', 'i', '2'], { env: { ...process.env, SNMP_PERSISTENT_DIR: folder } });
  const keys = (auth = user.authKey, priv = user.privKey, name = user.user) => ['-l', 'authPriv', '-u', name, '-a', 'SHA-256', '-A', auth, '-x', 'AES', '-X', priv];

  test('is heard with its values', async () => {
    await send(keys());
    await expect.poll(() => heard.length, { timeout: 5000 }).toBe(1);
    expect(heard[0]).toMatchObject({ address: '127.0.0.1', user: 'watcher', trap: LINK_DOWN, bindings: expect.arrayContaining([{ oid: '1.3.6.1.2.1.2.2.1.1.2', value: '2' }]) });
  });
  test('with wrong keys, an unknown user, none at all or an older version is refused', async () => {
    await send(keys('another-key-of-auth'));
    await send(keys(user.authKey, user.privKey, 'nobody'));
    await send(['-l', 'noAuthNoPriv', '-u', user.user]);
    // Net-SNMP cannot send without a user's name; the library takes such a message for one of nobody.
    const nobody = snmp.createV3Session('127.0.0.1', { name: '', level: snmp.SecurityLevel.noAuthNoPriv }, { trapPort: port, engineID: '8000000001020304', version: snmp.Version3 as never });
    await new Promise<void>((resolve) => nobody.trap(snmp.TrapType.LinkDown, [], (() => resolve()) as never));
    nobody.close();
    await run('snmptrap', ['-v2c', '-c', 'public', `127.0.0.1:${port}`, '', LINK_DOWN]);
    await expect.poll(() => refused.length, { timeout: 5000 }).toBeGreaterThanOrEqual(5);
    expect(heard).toHaveLength(1);
  });
});

describe('Debian’s rsyslogd', () => {
  let sender: ChildProcess;
  let intake: Intake;
  let input = 0;
  const kept: ReceivedLine[] = [];
  const BURST = 5000;
  beforeAll(async () => {
    intake = await openIntake({ host: '127.0.0.1', port: 0, log: { warn: () => undefined }, write: (lines) => Promise.resolve(void kept.push(...lines)) });
    input = await freeTcp();
    const conf = join(folder, 'rsyslog.conf');
    await writeFile(conf, `global(workDirectory="${folder}")
module(load="imptcp")
input(type="imptcp" address="127.0.0.1" port="${input}")
if $msg contains "old form" then action(type="omfwd" target="127.0.0.1" port="${intake.port}" protocol="udp" template="RSYSLOG_TraditionalForwardFormat")
else action(type="omfwd" target="127.0.0.1" port="${intake.port}" protocol="tcp" TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format" queue.type="LinkedList")
`);
    sender = spawn('/usr/sbin/rsyslogd', ['-n', '-f', conf, '-i', join(folder, 'rsyslog.pid')], { stdio: 'ignore' });
  });
  afterAll(async () => {
    await end(sender);
    await intake.close();
  });
  const say = async (lines: string): Promise<void> => {
    const open = () => new Promise<ReturnType<typeof connect>>((resolve, reject) => {
      const socket = connect(input, '127.0.0.1', () => resolve(socket)).once('error', reject);
    });
    let socket: ReturnType<typeof connect> | undefined;
    await expect.poll(async () => (socket = await open().catch(() => undefined)) !== undefined, { timeout: 10_000 }).toBe(true);
    await new Promise<void>((resolve) => socket?.end(lines, () => resolve()));
  };

  test('sends the old form over UDP and the new one over TCP with counted octets', async () => {
    await say('<13>Oct 11 22:14:15 gate door[7]: old form\n<11>Oct 11 22:14:15 gate door[7]: new form 门\n');
    await expect.poll(() => kept.length, { timeout: 10_000 }).toBe(2);
    expect(kept.find(({ transport }) => transport === 'udp')).toMatchObject({ host: 'gate', app: 'door', process: '7', severity: 5, message: expect.stringContaining('old form') });
    expect(kept.find(({ transport }) => transport === 'tcp')).toMatchObject({ host: 'gate', app: 'door', process: '7', severity: 3, message: expect.stringContaining('new form 门'), sentAt: expect.any(Date) });
  });
  test('a burst over TCP arrives whole and in order', async () => {
    const before = kept.length;
    await say(Array.from({ length: BURST }, (_, n) => `<14>Oct 11 22:14:15 gate burst: line ${n}\n`).join(''));
    await expect.poll(() => kept.length - before, { timeout: 30_000 }).toBe(BURST);
    expect(kept.slice(before).map(({ message }) => Number(/line (\d+)/.exec(message)?.[1]))).toEqual(Array.from({ length: BURST }, (_, n) => n));
  });
});
