import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's nats-server with JetStream, in a folder of its own. */
export interface NatsServer {
  url: string;
  folder: string;
  start(): Promise<void>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Loses all that it stored; to be called while it does not run. */
  forget(): Promise<void>;
  remove(): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

const answers = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1').once('data', () => { socket.destroy(); resolve(true); }).once('error', () => resolve(false));
});

/** `settings` are more lines of its configuration. */
export const makeNatsServer = async (settings: (folder: string) => string = () => ''): Promise<NatsServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-nats-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  await writeFile(join(folder, 'nats.conf'), `listen: "127.0.0.1:${String(port)}"\njetstream { store_dir: ${JSON.stringify(join(folder, 'store'))}, max_mem: 64MB, max_file: 1GB }\n${settings(folder)}\n`);
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    folder,
    url: `nats://127.0.0.1:${String(port)}`,
    start: async () => {
      child = spawn('nats-server', ['-c', join(folder, 'nats.conf')], { stdio: 'ignore', env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` } });
      for (let tries = 0; !(await answers(port)); tries += 1) {
        if (tries > 200) throw new Error('nats-server does not answer');
        await sleep(50);
      }
    },
    kill,
    forget: () => rm(join(folder, 'store'), { recursive: true, force: true }),
    remove: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Three servers that keep each message together. */
export const makeNatsCluster = async (): Promise<NatsServer[]> => {
  const routes = [await freePort(), await freePort(), await freePort()];
  return Promise.all(routes.map((own, n) => makeNatsServer(() => `server_name: n${String(n)}
cluster { name: test, listen: "127.0.0.1:${String(own)}", routes: [${routes.map((port) => `"nats://127.0.0.1:${String(port)}"`).join(', ')}] }`)));
};
