import { addDays, daysBetween } from '@zhengwu/clock';
import { citizenNumberOf } from './identifiers.ts';
import { ageOn, shiftYear } from './dates.ts';
import { districtDivisions, divisions } from './organisation.ts';
import { randomOf, type Random } from './random.ts';
import { story, type StoryPerson } from './stories.ts';
import { estates, ethnicities, given, jobs, streets, surnames } from './words.ts';

export type Sex = 'male' | 'female';
export type Relation = '户主' | '配偶' | '子女' | '父母';

/** One row of the population register. */
export interface DemoResident {
  /** Principal id. */
  id: string;
  number: string;
  name: string;
  sex: Sex;
  ethnicity: string;
  birth: string;
  division: string;
  address: string;
  household: string;
  relation: Relation;
  marriage: '未婚' | '已婚' | '离异' | '丧偶';
  education: '小学' | '初中' | '高中' | '大专' | '本科' | '研究生';
  occupation: string | null;
  employer: string | null;
  socialInsurance: boolean;
  phone: string | null;
  email: string | null;
  /** Present from the age of sixteen. */
  identityCard: { issuedOn: string; validUntil: string | null; issuer: string } | null;
  /** User name of a demo account, where the resident has a memorable one. */
  username: string | null;
}

interface Member {
  relation: Relation;
  sex: Sex;
  age: number;
  surname: string;
  marriage: DemoResident['marriage'];
}

interface Home {
  number: string;
  division: string;
  address: string;
}

const nameOf = (random: Random, surname: string, sex: Sex): string => {
  const first = random.pick(random.chance(0.35) ? given.shared : given[sex]);
  return surname + first + (random.chance(0.72) ? random.pick(given[sex]) : '');
};

const educationOf = (random: Random, age: number): DemoResident['education'] => {
  if (age < 12) return '小学';
  if (age < 15) return '初中';
  if (age < 18) return '高中';
  if (age > 65) return random.weighted([['小学', 4], ['初中', 4], ['高中', 2]] as const);
  return random.weighted([['初中', 15], ['高中', 25], ['大专', 25], ['本科', 28], ['研究生', 7]] as const);
};

const membersOf = (random: Random): Member[] => {
  const surname = random.pick(surnames);
  const age = random.weighted([[random.int(22, 34), 30], [random.int(35, 59), 50], [random.int(60, 88), 20]] as const);
  const headSex: Sex = random.chance(0.6) ? 'male' : 'female';
  const couple = age > 24 && random.chance(0.72);
  const marriage = couple ? '已婚' : age > 66 ? '丧偶' : age > 35 ? '离异' : '未婚';
  const members: Member[] = [{ relation: '户主', sex: headSex, age, surname, marriage }];
  if (!couple) return members;
  const spouse: Member = {
    relation: '配偶', sex: headSex === 'male' ? 'female' : 'male', age: Math.max(22, age + random.int(-4, 4)), surname: random.pick(surnames), marriage: '已婚',
  };
  members.push(spouse);
  const childSurname = headSex === 'male' ? surname : spouse.surname;
  const children = age < 27 || age > 62 ? 0 : random.weighted([[0, 2], [1, 5], [2, 3]] as const);
  for (let i = 0; i < children; i++) {
    members.push({ relation: '子女', sex: random.chance(0.5) ? 'male' : 'female', age: random.int(0, Math.min(age, spouse.age) - 23), surname: childSurname, marriage: '未婚' });
  }
  if (age > 30 && age < 62 && random.chance(0.25)) {
    members.push({ relation: '父母', sex: 'female', age: age + random.int(22, 30), surname: random.pick(surnames), marriage: '丧偶' });
  }
  return members;
};

