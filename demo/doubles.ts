import { citizenNumberOf } from './identifiers.ts';
import { districtDivisions } from './organisation.ts';
import { randomOf } from './random.ts';
import type { DemoResident } from './residents.ts';

/** So many people stand in the population register twice, as happened when households were entered by hand. */
const DOUBLES = 12;
/** A sequence that no resident's number has. */
const nth = 240;

/** The same name as a hurried clerk heard or typed it. */
const heard: Readonly<Record<string, string>> = { 伟: '玮', 静: '靖', 丽: '莉', 杰: '洁', 涛: '桃', 明: '铭', 平: '萍', 辉: '晖', 宇: '雨', 文: '雯', 峰: '锋', 国: '國', 庆: '慶', 云: '雲' };

const again = (person: DemoResident, index: number): DemoResident => {
  const districts: readonly string[] = districtDivisions;
  const division = districts[(districts.indexOf(person.division) + 1) % districts.length] ?? person.division;
  return {
    ...person, number: citizenNumberOf(division, person.birth, person.sex, nth), relation: '子女',
    name: index % 3 === 0 ? [...person.name].map((char, at) => (at > 0 ? (heard[char] ?? char) : char)).join('') : person.name,
    address: index % 2 === 0 ? person.address.replace('云川市', '').replace('幢', '栋') : person.address,
    marriage: index % 4 === 1 ? '未婚' : person.marriage,
  };
};

/** A few residents who are not part of the stories, as they are registered a second time under a second number (重号). */
export const doublesOf = (seed: number, residents: readonly DemoResident[]): DemoResident[] => {
  const random = randomOf(seed, 'doubles');
  const plain = residents.filter((person) => person.username === null && person.identityCard !== null && person.birth < '1995-01-01' && person.address.includes('单元'));
  const step = Math.floor(plain.length / DOUBLES);
  return step < 10 ? [] : Array.from({ length: DOUBLES }, (_, index) => again(plain[index * step + random.int(0, step - 1)] as DemoResident, index));
};
