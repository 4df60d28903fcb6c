import { createHash, randomUUID } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { TLSSocket, type PeerCertificate } from 'node:tls';
import type { Socket } from 'node:net';
import { Fault } from './faults.ts';
import type { SubsystemRow } from './store.ts';

const refused = (message: string): Fault => new Fault('Client.SslAuthenticationFailed', message, randomUUID());

/** An address of IPv4 that came over IPv6 is the address. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

const listOf = (addresses: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const one of addresses) {
    const [address = '', bits] = one.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
};
const lists = new WeakMap<SubsystemRow, BlockList>();

const isListed = (row: SubsystemRow, remote: string): boolean => {
  const list = lists.get(row) ?? listOf(row.addresses);
  lists.set(row, list);
  const address = plainAddress(remote);
  return isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
};

const fingerprints = new WeakMap<Socket, string | null>();
/** SHA-256 of the certificate that the other side of this connection proved, hex; null where it showed none. */
export const fingerprintOn = (socket: Socket): string | null => {
  const known = fingerprints.get(socket);
  if (known !== undefined) return known;
  const raw = socket instanceof TLSSocket ? (socket.getPeerCertificate() as Partial<PeerCertificate>).raw : undefined;
  const found = raw ? createHash('sha256').update(raw).digest('hex') : null;
  fingerprints.set(socket, found);
  return found;
};

/**
 * Whether an information system may speak for a subsystem: with a certificate that was registered for it, or, where it is let in plain,
 * from an address that was. Throws `Client.SslAuthenticationFailed`, and `Server.ClientProxy.UnknownMember` for a subsystem that is not here.
 */
export const admitSystem = (row: SubsystemRow | undefined, client: string, socket: Socket): void => {
  if (!row) throw new Fault('Server.ClientProxy.UnknownMember', `${client} is not a client of this node`, randomUUID());
  if (row.connection === 'tls') {
    const shown = fingerprintOn(socket);
    if (shown === null) throw refused(`${client} must connect over TLS with its certificate`);
    if (!row.certificates.includes(shown)) throw refused(`the certificate shown is not one that was registered for ${client}`);
    return;
  }
  if (!isListed(row, socket.remoteAddress ?? '')) throw refused(`${client} is not let in from this address`);
};
