import { edits, folded, soundOf } from './text.ts';

/** The parts of an address that find a door; '' where it names none. */
export interface Address {
  /** Province, city and county without their class words: 云川 鹭汀. */
  places: readonly string[];
  town: string;
  road: string;
  number: string;
  estate: string;
  building: string;
  unit: string;
  floor: string;
  room: string;
}

const DIGITS: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const SCALES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

const valueOf = (numeral: string): string => {
  if (![...numeral].some((char) => char in SCALES)) return [...numeral].map((char) => DIGITS[char]).join('');
  let [total, digit] = [0, 0];
  for (const char of numeral) {
    const scale = SCALES[char];
    if (scale === undefined) digit = DIGITS[char] ?? 0;
    else [total, digit] = [total + (digit || 1) * scale, 0];
  }
  return String(total + digit);
};

/** 十二号 → 12号, but only before the words that a number stands before. */
const counted = (text: string): string => text.replace(/[零〇一二两三四五六七八九十百千]+(?=号|弄|幢|栋|座|单元|层|楼|室|户|房)/gu, valueOf);

const DIVISION = /^(?:([^\d]{2,7}?(?:省|自治区))?([^\d]{2,7}?(?:市|自治州|地区|盟))?([^\d]{1,6}?(?:区|县|旗))?)?/u;
const TOWN = /^([^\d]{1,8}?(?:街道办事处|街道|镇|乡))/u;
const ROAD = /^([^\d]{1,12}?(?:大道|路|街|巷|胡同|里|道|弄(?=\d)))(?=\d|$|[^\d])/u;
const CLASS = /(?:省|自治区|市|自治州|地区|盟|区|县|旗)$/u;

const take = (text: string, pattern: RegExp): [string, string] => {
  const found = pattern.exec(text);
  return found?.[0] ? [found[1] ?? found[0], text.slice(found[0].length)] : ['', text];
};

const bare = (number: string): string => number.replace(/^0+(?=.)/, '');

/** 5幢2单元501室, 5栋-2-501, 5-2-501, 2层3室: the rest after estate or number. */
const doorOf = (text: string): Pick<Address, 'building' | 'unit' | 'floor' | 'room'> => {
  const [, first = '', second = '', third = ''] = /^([0-9A-Z]+)(?:号楼|幢|栋|座|楼)?[-–—]+(?:(\d+)(?:单元)?[-–—]+)?(\d+)(?:室|户|房)?$/u.exec(text) ?? [];
  if (first) return { building: bare(first), unit: bare(second), floor: '', room: bare(third) };
  const [building, afterBuilding] = take(text, /^([0-9A-Z]+)(?:号楼|幢|栋|座|楼(?=[\dA-Z]))[-–—]*/u);
  const [unit, afterUnit] = take(afterBuilding, /^([0-9A-Z]+)(?:单元|门)[-–—]*/u);
  const [floor, afterFloor] = take(afterUnit, /^(\d+)(?:层|楼)[-–—]*/u);
  const [room] = take(afterFloor, /^([0-9A-Z]+)(?:室|户|房|号房|号)?$/u);
  return { building: bare(building), unit: bare(unit), floor: bare(floor), room: bare(room) };
};

const clean = (text: string): string => counted(folded(text).replace(/[\s,，.。、()（）[\]【】]+/gu, '').replaceAll('#', '号').replace(/[–—_]+/gu, '-'));

/** Reads an address as people write it: full or short, 幢 or 栋, 号 or #, Chinese or Arabic numerals. Order: division, road, number, estate, building, unit, room. */
export const parseAddress = (raw: string): Address => {
  const text = clean(raw);
  const division = DIVISION.exec(text) ?? [''];
  const places = division.slice(1).filter((one): one is string => Boolean(one)).map((one) => one.replace(CLASS, ''));
  const [town, afterTown] = take(text.slice(division[0]?.length ?? 0), TOWN);
  const [road, afterRoad] = take(afterTown, ROAD);
  const [number, afterNumber] = take(afterRoad, /^(\d+(?:-\d+(?=号))?)(?:号(?!楼)|弄|$)/u);
  const [estate, afterEstate] = take(afterNumber, /^([^\dA-Z][^\d]*?)(?=[\dA-Z]|$)/u);
  return { places, town: town.replace(/办事处$/u, ''), road, number: bare(number), estate, ...doorOf(afterEstate) };
};

const PARTS = ['town', 'road', 'number', 'estate', 'building', 'unit', 'floor', 'room'] as const;

/** One line to keep: parsed once, compared often. */
export const addressLine = (raw: string): string => {
  const address = parseAddress(raw);
  return [address.places.join(' '), ...PARTS.map((part) => address[part])].join('|');
};

export const addressOf = (line: string): Address => {
  const [places = '', ...rest] = line.split('|');
  return { places: places.split(' ').filter(Boolean), ...(Object.fromEntries(PARTS.map((part, at) => [part, rest[at] ?? ''])) as Omit<Address, 'places'>) };
};

const agree = (left: string, right: string): boolean => left === right || left === '' || right === '';
const near = (left: string, right: string): boolean => agree(left, right) || soundOf(left) === soundOf(right) || (left.length > 2 && right.length > 2 && edits(left, right) < 2);
const placesAgree = (left: Address, right: Address): boolean => left.places.length === 0 || right.places.length === 0 || left.places.at(-1) === right.places.at(-1) || left.places.length !== right.places.length;

/** 0 the same door · 1 the same house or building · 2 the same road or estate · 3 elsewhere; null where too little is said. */
export type AddressLevel = 0 | 1 | 2 | 3;

export const compareAddresses = (leftLine: string, rightLine: string): AddressLevel | null => {
  if (leftLine === rightLine && leftLine !== '') return 0;
  const [left, right] = [addressOf(leftLine), addressOf(rightLine)];
  const roads = left.road !== '' && right.road !== '';
  const estates = left.estate !== '' && right.estate !== '';
  if (!roads && !estates) return null;
  if (!placesAgree(left, right) || !near(left.road, right.road) || !near(left.estate, right.estate)) return 3;
  const house = agree(left.number, right.number) && agree(left.building, right.building) && ((roads && left.number !== '' && right.number !== '') || (left.building !== '' && right.building !== ''));
  if (!house) return 2;
  const door = left.room !== '' && left.room === right.room && agree(left.unit, right.unit) && agree(left.floor, right.floor);
  return door ? 0 : 1;
};
