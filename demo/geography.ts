import type { Feature, FeatureCollection, Position } from './city-map.ts';
import { cityDivision, divisions } from './organisation.ts';
import type { DemoRecord } from './registers.ts';

const cause = '演示数据初始导入';
const since = '2015-01-01';
const CITY = '云川市';
const METRES = 111_320;
const METRES_A_NUMBER = 8;

const pad = (n: number, length: number): string => String(n).padStart(length, '0');
const row = (register: string, key: string, data: Record<string, unknown>): DemoRecord => ({ register, key, data, validFrom: since, cause });
const round = (value: number): number => Math.round(value * 1e6) / 1e6;
const districtName = (code: string): string => divisions.find((one) => one.code === code)?.name.zh ?? '';

const ringOf = ({ geometry }: Feature): Position[] => (geometry.type === 'Polygon' ? (geometry.coordinates[0] ?? []) : []);
const middleOf = (ring: readonly Position[]): Position => {
  const corners = ring.slice(0, -1);
  return [round(corners.reduce((sum, [x]) => sum + x, 0) / corners.length), round(corners.reduce((sum, [, y]) => sum + y, 0) / corners.length)];
};
/** Square metres of a ring near the equator (shoelace). */
const areaOf = (ring: readonly Position[]): number =>
  Math.round((Math.abs(ring.reduce((sum, [x, y], n) => { const [u, v] = ring[(n + 1) % ring.length] ?? [x, y]; return sum + x * v - u * y; }, 0)) / 2) * METRES * METRES);

interface Street {
  name: string;
  from: Position;
  to: Position;
}

const streetsOf = (map: FeatureCollection): Street[] => map.features.flatMap(({ properties, geometry }) => {
  if (properties['kind'] !== 'street' || geometry.type !== 'LineString') return [];
  const [from, to] = [geometry.coordinates[0], geometry.coordinates.at(-1)];
  return from && to ? [{ name: String(properties['name']), from, to }] : [];
});

/** How far along a street a spot lies (0 to 1), and its distance from it in degrees. */
const along = ({ from, to }: Street, [x, y]: Position): { share: number; distance: number } => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const share = Math.max(0, Math.min(1, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy || 1)));
  return { share, distance: Math.hypot(from[0] + share * dx - x, from[1] + share * dy - y) };
};

/** Number plates: metres along the nearest street, the next free one where two houses would share it. */
const addressOf = (spot: Position, district: string, streets: readonly Street[], taken: Set<string>): { street: string; number: number; text: string } | null => {
  const near = streets.map((street) => ({ street, ...along(street, spot) })).sort((a, b) => a.distance - b.distance)[0];
  if (!near) return null;
  const { street: { name, from, to }, share } = near;
  const textOf = (number: number): string => `${CITY}${districtName(district)}${name}${String(number)}号`;
  let number = 1 + Math.round((share * Math.hypot(to[0] - from[0], to[1] - from[1]) * METRES) / METRES_A_NUMBER);
  while (taken.has(textOf(number))) number += 1;
  taken.add(textOf(number));
  return { street: name, number, text: textOf(number) };
};

const houseRows = (feature: Feature, index: number, streets: readonly Street[], taken: Set<string>): DemoRecord[] => {
  const ring = ringOf(feature);
  const { district, use, levels } = feature.properties;
  const division = String(district);
  const parcel = `${division}001001GB${pad(index + 1, 5)}`;
  const code = `${parcel}F00010000`;
  const spot = middleOf(ring);
  const address = addressOf(spot, division, streets, taken);
  return [
    row('parcels', parcel, { code: parcel, division, use: String(use), area: Math.max(1, Math.round(areaOf(ring) * 1.6)), geometry: feature.geometry }),
    row('buildings', code, { code, parcel, division, use: String(use), levels: Number(levels), ...(address ? { address: address.text } : {}), geometry: feature.geometry }),
    ...(address ? [row('addresses', `${division}A${pad(index + 1, 8)}`, { code: `${division}A${pad(index + 1, 8)}`, ...address, division, longitude: spot[0], latitude: spot[1], building: code, status: 'used' })] : []),
  ];
};

const nameRows = (map: FeatureCollection): DemoRecord[] => {
  const lines = map.features.filter(({ properties: { kind } }) => kind === 'street' || kind === 'river');
  return [
    ...divisions.map(({ code, level, name }) => {
      const point = map.features.find(({ properties }) => properties['kind'] === 'district' && properties['code'] === code);
      return row('place-names', code, { code, kind: level, name: name.zh, nameEn: name.en, division: code, ...(point ? { geometry: point.geometry } : {}) });
    }),
    ...lines.map(({ properties, geometry }, n) => {
      const code = `${cityDivision}N${pad(n + 1, 5)}`;
      return row('place-names', code, { code, kind: properties['kind'] === 'river' ? 'water' : 'street', name: String(properties['name']), nameEn: String(properties['nameEn']), division: cityDivision, geometry });
    }),
  ];
};

/** Place names, parcels, buildings and standard addresses of the demo city, from its map. */
export const geographyOf = (map: FeatureCollection): DemoRecord[] => {
  const streets = streetsOf(map);
  const taken = new Set<string>();
  return [...nameRows(map), ...map.features.filter(({ properties }) => properties['kind'] === 'building').flatMap((feature, index) => houseRows(feature, index, streets, taken))];
};