const homeOf = (random: Random, index: number, division: string): Home => {
  const at = divisions.find(one => one.code === division)!;
  const street = random.pick(streets[division]!);
  const place = random.chance(0.6)
    ? `${random.pick(estates)}${String(random.int(1, 24))}幢${String(random.int(1, 3))}单元${String(random.int(1, 18))}0${String(random.int(1, 4))}室`
    : `${String(random.int(1, 3))}层${String(random.int(1, 6))}室`;
  return { number: `${division}${String(index).padStart(6, '0')}`, division, address: `云川市${at.name.zh}${street.zh}${String(random.int(1, 299))}号${place}` };
};

/** GB 11643 sequence numbers of one day and place are odd for men, even for women, and given once. */
const numbering = (): ((division: string, birth: string, sex: Sex) => string) => {
  const used = new Map<string, number>();
  return (division, birth, sex) => {
    const key = division + birth + sex;
    const nth = used.get(key) ?? 0;
    used.set(key, nth + 1);
    return citizenNumberOf(division, birth, sex, nth);
  };
};

/** 10 years to 25, 20 to 45, then for good (居民身份证法 §5); under sixteen here: none. */
const identityCardOf = (random: Random, birth: string, division: string, today: string): DemoResident['identityCard'] => {
  if (ageOn(birth, today) < 16) return null;
  const youngest = shiftYear(birth, 16);
  const earliest = youngest > '2012-01-01' ? youngest : '2012-01-01';
  const span = Math.max(0, daysBetween(earliest, today) - 30);
  const issuedOn = addDays(earliest, random.int(0, span));
  const age = ageOn(birth, issuedOn);
  const validUntil = age > 45 ? null : shiftYear(issuedOn, age > 25 ? 20 : 10);
  const district = divisions.find(one => one.code === division)!.name.zh;
  return { issuedOn, validUntil, issuer: `云川市公安局${district}分局` };
};

interface Making {
  random: Random;
  today: string;
  at: number;
  numberOf: (division: string, birth: string, sex: Sex) => string;
}

const residentOf = (making: Making, index: number, home: Home, member: Member, told?: StoryPerson): DemoResident => {
  const { random, today } = making;
  const birth = told?.birth ?? addDays(shiftYear(today, -member.age), -random.int(0, 364));
  const age = ageOn(birth, today);
  const works = age >= 18 && age < 62 && random.chance(0.86);
  const reachable = age >= 14;
  return {
    id: random.uuid(making.at + index),
    number: making.numberOf(home.division, birth, member.sex),
    name: told?.name ?? nameOf(random, member.surname, member.sex),
    sex: member.sex,
    ethnicity: random.weighted(ethnicities),
    birth,
    division: home.division,
    address: home.address,
    household: home.number,
    relation: member.relation,
    marriage: member.marriage,
    education: educationOf(random, age),
    occupation: works ? random.pick(jobs) : null,
    employer: null,
    socialInsurance: works || age >= 60,
    phone: reachable ? `12${String(500_000_000 + index)}` : null,
    email: reachable && (told || random.chance(0.5)) ? `resident${String(index + 1).padStart(5, '0')}@mail.yunchuan.example` : null,
    identityCard: identityCardOf(random, birth, home.division, today),
    username: told?.username ?? null,
  };
};

/** Residents in households; the people of the demo's stories come first, in their own homes. */
export const residentsOf = (seed: number, count: number, today: string): DemoResident[] => {
  const random = randomOf(seed, 'residents');
  const making: Making = { random, today, at: Date.UTC(2026, 0, 2), numberOf: numbering() };
  const residents: DemoResident[] = [];
  for (const [index, household] of story(today).entries()) {
    const home = homeOf(random, index + 1, household.division);
    for (const told of household.people) {
      const member: Member = { relation: told.relation, sex: told.sex, age: 0, surname: told.name.slice(0, 1), marriage: told.marriage };
      residents.push(residentOf(making, residents.length, home, member, told));
    }
  }
  for (let index = 100; residents.length < count; index++) {
    const home = homeOf(random, index, random.pick(districtDivisions));
    for (const member of membersOf(random)) {
      if (residents.length < count) residents.push(residentOf(making, residents.length, home, member));
    }
  }
  return residents;
};
