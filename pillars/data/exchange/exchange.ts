import { Readable } from 'node:stream';
import { randomUUID } from 'node:crypto';
import { key, type Site } from '@zhengwu/module';
import { openConsumer, type Consume } from './consumer.ts';
import { fail } from './errors.ts';
import { Fault } from './faults.ts';
import { readClient, readSubsystem, writeClient } from './identifiers.ts';
import { entryOf, openIdentity, isWithoutAuthority } from './identity.ts';
import { openHolding } from './holding.ts';
import { openListeners } from './listeners.ts';
import type { ServerEntry } from './membership.ts';
import { spoolRules, type Node } from './node.ts';
import { openOutgoing } from './outgoing.ts';
import { openProvider, type Provider } from './provider.ts';
import { openRegistry, type Provided, type Registry } from './registry.ts';
import { national } from './signing.ts';
import { spool, unspool } from './spool.ts';
import { openStamping } from './stamping.ts';
import * as store from './store.ts';
import { openTrust } from './trust.ts';
import { readRequest, type Headers } from './wire.ts';
import { openWriter } from './writer.ts';

export interface OutgoingCall {
  /** INSTANCE/CLASS/MEMBER/SUBSYSTEM of this node. */
  client: string;
  /** INSTANCE/CLASS/MEMBER/SUBSYSTEM/SERVICE. */
  service: string;
  /** GET unless said. */
  method?: string;
  /** What follows the service: empty, or begins with `/`; percent-encoded. */
  path?: string;
  query?: Readonly<Record<string, string>>;
  headers?: Headers;
  body?: Buffer | string | Readable;
}

export interface IncomingAnswer {
  status: number;
  headers: Headers;
  /** X-Road-Id of the message. */
  id: string;
  requestId: string;
  open(): Promise<Readable>;
  read(): Promise<Buffer>;
}

/** The exchange node of this site, for other modules. */
export interface Exchange {
  /** Calls a service of the federation as one of this node's subsystems; signed and logged at both ends. Throws `Fault` where the exchange itself failed. */
  call(call: OutgoingCall): Promise<IncomingAnswer>;
  /** Offers a service of this site; who may call it, rights say. */
  provide(code: string, provided: Provided): void;
  /** Registers a subsystem that this node serves; it is reached by others once the membership document has it. */
  register(subsystem: Pick<store.SubsystemRow, 'id' | 'name'> & Partial<Pick<store.SubsystemRow, 'connection' | 'addresses' | 'certificates'>>): Promise<void>;
  /** Gives a subsystem or a group of subsystems a right from a source; the same one given twice is there once. */
  allow(right: Parameters<typeof store.giveRight>[1], source: string, by: string): Promise<string>;
  /** What the authority of the federation takes up of this node. Throws `exchange.no-node`. */
  entry(): Promise<ServerEntry>;
  /** Ports that the node listens on; null where it has none. */
  ports(): { nodes: number | null; systems: number | null; plain: number | null };
  /** INSTANCE/CLASS/MEMBER/CODE of this node; null where the site has none. */
  readonly server: string | null;
}

export const Exchange = key<Exchange>('exchange');

