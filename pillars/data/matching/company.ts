import { addressLine, addressOf, compareAddresses, parseAddress } from './address.ts';
import { companyLine, compareCompanyNames, coreOf } from './company-name.ts';
import { compareDays, dayIn } from './date.ts';
import { ADDRESS_LEVELS, atMost, DIFFERENT, notWorse, NUMBER_LEVELS, SAME, textOf, whenBoth, type Kind, type Level } from './kind.ts';
import { compareUsccs, usccIn } from './number.ts';
import { bag, plain, soundOf } from './text.ts';

const compareRepresentatives = (left: string, right: string): Level => (left === right ? 0 : soundOf(left) === soundOf(right) ? 1 : 2);

const roadOf = (line: string): string => {
  const { road, number } = addressOf(line);
  return road !== '' && number !== '' ? road + number : '';
};

const joined = (...parts: string[]): string | null => (parts.includes('') ? null : parts.join(' '));

export const company: Kind = {
  code: 'company',
  fields: [
    { code: 'number', name: { zh: '统一社会信用代码', en: 'Unified social credit code' }, levels: NUMBER_LEVELS, compare: whenBoth(compareUsccs), m: [0.93, 0.05, 0.015, 0.005], u: [1e-7, 1e-6, 0.02, 0.98] },
    { code: 'name', name: { zh: '名称', en: 'Name' }, levels: [SAME, { zh: '同音、换序或形式不同', en: 'the same sound, another order or form' }, { zh: '相近', en: 'alike' }, DIFFERENT], compare: whenBoth(compareCompanyNames), byFrequency: true, sharedBy: 'namesakes', m: [0.85, 0.08, 0.05, 0.02], u: [0.00001, 0.00001, 0.002, 0.99798] },
    { code: 'representative', name: { zh: '法定代表人', en: 'Legal representative' }, levels: [SAME, { zh: '同音', en: 'the same sound' }, DIFFERENT], compare: whenBoth(compareRepresentatives), byFrequency: true, sharedBy: 'kin', m: [0.85, 0.03, 0.12], u: [0.0005, 0.0006, 0.9989] },
    { code: 'founded', name: { zh: '成立日期', en: 'Founded' }, levels: [SAME, { zh: '差一处或数字颠倒', en: 'one slip or digits swapped' }, { zh: '同一年', en: 'the same year' }, DIFFERENT], compare: whenBoth(compareDays), m: [0.9, 0.05, 0.02, 0.03], u: [0.0002, 0.002, 0.05, 0.9478] },
    { code: 'address', name: { zh: '住所', en: 'Address' }, levels: ADDRESS_LEVELS, compare: compareAddresses, sharedBy: 'kin', m: [0.65, 0.1, 0.05, 0.2], u: [0.00001, 0.0001, 0.005, 0.99489] },
  ],
  features: (record, columns) => {
    const address = textOf(record, columns['address']);
    return [
      usccIn(textOf(record, columns['number'])), companyLine(textOf(record, columns['name']), parseAddress(address).places), plain(textOf(record, columns['representative'])),
      dayIn(textOf(record, columns['founded'])), addressLine(address),
    ];
  },
  blocks: ([number = '', name = '', representative = '', founded = '', address = '']) => {
    const core = coreOf(name);
    return [
      number.length === 18 ? number : null, joined(soundOf(core)), joined(core.length > 2 ? bag(core) : ''), number.length === 18 ? number.slice(8, 16) : null,
      joined(soundOf(representative), founded), joined(soundOf(representative), roadOf(address)),
    ];
  },
  // A new licence for the same door and person is common: without the code, the name has to be the same, and something besides.
  mayLink: ([number, name, representative, founded, address]) => number !== 3 && (atMost(number, 0) ? atMost(name, 2) : atMost(name, 0) && notWorse(representative, 1) && (atMost(founded, 0) || atMost(address, 1))),
};
