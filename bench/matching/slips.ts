import { chance, personAt, whole, type Person } from './people.ts';

/** What comes in, and the truth about it: which person it is, or null for somebody new. */
export interface Incoming {
  row: Record<string, string>;
  truth: number | null;
}

const TRADITIONAL: Readonly<Record<string, string>> = Object.fromEntries([...'张張陈陳杨楊赵趙黄黃吴吳孙孫马馬罗羅郑鄭谢謝韩韓冯馮于於萧蕭邓鄧许許卢盧蒋蔣贾賈叶葉阎閻余餘钟鐘范範谭譚邹鄒陆陸龙龍万萬钱錢汤湯伟偉军軍杰傑涛濤刚剛辉輝鹏鵬宁寧晓曉庆慶丽麗艳艷兰蘭颖穎洁潔萍蘋诗詩云雲书書东東华華荣榮义義礼禮贵貴宝寶凤鳳鹤鶴'.matchAll(/(.)(.)/gu)].map(([, simple = '', old = '']) => [simple, old]));
const SOUNDS: Readonly<Record<string, string>> = Object.fromEntries([...'伟玮磊蕾军君杰洁涛桃明铭刚钢平萍辉晖鹏朋健建宇雨浩皓晨辰博勃文雯翔祥志智峰锋国帼斌彬波播俊峻娜纳敏闽静靖秀绣丽莉娟涓艳燕霞侠玲灵红虹梅玫慧惠雪鳕琳林颖影佳嘉悦月'.matchAll(/(.)(.)/gu)].map(([, one = '', other = '']) => [one, other]));

const swapped = (text: string, at: number): string => text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
const replaced = (text: string, at: number, by: string): string => text.slice(0, at) + by + text.slice(at + 1);
const otherDigit = (digit: string, value: number): string => String((Number(digit) + 1 + Math.floor(value * 9)) % 10);

/** Chooses by shares that add up to one at most; what is left is the value as it was. */
const choose = (value: number, ways: readonly (readonly [number, () => string])[], same: string): string => {
  let rest = value;
  for (const [share, make] of ways) {
    if (rest < share) return make();
    rest -= share;
  }
  return same;
};

const numberOf = ({ citizenNumber: own }: Person, n: number): string => choose(chance(n, 101), [
  [0.2, () => ''], [0.08, () => swapped(own, whole(n, 102, 6, 15))], [0.07, () => { const at = whole(n, 103, 6, 16); return replaced(own, at, otherDigit(own[at] ?? '0', chance(n, 104))); }],
  [0.05, () => (own.startsWith('19', 6) ? own.slice(0, 6) + own.slice(8, 17) : own)], [0.03, () => own.toLowerCase()],
], own);
const nameOf = ({ name: own }: Person, n: number): string => choose(chance(n, 105), [
  [0.05, () => [...own].map((char) => TRADITIONAL[char] ?? char).join('')], [0.05, () => [...own].map((char, at) => (at > 0 ? (SOUNDS[char] ?? char) : char)).join('')],
  [0.04, () => `${own.slice(0, 1)}　${own.slice(1)}`], [0.03, () => own.slice(0, -1) + personAt(n + 500).name.slice(-1)],
], own);
const birthOf = ({ birth: own }: Person, n: number): string => choose(chance(n, 106), [
  [0.1, () => own.replaceAll('-', '/')], [0.05, () => `${own.slice(0, 4)}年${Number(own.slice(5, 7))}月${Number(own.slice(8))}日`], [0.02, () => `${own.slice(0, 4)}-${own.slice(8)}-${own.slice(5, 7)}`],
  [0.02, () => replaced(own, 9, otherDigit(own[9] ?? '0', chance(n, 107)))], [0.03, () => ''],
], own);
const addressOf = ({ address: own }: Person, n: number): string => choose(chance(n, 108), [
  [0.1, () => own.replace('云川市', '')], [0.08, () => own.replace('幢', '栋').replace('室', '')], [0.05, () => own.replace(/(\d+)幢(\d+)单元(\d+)室/u, '$1-$2-$3')], [0.04, () => own.replace('号', '號').replace('单元', '單元')],
  [0.15, () => personAt(n + 1_000_003).address], [0.08, () => ''],
], own);
const phoneOf = ({ phone: own }: Person, n: number): string => choose(chance(n, 109), [[0.3, () => `12${String(999_999_999 - (n % 900_000_000))}`], [0.15, () => ''], [0.03, () => swapped(own, 8)]], own);

/** The person as somebody else's list has them. */
export const asOthersHave = (person: Person, n: number): Record<string, string> => ({
  citizenNumber: numberOf(person, n), name: nameOf(person, n), birth: birthOf(person, n), sex: choose(chance(n, 110), [[0.06, () => ''], [0.005, () => (person.sex === '男' ? '女' : '男')]], person.sex), phone: phoneOf(person, n), address: addressOf(person, n),
});

/** Somebody who is not in the register, but near: a brother or sister of one who is, born at another time or, one in ten, a twin. */
const relativeOf = (other: Person, n: number, size: number): Person => {
  const fresh = personAt(size * 2 + n * 3);
  const twin = chance(n, 120) < 0.1;
  const own = twin ? { birth: other.birth, citizenNumber: personAtDay(other, n) } : {};
  return { ...fresh, name: other.name.slice(0, 1) + fresh.name.slice(1), phone: other.phone, address: other.address, ...own, ...(twin ? { sex: other.sex } : {}) };
};
const personAtDay = (other: Person, n: number): string => {
  for (let step = 0; ; step += 1) {
    const number = personAtSequence(other.citizenNumber, 1 + 2 * whole(n + step, 121, 0, 498) + (other.sex === '男' ? 0 : 1));
    if (number !== other.citizenNumber) return number;
  }
};
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const personAtSequence = (number: string, sequence: number): string => {
  const body = number.slice(0, 14) + String(sequence).padStart(3, '0');
  return body + '10X98765432'.charAt([...body].reduce((sum, digit, at) => sum + Number(digit) * (WEIGHTS[at] ?? 0), 0) % 11);
};

/** `count` rows against a register of `size`: half are in it, a quarter are nobody's kin, a quarter live with somebody who is. */
export const incomingAt = (n: number, size: number): Incoming => {
  const known = Math.floor(chance(n, 130) * size);
  if (n % 2 === 0) return { row: asOthersHave(personAt(known), n + 7_000_000), truth: known };
  const stranger = n % 4 === 1 ? personAt(size * 2 + n * 3) : relativeOf(personAt(known), n, size);
  return { row: asOthersHave(stranger, n + 7_000_000), truth: null };
};
