import { citySize, type Feature, type FeatureCollection, type Position } from './city-map.ts';
import { randomOf } from './random.ts';

const width = 960;
const scale = width / citySize.width;
const height = citySize.height * scale;
const metresPerDegree = 111_320;

const point = ([longitude, latitude]: Position): string =>
  `${(width / 2 + longitude * metresPerDegree * scale).toFixed(1)} ${(height / 2 - latitude * metresPerDegree * scale).toFixed(1)}`;

const path = (spots: readonly Position[], closed: boolean): string =>
  `M${spots.map(point).join('L')}${closed ? 'Z' : ''}`;

const pathsOf = (features: readonly Feature[]): string => features.map(({ geometry }) => {
  if (geometry.type === 'Polygon') return geometry.coordinates.map(ring => path(ring, true)).join('');
  return geometry.type === 'LineString' ? path(geometry.coordinates, false) : '';
}).join('');

/** The city as one static drawing for pages without a map library; no script, no outside references. */
export const mapDrawing = (map: FeatureCollection, title: string): string => {
  const of = (kind: string): Feature[] => map.features.filter(feature => feature.properties.kind === kind);
  const labels = of('district').map(({ geometry, properties }) => {
    const [x, y] = point((geometry as { coordinates: Position }).coordinates).split(' ');
    return `<text x="${x!}" y="${y!}">${String(properties.name)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" role="img" aria-label="${title}">`,
    `<rect width="${String(width)}" height="${String(height)}" fill="#f3f1ea"/>`,
    `<path d="${pathsOf(of('river'))}" fill="#a9cfe6"/>`,
    `<path d="${pathsOf(of('street'))}" fill="none" stroke="#ffffff" stroke-width="4"/>`,
    `<path d="${pathsOf(of('building'))}" fill="#cfc8b8"/>`,
    `<g font-size="26" font-weight="600" text-anchor="middle" fill="#1b1b1b" stroke="#ffffff" stroke-width="5" paint-order="stroke">${labels.join('')}</g>`,
    '</svg>',
  ].join('');
};

const skins = ['#e8bf9b', '#d9a679', '#f0cdb0', '#c98f63'] as const;
const cloths = ['#34506b', '#5b6f4d', '#7a4b52', '#4a4a68', '#2f6f73', '#8a6a3b'] as const;
const hairs = ['#1e1a18', '#2d2420', '#4a4340', '#8d8985'] as const;

/** A seeded silhouette in place of a portrait: plainly a drawing, no face, nobody's likeness. 3:4, as on a licence. */
export const portraitOf = (seed: number, id: string, sex: 'male' | 'female', age: number): string => {
  const random = randomOf(seed, `portrait/${id}`);
  const [skin, cloth] = [random.pick(skins), random.pick(cloths)];
  const hair = age > 62 ? hairs[3] : random.pick(hairs.slice(0, 3));
  const [face, shoulder] = [random.int(31, 36), random.int(78, 90)];
  const long = sex === 'female' && random.chance(0.7);
  const back = long ? `<rect x="${String(90 - face - 8)}" y="84" width="${String((face + 8) * 2)}" height="${String(random.int(66, 96))}" rx="26" fill="${hair}"/>` : '';
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 180 240" role="img" aria-label="演示头像">',
    '<rect width="180" height="240" fill="#dfe8f1"/>',
    back,
    `<path d="M${String(90 - shoulder)} 240C${String(90 - shoulder)} 190 60 178 90 178S${String(90 + shoulder)} 190 ${String(90 + shoulder)} 240Z" fill="${cloth}"/>`,
    `<rect x="76" y="136" width="28" height="50" rx="12" fill="${skin}"/>`,
    `<ellipse cx="90" cy="104" rx="${String(face)}" ry="${String(face + 9)}" fill="${skin}"/>`,
    `<path d="M${String(90 - face - 4)} 104C${String(90 - face - 6)} 40 ${String(90 + face + 6)} 40 ${String(90 + face + 4)} 104C${String(90 + face)} ${String(random.int(70, 82))} ${String(90 - face)} ${String(random.int(70, 82))} ${String(90 - face - 4)} 104Z" fill="${hair}"/>`,
    '<text x="90" y="232" font-size="18" text-anchor="middle" fill="#ffffff" opacity=".75">样例</text>',
    '</svg>',
  ].join('');
};
