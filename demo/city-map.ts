import { divisions, districtDivisions } from './organisation.ts';
import { randomOf, type Random } from './random.ts';
import { streets } from './words.ts';

export type Position = [longitude: number, latitude: number];

export interface Feature {
  type: 'Feature';
  properties: Record<string, string | number>;
  geometry:
    | { type: 'Polygon'; coordinates: Position[][] }
    | { type: 'LineString'; coordinates: Position[] }
    | { type: 'Point'; coordinates: Position };
}

/** GeoJSON (RFC 7946). Yunchuan lies at 0°, 0° in the open sea, so that nobody takes it for a real place. */
export interface FeatureCollection {
  type: 'FeatureCollection';
  features: Feature[];
}

/** Metres east and north of the city's south-west corner. */
interface Spot {
  x: number;
  y: number;
}

export const citySize = { width: 6000, height: 4000 } as const;
const metresPerDegree = 111_320;

const positionOf = ({ x, y }: Spot): Position => [
  Math.round(((x - citySize.width / 2) / metresPerDegree) * 1e6) / 1e6,
  Math.round(((y - citySize.height / 2) / metresPerDegree) * 1e6) / 1e6,
];

/** The river's middle at `x`, and half its width. */
const riverAt = (x: number): { y: number; half: number } => ({
  y: 2000 + 320 * Math.sin(x / 900) + 120 * Math.sin(x / 370 + 1),
  half: 90 + 30 * Math.sin(x / 1300 + 2),
});

const isWet = (spot: Spot, margin: number): boolean => {
  const river = riverAt(spot.x);
  return Math.abs(spot.y - river.y) < river.half + margin;
};

/** Districts are quarters: north bank west and east, south bank west and east. */
const districtAt = (spot: Spot): string => {
  const north = spot.y > riverAt(spot.x).y ? 0 : 2;
  return districtDivisions[north + (spot.x < citySize.width / 2 ? 0 : 1)]!;
};

const polygon = (spots: readonly Spot[], properties: Feature['properties']): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: [[...spots, spots[0]!].map(positionOf)] },
});

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

const river = (): Feature => {
  const xs = range(0, citySize.width, 120);
  const north = xs.map(x => ({ x, y: riverAt(x).y + riverAt(x).half }));
  const south = xs.toReversed().map(x => ({ x, y: riverAt(x).y - riverAt(x).half }));
  return polygon([...north, ...south], { kind: 'river', name: '云川江', nameEn: 'Yunchuan River' });
};

const districtCentres = (): Feature[] => districtDivisions.map((code, index) => ({
  type: 'Feature',
  properties: { kind: 'district', code, name: divisions.find(one => one.code === code)!.name.zh, nameEn: divisions.find(one => one.code === code)!.name.en },
  geometry: { type: 'Point', coordinates: positionOf({ x: index % 2 === 0 ? 1500 : 4500, y: index < 2 ? 3100 : 900 }) },
}));

interface Grid {
  /** Middle lines of north–south streets. */
  xs: number[];
  /** Middle lines of east–west streets. */
  ys: number[];
}

const gridOf = (random: Random): Grid => ({
  xs: range(150, citySize.width - 150, 300).map(x => x + random.int(-35, 35)),
  ys: range(150, citySize.height - 150, 264).map(y => y + random.int(-25, 25)),
});

/** East–west streets end at the river; every fourth north–south street bridges it. */
const streetLines = (grid: Grid): Feature[] => {
  const taken = new Map<string, number>();
  const nameAt = (spot: Spot): { zh: string; en: string } => {
    const list = streets[districtAt(spot)]!;
    const nth = taken.get(districtAt(spot)) ?? 0;
    taken.set(districtAt(spot), nth + 1);
    return list[nth % list.length]!;
  };
  const line = (spots: Spot[], bridge: boolean): Feature[] => {
    if (spots.length < 2) return [];
    const name = nameAt(spots[Math.floor(spots.length / 2)]!);
    const properties = { kind: 'street', name: name.zh, nameEn: name.en, bridge: bridge ? 1 : 0 };
    return [{ type: 'Feature', properties, geometry: { type: 'LineString', coordinates: spots.map(positionOf) } }];
  };
  const dryRuns = (spots: Spot[]): Spot[][] => spots.reduce<Spot[][]>((runs, spot) => {
    if (isWet(spot, 20)) runs.push([]);
    else runs[runs.length - 1]!.push(spot);
    return runs;
  }, [[]]);
  const across = grid.ys.flatMap(y => dryRuns(range(0, citySize.width, 60).map(x => ({ x, y }))).map(run => [run[0], run.at(-1)].filter(spot => spot !== undefined)));
  const along = grid.xs.flatMap((x, index) => {
    const spots = range(0, citySize.height, 40).map(y => ({ x, y }));
    return index % 4 === 1 ? [[spots[0]!, spots.at(-1)!]] : dryRuns(spots).map(run => [run[0], run.at(-1)].filter(spot => spot !== undefined));
  });
  return [...across.flatMap(spots => line(spots, false)), ...along.flatMap((spots, index) => line(spots, index % 4 === 1))];
};

const uses = [['住宅', 66], ['商业', 16], ['办公', 10], ['学校', 4], ['医院', 2], ['公共服务', 2]] as const;

/** Room for houses along the inside of every block; those in the river are left out. */
const plots = (grid: Grid): Spot[] => {
  const found: Spot[] = [];
  for (let i = 0; i + 1 < grid.xs.length; i++) {
    for (let j = 0; j + 1 < grid.ys.length; j++) {
      const [left, right, low, high] = [grid.xs[i]! + 32, grid.xs[i + 1]! - 32, grid.ys[j]! + 32, grid.ys[j + 1]! - 32];
      for (const x of [left, left + (right - left) / 3, left + ((right - left) * 2) / 3]) {
        for (const y of [low, low + (high - low) / 3, low + ((high - low) * 2) / 3]) {
          if (!isWet({ x: x + 25, y: y + 20 }, 50)) found.push({ x, y });
        }
      }
    }
  }
  return found;
};

const building = (random: Random, plot: Spot, index: number): Feature => {
  const [width, depth] = [random.int(26, 58), random.int(22, 44)];
  const corners = [plot, { x: plot.x + width, y: plot.y }, { x: plot.x + width, y: plot.y + depth }, { x: plot.x, y: plot.y + depth }];
  return polygon(corners, {
    kind: 'building',
    id: `B${String(index + 1).padStart(4, '0')}`,
    district: districtAt({ x: plot.x + width / 2, y: plot.y + depth / 2 }),
    use: random.weighted(uses),
    levels: random.weighted([[random.int(1, 6), 60], [random.int(7, 18), 30], [random.int(19, 33), 10]] as const),
  });
};

/** The whole city: river, districts, streets and `count` buildings. Throws when the grid has no room for so many. */
export const cityMapOf = (seed: number, count: number): FeatureCollection => {
  const random = randomOf(seed, 'map');
  const grid = gridOf(random);
  const free = plots(grid);
  if (free.length < count) throw new Error(`demo: room for ${String(free.length)} buildings, not ${String(count)}`);
  const chosen = free.map(plot => [random.next(), plot] as const).sort(([a], [b]) => a - b).slice(0, count).map(([, plot]) => plot);
  return { type: 'FeatureCollection', features: [river(), ...districtCentres(), ...streetLines(grid), ...chosen.map((plot, index) => building(random, plot, index))] };
};
