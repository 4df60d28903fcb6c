// Two hosts with a router between them, each a network namespace of its own: what a partition test cuts is the way of real packets.
import { execFileSync, fork, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export const HOSTS = { centre: '10.99.1.2', tax: '10.99.2.2' } as const;
export type Host = keyof typeof HOSTS;

const names = { centre: `zwc${process.pid}`, tax: `zwt${process.pid}`, router: `zwr${process.pid}` } as const;
const ip = (...args: string[]): void => void execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
const gatewayOf = (host: Host): string => HOSTS[host].replace(/\.2$/, '.1');

/** Why this machine can make no namespaces; null where it can. */
export const whyNoNamespaces = (): string | null => {
  if (process.getuid?.() !== 0) return 'network namespaces are made by root';
  const tried = spawnSync('ip', ['netns', 'add', names.router], { encoding: 'utf8' });
  if (tried.error) return `ip: ${tried.error.message}`;
  if (tried.status !== 0) return tried.stderr.trim();
  ip('netns', 'del', names.router);
  return null;
};

const connect = (host: Host): void => {
  const [inside, outside] = [`zw-${host}`, `zr-${host}`];
  ip('link', 'add', inside, 'netns', names[host], 'type', 'veth', 'peer', 'name', outside, 'netns', names.router);
  ip('-n', names[host], 'addr', 'add', `${HOSTS[host]}/24`, 'dev', inside);
  ip('-n', names.router, 'addr', 'add', `${gatewayOf(host)}/24`, 'dev', outside);
  for (const [name, device] of [[names[host], 'lo'], [names[host], inside], [names.router, outside]] as const) ip('-n', name, 'link', 'set', device, 'up');
  ip('-n', names[host], 'route', 'add', 'default', 'via', gatewayOf(host));
};

export interface Net {
  /** A process on a host, from a file of this folder. */
  start(host: Host, file: string, environment: NodeJS.ProcessEnv): ChildProcess;
  /** What is on its way to this host vanishes at the router, without a word to anybody. */
  cut(host: Host): void;
  heal(host: Host): void;
  close(): void;
}

/** Lays the net; close it, and it is gone with its processes' connections. */
export const openNet = (): Net => {
  for (const name of Object.values(names)) ip('netns', 'add', name);
  for (const host of ['centre', 'tax'] as const) connect(host);
  execFileSync('ip', ['netns', 'exec', names.router, 'sysctl', '-q', '-w', 'net.ipv4.ip_forward=1']);
  return {
    start: (host, file, environment) => fork(join(import.meta.dirname, file), {
      execPath: 'ip', execArgv: ['netns', 'exec', names[host], process.execPath], env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
    cut: (host) => ip('-n', names.router, 'route', 'add', 'blackhole', `${HOSTS[host]}/32`),
    heal: (host) => ip('-n', names.router, 'route', 'del', 'blackhole', `${HOSTS[host]}/32`),
    close: () => Object.values(names).forEach((name) => ip('netns', 'del', name)),
  };
};
