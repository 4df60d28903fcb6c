import { addressOf, addressLine } from './address.ts';
import { DIFFERENT, notWorse, SAME, textOf, whenBoth, type Kind, type Level, type MatchField } from './kind.ts';
import { edits, soundOf } from './text.ts';

const ALIKE = { zh: '相近', en: 'alike' };
const compareWords = whenBoth((left, right): Level => (left === right ? 0 : soundOf(left) === soundOf(right) || (left.length > 2 && edits(left, right) === 1) ? 1 : 2));
const compareNumbers = whenBoth((left, right): Level => (left === right ? 0 : 1));

/** Everything is the same, and no county speaks against it. */
const compareWhole = whenBoth((left, right): Level => {
  const [[place = '', parts], [otherPlace = '', otherParts]] = [left.split('#'), right.split('#')];
  return parts === otherParts && (place === otherPlace || place === '' || otherPlace === '') ? 0 : 1;
});

const words = (code: string, zh: string, en: string, u: number): MatchField => ({ code, name: { zh, en }, levels: [SAME, ALIKE, DIFFERENT], compare: compareWords, m: [0.93, 0.05, 0.02], u: [u, u, 1 - 2 * u] });
const number = (code: string, zh: string, en: string, u: number): MatchField => ({ code, name: { zh, en }, levels: [SAME, DIFFERENT], compare: compareNumbers, m: [0.99, 0.01], u: [u, 1 - u] });

/** All fields but the whole, which differs where anything does. */
const PARTS = [0, 1, 2, 3, 4, 5, 6, 7] as const;

const joined = (...parts: string[]): string | null => (parts.includes('') ? null : parts.join(' '));

/** Standard addresses: the parts themselves are compared. */
export const address: Kind = {
  code: 'address',
  fields: [
    // Towns share the names of their roads: another county is another address.
    { ...words('place', '区县', 'County', 0.1), m: [0.96, 0.039, 0.001] }, words('road', '道路', 'Road', 0.002), number('number', '门牌号', 'Number', 0.005), words('estate', '小区', 'Estate', 0.002),
    number('building', '幢', 'Building', 0.05), number('unit', '单元', 'Unit', 0.35), number('floor', '层', 'Floor', 0.2), number('room', '室', 'Room', 0.01),
    { code: 'whole', name: { zh: '全部', en: 'All of it' }, levels: [SAME, DIFFERENT], compare: compareWhole, m: [0.6, 0.4], u: [1e-6, 1 - 1e-6] },
  ],
  features: (record, columns) => {
    const { places, road, number: house, estate, building, unit, floor, room } = addressOf(addressLine(textOf(record, columns['address'])));
    const parts = [road, house, estate, building, unit, floor, room];
    return [places.at(-1) ?? '', ...parts, (road === '' || house === '') && (estate === '' || building === '') ? '' : `${places.at(-1) ?? ''}#${parts.join('-')}`];
  },
  blocks: ([, road = '', house = '', estate = '', building = '', unit = '', , room = '']) => [
    joined(soundOf(road), house, `${building}/${unit}`, room), joined(soundOf(estate), building, room), room === '' ? joined(soundOf(road), house, `${building}/${unit}/`) : null,
  ],
  mayLink: (levels) => PARTS.every((at) => notWorse(levels[at], (address.fields[at]?.levels.length ?? 2) - 2)) && (levels[1] === 0 || levels[3] === 0),
};
