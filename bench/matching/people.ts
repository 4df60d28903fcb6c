import { composeCitizenNumber } from '@zhengwu/ids';

/** A person of the benchmark's register, in the shape of a record. All of them are invented; the division codes are nobody's. */
export interface Person extends Record<string, string> {
  citizenNumber: string;
  name: string;
  birth: string;
  sex: string;
  phone: string;
  address: string;
}

/** A number from 0 up to 1 that depends on nothing but its seed: person n is the same on every machine, without those before. */
export const chance = (seed: number, stream: number): number => {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 0x7f4a7c15, 0xc2b2ae35) ^ Math.imul(Math.floor(seed / 0x1_0000_0000), 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return ((h ^ (h >>> 15)) >>> 0) / 0x1_0000_0000;
};
export const whole = (seed: number, stream: number, low: number, high: number): number => low + Math.floor(chance(seed, stream) * (high - low + 1));

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'];
const GIVEN = [...'伟强磊洋勇军杰涛超明刚平辉鹏健宇浩凯晨航博文翔远志峰建国庆斌波毅俊哲彦泽轩墨恒睿铭川岳峻霖芳娜敏静秀丽娟艳霞玲燕红梅莉兰慧婷雪琳颖洁蓉萍欣怡瑶佳悦涵萱彤薇琪妍诗雨晴月清禾苒宁子梓思雅若安嘉一立青书云景知予亦言南北乐春夏秋冬东海江河山石林森金玉珍宝福贵荣华光耀德仁义礼智信孝忠诚善美真巧英豪雄威武猛龙虎凤鹤松柏竹菊桂桃李柳杨榕梧桐'];
const ROADS = [...'听望临观揽枕倚问寻渡'].flatMap((a) => [...'潮岚溪鹤云松涛月星帆'].map((b) => `${a}${b}`)).flatMap((name) => ['路', '街', '大道', '巷'].map((kind) => name + kind));
const ESTATES = [...'云晴荷桂知星和松竹锦'].flatMap((a) => [...'上川塘香秋河光间溪绣'].flatMap((b) => ['花园', '苑', '里', '新村'].map((kind) => a + b + kind)));
const DISTRICTS = ['鹭汀', '云麓', '霁湾', '栖梧'] as const;

/** As skewed as names are: the first of the list are picked far more often than the last. */
const skewed = (list: readonly string[], value: number): string => list[Math.floor(value ** 2.2 * list.length)] ?? '';
const pick = <T>(list: readonly T[], value: number): T => list[Math.floor(value * list.length)] as T;

const FAMILY = 3;
const pad = (value: number): string => String(value).padStart(2, '0');

/** Households of three share surname, address and, children and their parents, telephone; of the third in fifty homes there is a twin. */
export const personAt = (n: number): Person => {
  const home = Math.floor(n / FAMILY);
  const member = n % FAMILY;
  const twin = member === 2 && chance(home, 90) < 0.02;
  const born = twin ? n - 1 : n;
  const year = member === 0 ? whole(born, 1, 1945, 1995) : whole(born, 1, 1970, 2020);
  const birth = `${year}-${pad(whole(born, 2, 1, 12))}-${pad(whole(born, 3, 1, 28))}`;
  const sex = chance(born, 4) < 0.5 ? 'male' : 'female';
  const division = `99${whole(home, 5, 1001, 9999)}`;
  const sequence = 1 + 2 * (Math.floor(chance(n, 6) * 498)) + (sex === 'male' ? 0 : 1);
  const given = skewed(GIVEN, chance(n, 8)) + (chance(n, 9) < 0.78 ? skewed(GIVEN, chance(n, 10)) : '');
  const district = pick(DISTRICTS, chance(home, 11));
  const place = chance(home, 12) < 0.7 ? `${pick(ESTATES, chance(home, 13))}${whole(home, 14, 1, 40)}幢${whole(home, 15, 1, 4)}单元${whole(home, 16, 1, 28)}0${whole(home, 17, 1, 4)}室` : `${whole(home, 18, 1, 3)}层${whole(home, 19, 1, 6)}室`;
  return {
    citizenNumber: composeCitizenNumber({ division, birth, sequence, sex }), name: skewed(SURNAMES, chance(home, 7)) + given, birth, sex: sex === 'male' ? '男' : '女',
    phone: `12${String((member === 0 ? n : home * FAMILY) % 1_000_000_000).padStart(9, '0')}`, address: `云川市${district}区${pick(ROADS, chance(home, 20))}${whole(home, 21, 1, 400)}号${place}`,
  };
};
