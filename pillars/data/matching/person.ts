import { addressLine, addressOf, compareAddresses } from './address.ts';
import { compareDays, dayIn } from './date.ts';
import { ADDRESS_LEVELS, atMost, DIFFERENT, notWorse, NUMBER_LEVELS, SAME, textOf, whenBoth, type Kind, type Level } from './kind.ts';
import { citizenNumberIn, compareCitizenNumbers } from './number.ts';
import { bag, edits, plain, soundOf } from './text.ts';

const compareNames = (left: string, right: string): Level => {
  if (left === right) return 0;
  if (soundOf(left) === soundOf(right)) return 1;
  return Math.min(left.length, right.length) >= 2 && (edits(left, right) === 1 || bag(left) === bag(right)) ? 2 : 3;
};

/** M, 1, 男 → 男. */
const sexIn = (raw: string): string => {
  const text = plain(raw);
  if (/^(?:男性?|M|MALE|1)$/u.test(text)) return '男';
  return /^(?:女性?|F|FEMALE|2)$/u.test(text) ? '女' : '';
};

const phoneIn = (raw: string): string => plain(raw).replace(/\D/g, '').replace(/^(?:0086|86)(?=1\d{10}$)/, '');

/** Where one lives, closely enough to look there; null where the address is too short for that. */
export const doorKey = (line: string): string | null => {
  const { road, number, estate, building, unit, floor, room } = addressOf(line);
  const place = road !== '' && number !== '' ? `${road}${number}` : estate;
  return place !== '' && room !== '' ? [place, building, unit, floor, room].join('-') : null;
};

const joined = (...parts: (string | null | undefined)[]): string | null => (parts.every((part) => part !== '' && part !== null && part !== undefined) ? parts.join(' ') : null);

export const person: Kind = {
  code: 'person',
  fields: [
    { code: 'number', name: { zh: '公民身份号码', en: 'Citizen number' }, levels: NUMBER_LEVELS, compare: whenBoth(compareCitizenNumbers), m: [0.93, 0.05, 0.015, 0.005], u: [1e-7, 1e-6, 0.02, 0.98] },
    { code: 'name', name: { zh: '姓名', en: 'Name' }, levels: [SAME, { zh: '同音', en: 'the same sound' }, { zh: '差一个字', en: 'one character apart' }, DIFFERENT], compare: whenBoth(compareNames), byFrequency: true, sharedBy: 'namesakes', m: [0.88, 0.06, 0.05, 0.01], u: [0.0005, 0.0006, 0.03, 0.9689] },
    { code: 'birth', name: { zh: '出生日期', en: 'Date of birth' }, levels: [SAME, { zh: '差一处或数字颠倒', en: 'one slip or digits swapped' }, { zh: '同一年', en: 'the same year' }, DIFFERENT], compare: whenBoth(compareDays), sharedBy: 'namesakes', m: [0.94, 0.045, 0.005, 0.01], u: [0.00004, 0.0006, 0.0144, 0.98496] },
    { code: 'sex', name: { zh: '性别', en: 'Sex' }, levels: [SAME, DIFFERENT], compare: whenBoth((left, right) => (left === right ? 0 : 1)), m: [0.99, 0.01], u: [0.5, 0.5] },
    { code: 'phone', name: { zh: '电话', en: 'Telephone' }, levels: [SAME, { zh: '差一位', en: 'one digit apart' }, DIFFERENT], compare: whenBoth((left, right) => edits(left, right)), sharedBy: 'kin', m: [0.7, 0.03, 0.27], u: [1e-6, 1e-5, 0.999989] },
    { code: 'address', name: { zh: '地址', en: 'Address' }, levels: ADDRESS_LEVELS, compare: compareAddresses, sharedBy: 'kin', m: [0.72, 0.08, 0.05, 0.15], u: [0.000002, 0.00002, 0.005, 0.994978] },
  ],
  features: (record, columns) => [
    citizenNumberIn(textOf(record, columns['number'])), plain(textOf(record, columns['name'])), dayIn(textOf(record, columns['birth'])),
    sexIn(textOf(record, columns['sex'])), phoneIn(textOf(record, columns['phone'])), addressLine(textOf(record, columns['address'])),
  ],
  blocks: ([number = '', name = '', birth = '', , phone = '', address = '']) => {
    const [sound, door] = [soundOf(name), doorKey(address)];
    return [number.length === 18 ? number : null, joined(sound, birth.slice(0, 6)), joined(sound, birth && bag(birth)), joined(birth, door), joined(phone), joined(sound, door)];
  },
  // Twins share birth, address and telephone; a family shares the surname: the name has to agree, and no good number may speak against it.
  mayLink: ([number, name, birth, sex]) => number !== 3 && (atMost(number, 0) ? atMost(name, 1) || (atMost(name, 2) && atMost(birth, 0)) : atMost(name, 1) && atMost(birth, 1) && notWorse(sex, 0)),
};