/** The node itself, for the module's own routes and jobs. */
export interface Running {
  registry: Registry;
  /** Throws `exchange.no-node`. */
  node(): Promise<Node>;
  find(): Promise<Node | undefined>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
export const Running = key<Running>('exchange.node');

const LOOK_MS = 60_000;
/** Without any document a node looks more often, so that sites may start in any order. */
const FIRST_LOOK_MS = 2000;

const openNode = async (site: Site, registry: Registry): Promise<Node | undefined> => {
  const identity = await openIdentity(site);
  if (!identity) return undefined;
  const hash = identity.signing.signer.suite === national ? 'sm3' : 'sha256';
  return {
    site, identity, registry, holding: await openHolding(site, identity.settings.instance), trust: openTrust(site.log), writer: openWriter(site.database),
    stamping: openStamping(site, hash, site.config.exchange.stampMinutes), outgoing: openOutgoing(identity),
  };
};

interface AtWork {
  node: Node;
  consumer: Consume;
  provider: Provider;
}

/** Renews what a node works on: its membership document, and its view of what waits for a time-stamp. */
const followTimes = ({ holding, stamping, site }: Node): (() => void) => {
  let timer: NodeJS.Timeout;
  let ended = false;
  const turn = async (): Promise<void> => {
    await Promise.all([holding.refresh(), stamping.look()]).catch((error: unknown) => site.log.error({ err: error }, 'the exchange could not look after itself'));
    if (!ended) timer = setTimeout(() => void turn(), holding.held() ? LOOK_MS : FIRST_LOOK_MS);
  };
  timer = setTimeout(() => void turn(), 0);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
};

export const openRunning = (site: Site): Running & { exchange: Exchange } => {
  const registry = openRegistry(site);
  const { host, ports, exchange: settings, limits } = site.config;
  let opened: Promise<AtWork | undefined> | undefined;
  let listeners: Awaited<ReturnType<typeof openListeners>> | undefined;
  let stopTimes: (() => void) | undefined;
  let isStopped = false;

  const open = async (): Promise<AtWork | undefined> => {
    const node = await openNode(site, registry);
    if (!node) return undefined;
    const provider = openProvider(node);
    return { node, consumer: openConsumer(node, provider), provider };
  };
  const atWork = (): Promise<AtWork | undefined> => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const needed = async (): Promise<AtWork> => {
    const found = await atWork();
    if (!found) throw fail('exchange.no-node');
    return found;
  };
  const start = async (): Promise<void> => {
    if (isStopped) return;
    const found = await atWork().catch((error: unknown) => {
      if (!isWithoutAuthority(error)) throw error;
      site.log.warn('the exchange node waits: the site has no certificate authority yet, or one that certifies no TLS (ZHENGWU_EXCHANGE_TLS_CERT_FILE)');
    });
    if (!found) return;
    const { node, consumer, provider } = found;
    await node.holding.refresh();
    listeners = await openListeners(node, consumer, provider, { host, nodes: ports.exchangeNodes, systems: ports.exchange, plain: ports.exchangePlain });
    stopTimes = followTimes(node);
  };
  const stop = async (): Promise<void> => {
    isStopped = true;
    stopTimes?.();
    await Promise.all(Object.values(listeners ?? {}).map((one) => one?.close(limits.shutdownSeconds)));
    const found = await opened?.catch(() => undefined);
    await found?.node.writer.idle();
    found?.node.outgoing.close();
  };

  const call = async ({ client, service, method = 'GET', path = '', query = {}, headers = [], body }: OutgoingCall): Promise<IncomingAnswer> => {
    const { node, consumer } = await needed();
    const asked = new URLSearchParams(query).toString();
    const request = readRequest(method, `/r1/${service}${path}${asked === '' ? '' : `?${asked}`}`, [['X-Road-Client', client], ...headers]);
    const named = writeClient(request.client);
    if (!(await registry.current()).subsystems.has(named)) throw new Fault('Server.ClientProxy.UnknownMember', `${named} is not a client of this node`, randomUUID());
    const bytes = body === undefined ? [] : body instanceof Readable ? body : [Buffer.from(body)];
    const answer = await consumer(request, await spool(Readable.from(bytes), spoolRules(node)));
    const { files } = site;
    return {
      status: answer.status, headers: answer.headers, id: request.id, requestId: request.requestId,
      read: async () => (answer.body === null ? Buffer.alloc(0) : (answer.body.content ?? files.read(answer.body.file as string))),
      open: async () => {
        const all = answer.body === null ? Buffer.alloc(0) : await unspool(files, answer.body);
        return Buffer.isBuffer(all) ? Readable.from([all]) : all;
      },
    };
  };
  const changed = async <T>(work: (tx: Parameters<typeof store.putSubsystem>[0]) => Promise<T>): Promise<T> => {
    const done = await site.database.as(site.database.system, work);
    registry.changed();
    return done;
  };
  const exchange: Exchange = {
    call,
    provide: (code, provided) => {
      if (registry.provided.has(code)) throw new Error(`the service ${code} is provided twice`);
      registry.provided.set(code, provided);
    },
    register: async ({ id, name, connection = 'plain', addresses = ['127.0.0.1', '::1'], certificates = [] }) => {
      const read = readSubsystem(id);
      if (!read) throw fail('exchange.bad-name', { name: id });
      await changed((tx) => store.putSubsystem(tx, { id: writeClient(read), name, connection, addresses, certificates }));
    },
    allow: (right, source, by) => {
      if (!readClient(right.provider)) throw fail('exchange.bad-name', { name: right.provider });
      return changed((tx) => store.giveRight(tx, right, source, by));
    },
    entry: async () => {
      const { node } = await needed();
      const { subsystems } = await registry.current();
      return entryOf(node.identity, [...subsystems.keys()], settings.memberName ?? node.identity.settings.member);
    },
    ports: () => ({ nodes: listeners?.nodes?.port ?? null, systems: listeners?.systems?.port ?? null, plain: listeners?.plain?.port ?? null }),
    server: settings.server ?? null,
  };
  return { registry, exchange, start, stop, node: async () => (await needed()).node, find: async () => (await atWork())?.node };
};
