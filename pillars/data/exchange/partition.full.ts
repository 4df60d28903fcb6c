import type { ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { intl } from '@zhengwu/crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeMembership, readEntry, signMembership } from './membership.ts';
import { HOSTS, openNet, whyNoNamespaces, type Host, type Net } from './namespaces.fixture.ts';
import { CENTRE, TAX } from './nodes.fixture.ts';
import type { PartitionOrder } from './partition.fixture.ts';
import type { NodeOrder } from './process.fixture.ts';

const PORTS = { nodes: 5500, plain: 8084, api: 8081, system: 9000 } as const;
const WORKERS = 6;
/** The most that may pass from the healing of the line until messages arrive again: a wait for an answer, and the pauses before the next try. */
const BACK_MS = 15_000;

/** The next word of a child that has this in it. */
const told = <T>(child: ChildProcess, key: string): Promise<T> => new Promise((resolve, reject) => {
  const gone = (): void => reject(new Error(`a process ended before it told its ${key}`));
  const hear = (said: Record<string, unknown>): void => {
    if (said[key] === undefined) return;
    child.off('message', hear).off('exit', gone);
    resolve(said[key] as T);
  };
  child.on('message', hear).once('exit', gone);
});

const reason = whyNoNamespaces();
if (reason !== null) process.stdout.write(`Left out: nodes partitioned by network namespaces (${reason})\n`);

describe.skipIf(reason !== null)('two nodes on hosts of their own, each with its database, the way between them cut at the router', () => {
  let folder: string;
  let net: Net;
  let nodes: Record<Host, ChildProcess>;
  let system: ChildProcess;
  let client: ChildProcess;

  const startNode = async (host: Host, server: string, order: NodeOrder): Promise<ChildProcess> => {
    const own = join(folder, host);
    await mkdir(own, { mode: 0o755 });
    return net.start(host, 'process.fixture.ts', {
      ZHENGWU_DATA: own, ZHENGWU_HOST: HOSTS[host], ZHENGWU_KEY_PASSPHRASE: 'a passphrase for this test', ZHENGWU_LOG_LEVEL: 'silent', ZHENGWU_EXCHANGE_SERVER: server, ZHENGWU_PORT_EXCHANGE_NODES: String(PORTS.nodes), ZHENGWU_PORT_EXCHANGE_PLAIN: String(PORTS.plain),
      ZHENGWU_EXCHANGE_MEMBERSHIP: join(folder, 'membership.jws'), ZHENGWU_EXCHANGE_ANCHOR_FILE: join(folder, 'federation.pem'), ZHENGWU_ORIGIN_PKI: `http://${HOSTS[host]}:${PORTS.api}`, ZHENGWU_EXCHANGE_STAMP_SECONDS: '1', ZHENGWU_EXCHANGE_TIMEOUT_SECONDS: '3', NODE_ORDER: JSON.stringify(order),
    });
  };
  const startOther = async (host: Host, order: PartitionOrder): Promise<ChildProcess> => {
    const child = net.start(host, 'partition.fixture.ts', { PARTITION_ORDER: JSON.stringify(order) });
    await told(child, 'ready');
    return child;
  };
  const federate = async (): Promise<void> => {
    const { privateKey, publicKey } = intl.generateKey();
    const key = { kid: 'f', purpose: 'federation', algorithm: 'ES256', publicKey, privateKey, createdAt: '', retiredAt: null, sign: async (text: Buffer | string) => intl.sign(privateKey, text).value };
    await writeFile(join(folder, 'federation.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
    const [centre, tax] = [await startNode('centre', 'DEMO/GOV/YC-ZW/main', { subsystem: CENTRE, api: PORTS.api }), await startNode('tax', 'DEMO/GOV/YC-SW/main', { subsystem: TAX, api: PORTS.api, service: { code: 'svc', address: `http://${HOSTS.tax}:${PORTS.system}`, client: CENTRE } })];
    const ready = [centre, tax].map((one) => told(one, 'ready'));
    const entries = await Promise.all([centre, tax].map((one) => told<object>(one, 'entry')));
    await writeFile(join(folder, 'membership.jws'), await signMembership(key, composeMembership({ instance: 'DEMO', entries: entries.map(readEntry), now: new Date(), days: 1 })));
    await Promise.all(ready);
    nodes = { centre, tax };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zhengwu-partition-'));
    await chmod(folder, 0o755);
    net = openNet();
    system = await startOther('tax', { role: 'system', host: HOSTS.tax, port: PORTS.system });
    await federate();
    client = await startOther('centre', { role: 'client', host: HOSTS.centre, port: PORTS.plain, path: `/r1/${TAX}/svc`, workers: WORKERS });
  }, 120_000);
  afterAll(async () => {
    for (const one of [client, system]) one?.kill('SIGKILL');
    await Promise.all(Object.values(nodes ?? {}).map((child) => new Promise((resolve) => { child.once('exit', resolve); child.send('stop'); })));
    net?.close();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const answeredSoFar = async (): Promise<number> => {
    const answered = told<number>(client, 'answered');
    client.send('so far');
    return answered;
  };
  /** Resolves when so many more are answered; answers after how many milliseconds. */
  const flows = async (more = 20): Promise<number> => {
    const [began, before] = [Date.now(), await answeredSoFar()];
    await expect.poll(answeredSoFar, { timeout: BACK_MS, interval: 50 }).toBeGreaterThan(before + more);
    return Date.now() - began;
  };
  const whileCut = async (hosts: readonly Host[], ms: number): Promise<number> => {
    for (const host of hosts) net.cut(host);
    await pause(500);
    const before = await answeredSoFar();
    await pause(ms);
    // What was on its way may still have been handed over; nothing crosses the router.
    expect(await answeredSoFar() - before).toBeLessThanOrEqual(WORKERS);
    for (const host of hosts) net.heal(host);
    return flows();
  };

  test('messages cross, stop while the way is cut on either side or both, and go on by themselves; databases that begin anew are waited for; nothing answered is lost, nothing is carried out twice', async () => {
    await flows();
    const back = [await whileCut(['tax'], 1500), await whileCut(['centre'], 1500), await whileCut(['centre', 'tax'], 6000)];
    for (const host of ['tax', 'centre'] as const) {
      nodes[host].send('crash');
      await pause(200);
      await flows();
    }
    const ended = told<[path: string, request: string][]>(client, 'ended');
    client.send('end');
    const answered = await ended;
    const counted = told<[path: string, times: number][]>(system, 'carried');
    system.send('so far');
    const carried = new Map(await counted);
    expect([...carried].filter(([, times]) => times > 1)).toEqual([]);
    expect(answered.filter(([path]) => !carried.has(path))).toEqual([]);
    for (const node of Object.values(nodes)) {
      const logged = told<{ request: string; kinds: number }[]>(node, 'logged');
      node.send({ logged: answered.map(([, request]) => request) });
      expect((await logged).filter(({ kinds }) => kinds === 2).length).toBe(answered.length);
    }
    process.stdout.write(`${answered.length} answered, ${carried.size} carried out; flowing again ${back.map((ms) => `${ms} ms`).join(', ')} after healing\n`);
  }, 120_000);
});
