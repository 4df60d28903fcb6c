import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeCitizenNumber, composeUscc, organisationCheck } from '@zhengwu/ids';
import { addressLine, compareAddresses, parseAddress } from './address.ts';
import { compareCompanyNames, companyLine, parseCompanyName } from './company-name.ts';
import { compareDays, dayIn } from './date.ts';
import type { Level } from './kind.ts';
import { citizenNumberIn, compareCitizenNumbers, compareUsccs, usccIn } from './number.ts';
import { kinds, profileOf } from './profile.ts';
import { edits, plain, soundOf } from './text.ts';
import { bandOf, defaultWeights, levelBits, levelsOf, scoreLevels, scorePair } from './weights.ts';

const number = composeCitizenNumber({ division: '990102', birth: '1987-03-05', sequence: 507, sex: 'male' });

describe('names', () => {
  test('are the same in traditional characters, full width and with marks between', () => {
    expect(plain('張國強')).toBe(plain('张国强'));
    expect(plain('阿不都·热西提')).toBe(plain('阿不都热西提 '));
    expect(plain('ＡＢＣ　公司（云川）')).toBe('ABC公司云川');
  });
  test('of one sound are one by their pinyin', () => {
    expect(soundOf('张晓明')).toBe(soundOf('章小铭'));
    expect(soundOf('张晓明')).not.toBe(soundOf('张大明'));
  });
  test('one slip apart: replaced, added, left out, swapped', () => {
    expect([edits('abc', 'abd'), edits('abc', 'ab'), edits('abc', 'acb'), edits('abc', 'bca'), edits('abc', 'abc')]).toEqual([1, 1, 1, 2, 0]);
  });
});

describe('numbers', () => {
  test('of 15 digits are the 18 digits that they became (GB 11643-1999)', () => {
    const old = number.slice(0, 6) + number.slice(8, 17);
    expect(old).toHaveLength(15);
    expect(citizenNumberIn(old)).toBe(number);
  });
  test('with two digits swapped fail their check digit and are one slip apart (GB 11643)', () => {
    const slip = number.slice(0, 10) + number.charAt(11) + number.charAt(10) + number.slice(12);
    expect(slip).not.toBe(number);
    expect(compareCitizenNumbers(number, slip)).toBe(1);
    expect(compareCitizenNumbers(slip, number)).toBe(1);
  });
  test('that are both good and differ belong to two people', () => {
    expect(compareCitizenNumbers(number, composeCitizenNumber({ division: '990102', birth: '1987-03-05', sequence: 509, sex: 'male' }))).toBe(3);
  });
  test('of companies: letters that GB 32100 leaves out are read as the digits they look like', () => {
    const body = '12345678';
    const uscc = composeUscc({ registrar: '9', kind: '1', division: '990102', organisation: body + organisationCheck(body) });
    expect(usccIn(uscc.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'i'))).toBe(uscc);
    expect(compareUsccs(uscc, `${uscc.slice(0, 17)}${uscc.endsWith('A') ? 'B' : 'A'}`)).toBe(1);
  });
});

test('days in any spelling; digits swapped are near, another day of the year is not', () => {
  expect([dayIn('1987年3月5日'), dayIn('1987/03/05'), dayIn('19870305'), dayIn('１９８７-３-５'), dayIn('nothing')]).toEqual(['19870305', '19870305', '19870305', '19870305', '']);
  expect([compareDays('19870305', '19870503'), compareDays('19870305', '19870306'), compareDays('19870305', '19871224'), compareDays('19870305', '19650101')]).toEqual([1, 1, 2, 3]);
});

