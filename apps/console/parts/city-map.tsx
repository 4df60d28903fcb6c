import { useMemo } from 'react';
import type { readCityMap, ResponseOf } from '@zhengwu/contracts';
import { useSpeech } from '../base/language.tsx';

export type MapFeature = ResponseOf<typeof readCityMap>['features'][number];
type Position = readonly number[];

export interface MapMark {
  key: string;
  longitude: number;
  latitude: number;
  text: string;
}

const WIDTH = 960;

const linesOf = ({ geometry: { type, coordinates } }: MapFeature): readonly (readonly Position[])[] => {
  if (type === 'Polygon') return coordinates as unknown as Position[][];
  return type === 'LineString' ? [coordinates as unknown as Position[]] : [];
};

/** Where degrees lie on the drawing; a city is small enough to be flat. */
const planeOf = (features: readonly MapFeature[]) => {
  const spots = features.flatMap((feature) => linesOf(feature).flat());
  const [xs, ys] = [spots.map((spot) => spot[0] ?? 0), spots.map((spot) => spot[1] ?? 0)];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = WIDTH / Math.max(east - west, 1e-6);
  return { height: Math.round((north - south) * scale), at: ([x = 0, y = 0]: Position): [number, number] => [Math.round((x - west) * scale * 10) / 10, Math.round((north - y) * scale * 10) / 10] };
};

/** The city as one drawing of its register: what draws it can be put in the place of this one, it takes features and marks. */
export const CityMap = ({ label, features, marks }: { label: string; features: readonly MapFeature[]; marks: readonly MapMark[] }) => {
  const { lang } = useSpeech();
  const drawn = useMemo(() => {
    const plane = planeOf(features);
    const pathOf = (kind: string): string => features.filter((one) => one.kind === kind).flatMap((one) => linesOf(one).map((line) => `M${line.map((spot) => plane.at(spot).join(' ')).join('L')}${one.geometry.type === 'Polygon' ? 'Z' : ''}`)).join('');
    return { plane, water: pathOf('water'), streets: pathOf('street'), buildings: pathOf('building'), districts: features.filter(({ kind }) => kind === 'district') };
  }, [features]);
  const { plane } = drawn;
  return (
    <svg className="city-map" viewBox={`0 0 ${WIDTH} ${plane.height}`} role="img" aria-label={label}>
      <path className="water" d={drawn.water} /><path className="streets" d={drawn.streets} /><path className="buildings" d={drawn.buildings} />
      {drawn.districts.map((one) => { const [x, y] = plane.at(one.geometry.coordinates as unknown as Position); return <text key={one.code} className="district" x={x} y={y}>{lang === 'en' ? one.nameEn : one.name}</text>; })}
      {marks.map(({ key, longitude, latitude, text }, n) => { const [x, y] = plane.at([longitude, latitude]); return <g key={key} className="mark"><circle cx={x} cy={y} r={9} /><text x={x} y={y + 4}>{n + 1}</text><title>{text}</title></g>; })}
    </svg>
  );
};
