import type { AdapterReach } from '@zhengwu/contracts';
import { columnKeys, createSealer, suiteNamed, type Sealer } from '@zhengwu/crypto';
import type { Tx } from '@zhengwu/database';
import { key, type Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import * as store from './store-connections.ts';

const FALLBACK_SECRET = 'adapters-without-a-passphrase';
const OWN = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

type Kind = AdapterReach['kind'];
/** Another system with what it takes to be let in. */
export type Opened<K extends Kind = Kind> = { code: string; secret: string } & { reach: Extract<AdapterReach, { kind: K }> };

export const isOf = <K extends Kind>(to: Opened, kind: K): to is Opened<K> => to.reach.kind === kind;

export interface Connections {
  sealer: Sealer;
  /** Throws `adapter.*` where it is none, of another kind, or may not be called. */
  find<K extends Kind>(tx: Tx, code: string, ...kinds: K[]): Promise<Opened<K>>;
  /** Throws `adapter.in-clear` where the address may not be called from this site. */
  check(reach: AdapterReach): void;
}
export const Connections = key<Connections>('adapters.connections');

/** What a secret is bound to. */
export const boundTo = (code: string): string => `connection ${code}`;

/** This machine is called in a demonstration only, where nothing need be encrypted; everybody else is proved by a certificate, or by the key of the host. */
const checkReach = (reach: AdapterReach, isDemo: boolean): void => {
  const host = 'host' in reach ? reach.host : new URL(reach.address).hostname;
  const isOwn = OWN.has(host);
  if (isOwn ? !isDemo : 'address' in reach && !reach.address.startsWith('https://')) throw fail('adapter.in-clear', { host });
};

export const openConnections = ({ config }: Pick<Site, 'config'>): Connections => {
  const sealer = createSealer(config.keyPassphrase ?? FALLBACK_SECRET, 'adapters.connection', suiteNamed(config.cryptoSuite), columnKeys(config));
  const check = (reach: AdapterReach): void => checkReach(reach, config.demo);
  return {
    sealer, check,
    find: async <K extends Kind>(tx: Tx, code: string, ...kinds: K[]) => {
      const row = await store.connection(tx, code);
      if (!row || !(kinds as Kind[]).includes(row.reach.kind)) throw fail('adapter.no-connection', { connection: code });
      check(row.reach);
      return { code, reach: row.reach as Extract<AdapterReach, { kind: K }>, secret: row.secret === null ? '' : sealer.open(row.secret, boundTo(code)) };
    },
  };
};

/** TLS is a matter of the address: only this machine goes without. */
export const isOwnHost = (host: string): boolean => OWN.has(host);
