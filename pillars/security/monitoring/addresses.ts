import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { fail } from './errors.ts';

/** Where clouds keep the credentials of their machines, and what no probe can mean: never asked, whatever name leads there. */
const refused = new BlockList();
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addAddress('100.100.100.200', 'ipv4');
refused.addAddress('168.63.129.16', 'ipv4');
refused.addSubnet('0.0.0.0', 8, 'ipv4');
refused.addSubnet('224.0.0.0', 3, 'ipv4');
refused.addSubnet('fe80::', 10, 'ipv6');
refused.addSubnet('fd00:ec2::', 32, 'ipv6');
refused.addSubnet('ff00::', 8, 'ipv6');
refused.addAddress('::', 'ipv6');

/** The IPv4 address inside an IPv6 one (mapped, NAT64, 6to4), or null. */
const innerIpv4 = (address: string): string | null => {
  const bytes = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1);
  const [head = '', tail = ''] = bytes.split('::');
  const [left, right] = [head ? head.split(':') : [], tail ? tail.split(':') : []];
  const words = bytes.includes('::') ? [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right] : left;
  const numbers = words.map((word) => Number.parseInt(word, 16));
  const at = (n: number): string => [numbers[n]! >> 8, numbers[n]! & 255, numbers[n + 1]! >> 8, numbers[n + 1]! & 255].join('.');
  if (numbers.slice(0, 5).every((n) => n === 0) && (numbers[5] === 0xffff || (numbers[5] === 0 && (numbers[6] ?? 0) > 0))) return at(6);
  if (numbers[0] === 0x64 && numbers[1] === 0xff9b) return at(6);
  return numbers[0] === 0x2002 ? at(1) : null;
};

/** True for an address that no probe may ask: link-local, metadata services, multicast, the unspecified one. */
export const isForbidden = (address: string): boolean => {
  const family = isIP(address.split('%')[0] ?? '');
  if (family === 4) return refused.check(address, 'ipv4');
  if (family !== 6) return true;
  const inner = innerIpv4(address);
  return inner === null ? refused.check(address.split('%')[0]!, 'ipv6') : refused.check(inner, 'ipv4');
};

/** The address behind a host name, looked up once so that nothing else is connected to; throws `monitoring.target-refused`. */
export const addressOf = async (host: string): Promise<{ address: string; family: 4 | 6 }> => {
  const found = isIP(host) ? { address: host, family: isIP(host) } : await lookup(host);
  if (isForbidden(found.address)) throw fail('monitoring.target-refused', { host });
  return { address: found.address, family: found.family as 4 | 6 };
};

/** A `lookup` for sockets that answers with the one address that was checked. */
export const pinned = ({ address, family }: { address: string; family: 4 | 6 }): LookupFunction =>
  (_host, options, done) => (options.all ? done(null, [{ address, family }]) : done(null, address, family));

/** A name that cannot be resolved yet may be registered; one that leads where nothing may be asked throws `monitoring.target-refused`. */
export const refuseTarget = async (host: string): Promise<void> => {
  await addressOf(host).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'monitoring.target-refused') throw error;
  });
};