describe('addresses', () => {
  const full = '云川市鹭汀区听潮路12号晴川里5幢2单元501室';
  test('are read into division, road, number, estate, building, unit and room', () => {
    expect(parseAddress(full)).toEqual({ places: ['云川', '鹭汀'], town: '', road: '听潮路', number: '12', estate: '晴川里', building: '5', unit: '2', floor: '', room: '501' });
    expect(parseAddress('云川市鹭汀区旧渡口巷3号2层4室')).toMatchObject({ road: '旧渡口巷', number: '3', floor: '2', room: '4' });
    expect(parseAddress('霁湾区海棠里88号')).toMatchObject({ places: ['霁湾'], road: '海棠里', number: '88', room: '' });
  });
  test.each([
    '鹭汀区听潮路12号晴川里5栋2单元501', '听潮路１２号晴川里５幢２单元５０１室', '云川市鹭汀区聽潮路12號晴川里5幢2單元501室', '云川市鹭汀区听潮路十二号晴川里五幢二单元501室', '听潮路12号晴川里5号楼2单元501室', '听潮路12号晴川里5-2-501', '云川市鹭汀区听潮路12#晴川里5幢2单元501户', '听潮路12号5幢2单元501室',
  ])('%s is the same door', (other) => {
    expect(compareAddresses(addressLine(full), addressLine(other))).toBe(0);
  });
  test('next door, across the road and elsewhere are less and less', () => {
    const level = (other: string) => compareAddresses(addressLine(full), addressLine(other));
    expect([level('听潮路12号晴川里5幢2单元502室'), level('听潮路14号和光苑1幢1单元501室'), level('云麓区望岚路12号'), level('')]).toEqual([1, 3, 3, null]);
    expect(level('听潮路19号晴川里6幢2单元501室')).toBe(2);
  });
});

describe('names of companies', () => {
  test('are taken apart: place, trade name and line, form', () => {
    expect(parseCompanyName('云川市听潮餐饮有限责任公司', ['云川', '鹭汀'])).toEqual({ core: '听潮餐饮', form: '有限', branch: false });
    expect(parseCompanyName('听潮餐饮（云川）有限公司', ['云川'])).toEqual({ core: '听潮餐饮', form: '有限', branch: false });
  });
  const level = (left: string, right: string) => compareCompanyNames(companyLine(left, ['云川']), companyLine(right, ['云川']));
  test('agree whatever their place and form are called', () => {
    expect(level('云川市听潮餐饮有限责任公司', '云川听潮餐饮有限公司')).toBe(0);
    expect(level('云川听潮餐饮有限公司', '云川餐饮听潮有限公司')).toBe(1);
    expect(level('云川听潮餐饮有限公司', '云川听朝餐饮有限公司')).toBe(1);
    expect(level('云川听潮餐饮有限公司', '云川听潮餐饮股份有限公司')).toBe(1);
    expect(level('云川听潮餐饮管理有限公司', '云川听潮餐饮有限公司')).toBe(2);
    expect(level('云川听潮餐饮有限公司', '云川白鹭科技有限公司')).toBe(3);
  });
  test('of a branch is not that of its parent', () => {
    expect(level('云川听潮餐饮有限公司鹭汀分公司', '云川听潮餐饮有限公司')).toBe(3);
  });
});

const han = fc.stringMatching(/^[张章王国强明晓小伟张國強]{1,4}$/u);
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const addresses = fc.constantFrom('', '听潮路12号晴川里5幢2单元501室', '听潮路12号', '云川市鹭汀区白帆街3号2层1室', '晴川里5幢501', 'x');
const record = fc.record({ number: fc.oneof(fc.constant(''), fc.constant(number), digits(18), digits(15)), name: fc.oneof(fc.constant(''), han), birth: fc.oneof(fc.constant(''), digits(8)), sex: fc.constantFrom('', '男', '女'), phone: fc.oneof(fc.constant(''), digits(11)), address: addresses,
  representative: han, founded: digits(8) });
const own = { number: 'number', name: 'name', birth: 'birth', sex: 'sex', phone: 'phone', address: 'address', representative: 'representative', founded: 'founded' };

