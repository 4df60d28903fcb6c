import type { DeviceBody } from '@zhengwu/contracts';
import * as snmp from 'net-snmp';
import { addressOf } from './addresses.ts';
import type { Counters, PolledLink } from './links.ts';

/** A user of SNMP version 3 with authentication and privacy (RFC 3414); nothing less is spoken. */
export type SnmpUser = Pick<DeviceBody, 'user' | 'authProtocol' | 'authKey' | 'privProtocol' | 'privKey'>;

export interface Polled {
  upSeconds: number;
  description: string;
  links: PolledLink[];
}

const AUTH = { sha: snmp.AuthProtocols.sha, sha256: snmp.AuthProtocols.sha256, sha512: snmp.AuthProtocols.sha512 } as const;
const PRIV = { aes: snmp.PrivProtocols.aes, aes256b: snmp.PrivProtocols.aes256b } as const;
const SYSTEM = { description: '1.3.6.1.2.1.1.1.0', upTime: '1.3.6.1.2.1.1.3.0' } as const;
const IF_TABLE = '1.3.6.1.2.1.2.2';
const IF_X_TABLE = '1.3.6.1.2.1.31.1.1';
/** Columns of ifTable and ifXTable that are read. */
const IF = { name: 2, speed: 5, oper: 8, inOctets: 10, inPackets: 11, inDiscards: 13, inErrors: 14, outOctets: 16, outPackets: 17, outDiscards: 19, outErrors: 20 } as const;
const IF_X = { name: 1, inOctets: 6, outOctets: 10, speed: 15 } as const;
/** Interfaces of one device that are kept at most. */
const MOST_LINKS = 256;

export const userOf = ({ user, authProtocol, authKey, privProtocol, privKey }: SnmpUser): snmp.User =>
  ({ name: user, level: snmp.SecurityLevel.authPriv, authProtocol: AUTH[authProtocol], authKey, privProtocol: PRIV[privProtocol], privKey });

const text = (value: unknown, most = 200): string => (Buffer.isBuffer(value) ? value.toString('utf8') : String(value ?? '')).replaceAll('\u0000', '').slice(0, most);

/** A counter's value; 64-bit ones arrive as bytes and are exact up to 2⁵³. */
export const counterOf = (value: unknown): number => {
  if (typeof value === 'number') return value;
  return Buffer.isBuffer(value) ? Number(value.length === 0 ? 0n : BigInt(`0x${value.toString('hex')}`)) : 0;
};

type Table = Record<string, Record<number, unknown>>;

const readColumns = (session: snmp.Session, oid: string, columns: readonly number[]): Promise<Table> =>
  new Promise((resolve, reject) => {
    session.tableColumns(oid, [...columns] as never, 20, ((error: Error | null, table: Table) => (error ? reject(error) : resolve(table))) as never);
  });

const readSystem = (session: snmp.Session): Promise<{ description: string; upSeconds: number }> =>
  new Promise((resolve, reject) => {
    session.get([SYSTEM.description, SYSTEM.upTime], ((error: Error | null, varbinds: { value: unknown }[]) => {
      if (error) reject(error);
      else resolve({ description: text(varbinds[0]?.value), upSeconds: Number(varbinds[1]?.value ?? 0) / 100 });
    }) as never);
  });

const linkOf = (index: string, row: Record<number, unknown>, wide: Record<number, unknown> | undefined): PolledLink => {
  const isWide = wide?.[IF_X.inOctets] !== undefined;
  const of = (column: number): number => counterOf(row[column]);
  const counters: Counters = {
    isWide, inOctets: isWide ? counterOf(wide[IF_X.inOctets]) : of(IF.inOctets), outOctets: isWide ? counterOf(wide[IF_X.outOctets]) : of(IF.outOctets),
    packets: of(IF.inPackets) + of(IF.outPackets), errors: of(IF.inErrors) + of(IF.outErrors), discards: of(IF.inDiscards) + of(IF.outDiscards),
  };
  const speed = counterOf(wide?.[IF_X.speed]) || of(IF.speed) / 1e6;
  return { index: Number(index), name: text(wide?.[IF_X.name], 100) || text(row[IF.name], 100) || index, speedMbit: speed > 0 ? speed : null, isUp: row[IF.oper] === 1, counters };
};

/** Reads a device; throws when it does not answer in time or refuses the user's keys. */
export const poll = async (device: SnmpUser & { host: string; port: number }, timeoutMs = 3000): Promise<Polled> => {
  const { address, family } = await addressOf(device.host);
  const session = snmp.createV3Session(address, userOf(device), { port: device.port, transport: family === 6 ? 'udp6' : 'udp4', timeout: timeoutMs, retries: 1, version: snmp.Version3 as never, idBitsSize: 32 });
  session.on('error', () => undefined);
  try {
    const system = await readSystem(session);
    const table = await readColumns(session, IF_TABLE, Object.values(IF));
    // Old devices have no 64-bit counters.
    const wide = await readColumns(session, IF_X_TABLE, Object.values(IF_X)).catch((): Table => ({}));
    return { ...system, links: Object.entries(table).slice(0, MOST_LINKS).map(([index, row]) => linkOf(index, row, wide[index])) };
  } finally {
    session.close();
  }
};

export interface Trap {
  address: string;
  user: string;
  /** Object identifier of the trap. */
  trap: string;
  bindings: { oid: string; value: string }[];
}

const TRAP_OID = '1.3.6.1.6.3.1.1.4.1.0';
const MOST_BINDINGS = 40;

interface Received {
  pdu: { user?: string; varbinds?: { oid: string; value: unknown }[] };
  rinfo: { address: string };
}

const trapOf = ({ pdu, rinfo }: Received): Trap => {
  const bindings = (pdu.varbinds ?? []).slice(0, MOST_BINDINGS).map(({ oid, value }) => ({ oid, value: text(value, 500) }));
  return { address: rinfo.address, user: pdu.user ?? '', trap: bindings.find(({ oid }) => oid === TRAP_OID)?.value ?? '', bindings: bindings.filter(({ oid }) => oid !== TRAP_OID) };
};

export interface TrapReceiver {
  /** Users whose traps are taken from now on. */
  accept(users: readonly SnmpUser[]): void;
  close(): Promise<void>;
}

/** Listens for traps and informs of version 3. What is of an unknown user, not authenticated or not encrypted is refused and counted. */
export const receiveTraps = (at: { host: string; port: number }, hear: (trap: Trap) => void, refused: (reason: string) => void): TrapReceiver => {
  const known = new Set<string>();
  const receiver = snmp.createReceiver({ port: at.port, transport: at.host.includes(':') ? 'udp6' : 'udp4', address: at.host, includeAuthentication: true, disableAuthorization: false }, (error: Error | null, received?: Received) => {
    if (error) return refused(error.message);
    if (!received || !known.has(received.pdu.user ?? '')) return refused('a trap without a known user');
    hear(trapOf(received));
  });
  return {
    accept: (users) => {
      const authorizer = receiver.getAuthorizer();
      for (const name of known) authorizer.deleteUser(name);
      known.clear();
      for (const user of users) {
        if (known.has(user.user)) continue;
        authorizer.addUser(userOf(user));
        known.add(user.user);
      }
    },
    close: () => new Promise((resolve) => receiver.close(() => resolve())),
  };
};
