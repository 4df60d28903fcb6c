import { BlockList, isIP } from 'node:net';
import type { Place, Text } from '@zhengwu/contracts';

export interface Located {
  name: Text;
  latitude: number;
  longitude: number;
}

const EARTH_KM = 6371;
const rad = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance. */
export const distanceKm = (a: Located, b: Located): number => {
  const half = Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(rad(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
};

/** `::ffff:198.51.100.7` is 198.51.100.7. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** Whether a range like 198.51.100.0/24 is one. */
export const isRange = (range: string): boolean => {
  const [address = '', bits = ''] = range.split('/');
  const family = isIP(address);
  return family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
};

/** Finds the place of an address by the narrowest range that holds it; unknown addresses have none. */
export const placesOf = (table: readonly Place[]): ((address: string) => Located | undefined) => {
  const entries = table.filter(({ range }) => isRange(range)).map(({ range, name, latitude, longitude }) => {
    const [address = '', bits = '0'] = range.split('/');
    const list = new BlockList();
    list.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
    return { list, family: isIP(address), bits: Number(bits), located: { name, latitude, longitude } };
  }).sort((a, b) => b.bits - a.bits);
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family === 0 ? undefined : entries.find((one) => one.family === family && one.list.check(plain, family === 4 ? 'ipv4' : 'ipv6'))?.located;
  };
};

const at = (range: string, zh: string, en: string, latitude: number, longitude: number): Place => ({ range, name: { zh, en }, latitude, longitude });

/** Ranges for documentation (RFC 5737, RFC 3849), given invented places for the demo city. */
export const demoPlaces: readonly Place[] = [
  at('192.0.2.0/24', '云川市', 'Yunchuan', 30.2, 104.1),
  at('198.51.100.0/24', '海临市', 'Hailin', 31.3, 121.4),
  at('203.0.113.0/25', '北原市', 'Beiyuan', 45.7, 126.6),
  at('2001:db8::/32', '云川市', 'Yunchuan', 30.2, 104.1),
];