describe.each(Object.values(kinds))('pairs of kind $code', (kind) => {
  const weights = defaultWeights(kind);
  test('score the same either way round, and a record is itself', () => {
    fc.assert(fc.property(record, record, (a, b) => {
      const [left, right] = [kind.features(a, own), kind.features(b, own)];
      expect(scorePair(kind, weights, left, right, 1000)).toEqual(scorePair(kind, weights, right, left, 1000));
      expect(levelsOf(kind, left, left).every((level) => level === null || level === 0)).toBe(true);
    }));
  });
  const levels = fc.tuple(...kind.fields.map((field) => fc.option(fc.integer({ min: 0, max: field.levels.length - 1 }), { nil: null })));
  test('score no less, and are linked no less, when a field agrees better', () => {
    fc.assert(fc.property(levels, fc.nat(kind.fields.length - 1), fc.option(fc.double({ min: 1e-7, max: 0.5, noNaN: true }), { nil: undefined }), (given, at, share) => {
      const level = given[at] as Level;
      if (level === null || level === 0) return;
      const better = given.map((one, index) => (index === at ? level - 1 : one));
      const shares = kind.fields.map(() => share);
      const [before, after] = [scoreLevels(kind, weights, given, 10_000, shares), scoreLevels(kind, weights, better, 10_000, shares)];
      expect(after.score).toBeGreaterThanOrEqual(before.score);
      const order = ['none', 'possible', 'certain'];
      expect(order.indexOf(bandOf(kind, weights, after))).toBeGreaterThanOrEqual(order.indexOf(bandOf(kind, weights, before)));
    }));
  });
  test('have chances that add up to one, and weights that fall from level to level', () => {
    for (const { m, u, levels: named } of kind.fields) {
      expect([m.length, u.length]).toEqual([named.length, named.length]);
      expect(m.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
      expect(u.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
      const bits = levelBits({ m, u });
      expect(bits.every((one, at) => at === 0 || one <= (bits[at - 1] ?? 0))).toBe(true);
    }
  });
});

describe('a register of addresses', () => {
  const field = (key: string) => ({ key, label: { zh: key, en: key }, class: 'public' as const });
  const register = (...keys: string[]) => ({ code: 'x', name: { zh: 'x', en: 'x' }, subject: 'none' as const, key: 'code', keeper: 'x', sharing: { class: '1' as const }, schema: {}, fields: keys.map(field) });
  test('has street and number besides its text; what merely has an address is not one', () => {
    expect(profileOf(register('code', 'text', 'street', 'number'))?.kind.code).toBe('address');
    expect(profileOf(register('code', 'address', 'levels'))).toBeNull();
  });
  const { address } = kinds;
  const band = (left: string, right: string, records = 1_000_000) => {
    const [a, b] = [left, right].map((text) => address.features({ text }, { address: 'text' })) as [string[], string[]];
    return bandOf(address, defaultWeights(address), scorePair(address, defaultWeights(address), a, b, records));
  };
  test('links spellings of one address, and neither its neighbour nor its namesake in another county', () => {
    expect(band('云川市鹭汀区听潮路12号', '鹭汀区聽潮路１２號')).toBe('certain');
    expect(band('云川市鹭汀区听潮路12号晴川里5幢2单元501室', '听潮路12号晴川里5-2-501')).toBe('certain');
    expect(band('云川市鹭汀区听潮路12号', '云川市鹭汀区听潮路14号')).toBe('none');
    expect([band('云川市鹭汀区听潮路12号', '云川市云麓区听潮路12号'), band('云川市鹭汀区听潮路12号', '云川市云麓区听潮路12号', 1500)]).toEqual(['none', 'none']);
    expect(band('云川市鹭汀区听潮路12号晴川里5幢2单元501室', '云川市鹭汀区听潮路12号晴川里5幢2单元502室')).not.toBe('certain');
  });
});

test('whatever was learned, a worse level adds no more than a better one', () => {
  const chances = fc.array(fc.double({ min: 1e-9, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
  fc.assert(fc.property(chances, chances, (m, u) => {
    const bits = levelBits({ m, u });
    expect(bits).toHaveLength(4);
    expect(bits.every((one, at) => at === 0 || one <= (bits[at - 1] ?? 0) + 1e-9)).toBe(true);
  }));
});

test('a rare name says more than a common one', () => {
  const kind = kinds.person;
  const levels = [null, 0, 0, 0, null, null];
  const score = (share: number) => scoreLevels(kind, defaultWeights(kind), levels, 10_000, [undefined, share]).score;
  expect(score(0.00001)).toBeGreaterThan(score(0.01) + 9);
});

test('twins with a number missing are shown to a person and never linked', () => {
  const kind = kinds.person;
  const twin = (name: string, given: string) => kind.features({ number: given, name, birth: '2015-06-01', sex: '男', phone: '12500000001', address: '听潮路12号晴川里5幢2单元501室' }, own);
  const scored = scorePair(kind, defaultWeights(kind), twin('李子轩', ''), twin('李子涵', number), 1_000_000);
  expect(bandOf(kind, defaultWeights(kind), scored)).not.toBe('certain');
  expect(bandOf(kind, defaultWeights(kind), scorePair(kind, defaultWeights(kind), twin('李子轩', ''), twin('李子轩', number), 1_000_000))).toBe('certain');
});
