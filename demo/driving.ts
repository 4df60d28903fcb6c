import { addDays } from '@zhengwu/clock';
import { ageOn, shiftYear } from './dates.ts';
import { randomOf, type Random } from './random.ts';
import type { DemoResident } from './residents.ts';

/** One row of the register of drivers. */
export interface DemoDrivingLicence {
  person: string;
  number: string;
  name: string;
  /** Classes in the style of 机动车驾驶证申领和使用规定. */
  vehicleClass: 'C1' | 'C2' | 'B2' | 'A1' | 'D' | 'E';
  firstIssued: string;
  validFrom: string;
  /** Six years, then ten; null: for good. */
  validUntil: string | null;
  status: '正常' | '逾期未换证' | '暂扣' | '注销';
  /** Points in the running period, 12 suspend. */
  points: number;
  fileNumber: string;
}

export interface DemoExamination {
  person: string;
  name: string;
  subject: 1 | 2 | 3 | 4;
  vehicleClass: 'C1' | 'C2';
  takenOn: string;
  score: number;
  passed: boolean;
}

export interface DemoViolation {
  person: string;
  at: string;
  place: string;
  kind: string;
  /** Fine in fen. */
  fine: number;
  points: number;
  status: '未处理' | '已处理';
}

/** A medical certificate of a driver, valid 6 months. */
export interface DemoMedical {
  person: string;
  examinedOn: string;
  result: '合格' | '不合格';
  institution: string;
  vision: string;
}

export interface DemoDriving {
  licences: DemoDrivingLicence[];
  examinations: DemoExamination[];
  violations: DemoViolation[];
  medicals: DemoMedical[];
}

const violationKinds: readonly (readonly [string, number, number])[] = [
  ['违反规定停放机动车', 10_000, 0],
  ['机动车不按导向车道行驶', 10_000, 1],
  ['驾驶机动车超过规定时速10%以上未达20%', 5_000, 0],
  ['驾驶机动车违反道路交通信号灯通行', 20_000, 6],
  ['开车时拨打接听手持电话', 5_000, 3],
];

const hospitals = ['云川市第一人民医院', '云川市鹭汀区中医院', '云川市云麓医院', '云川市霁湾区人民医院'] as const;

const licenceOf = (random: Random, person: DemoResident, today: string, index: number): DemoDrivingLicence => {
  const adultFor = Math.max(1, ageOn(person.birth, today) - 19);
  const years = random.int(1, Math.min(adultFor, 25));
  const firstIssued = addDays(shiftYear(today, -years), random.int(0, 330));
  const sixYears = shiftYear(firstIssued, 6);
  const sixteen = shiftYear(firstIssued, 16);
  const [validFrom, validUntil] = today < sixYears
    ? [firstIssued, sixYears]
    : today < sixteen ? [sixYears, sixteen] : [sixteen, null];
  return {
    person: person.id,
    number: person.number,
    name: person.name,
    vehicleClass: random.weighted([['C1', 70], ['C2', 18], ['B2', 6], ['A1', 2], ['D', 2], ['E', 2]] as const),
    firstIssued: firstIssued > today ? addDays(today, -30) : firstIssued,
    validFrom: validFrom > today ? addDays(today, -30) : validFrom,
    validUntil,
    status: random.weighted([['正常', 97], ['暂扣', 2], ['注销', 1]] as const),
    points: random.weighted([[0, 70], [1, 10], [3, 14], [6, 5], [9, 1]] as const),
    fileNumber: `990100${String(100_000 + index)}`,
  };
};

const violationOf = (random: Random, person: DemoResident, today: string): DemoViolation => {
  const [kind, fine, points] = random.pick(violationKinds);
  return {
    person: person.id,
    at: addDays(today, -random.int(5, 300)),
    place: '云川市听潮路与白帆街路口',
    kind,
    fine,
    points,
    status: random.chance(0.75) ? '已处理' : '未处理',
  };
};

const medicalOf = (random: Random, person: string, today: string): DemoMedical => ({
  person,
  examinedOn: addDays(today, -random.int(3, 120)),
  result: random.chance(0.97) ? '合格' : '不合格',
  institution: random.pick(hospitals),
  vision: random.pick(['4.9', '5.0', '5.1']),
});

const examinationsOf = (random: Random, person: DemoResident, today: string, passesAll: boolean): DemoExamination[] => {
  const last = passesAll ? 4 : random.int(1, 4);
  return ([1, 2, 3, 4] as const).filter(subject => subject <= last).map(subject => {
    const passed = passesAll || subject < last || random.chance(0.6);
    return {
      person: person.id,
      name: person.name,
      subject,
      vehicleClass: passesAll || random.chance(0.7) ? 'C1' : 'C2',
      takenOn: addDays(today, -(5 - subject) * 24 + random.int(0, 10)),
      score: passed ? random.int(90, 100) : random.int(40, 88),
      passed,
    };
  });
};

/** What the guided tour needs of its drivers, whatever the seed. */
const tour = (driving: DemoDriving, residents: readonly DemoResident[], today: string): void => {
  const named = (username: string): DemoResident => residents.find(one => one.username === username)!;
  const expiring = (person: DemoResident, index: number): DemoDrivingLicence => ({
    person: person.id, number: person.number, name: person.name, vehicleClass: 'C1',
    firstIssued: addDays(shiftYear(today, -6), 45), validFrom: addDays(shiftYear(today, -6), 45), validUntil: addDays(today, 45),
    status: '正常', points: 0, fileNumber: `99010000000${String(index)}`,
  });
  const medical = (person: DemoResident): DemoMedical => (
    { person: person.id, examinedOn: addDays(today, -12), result: '合格', institution: hospitals[0], vision: '5.0' }
  );
  const [smooth, blocked, learner] = [named('citizen02'), named('citizen03'), named('citizen04')];
  driving.licences.push(expiring(smooth, 1), expiring(blocked, 2));
  driving.medicals.push(medical(smooth), medical(blocked), medical(learner));
  driving.violations.push({
    person: blocked.id, at: addDays(today, -20), place: '云川市云麓大道与茶亭街路口', kind: violationKinds[1]![0], fine: violationKinds[1]![1], points: 1, status: '未处理',
  });
  driving.examinations.push(...examinationsOf(randomOf(1, 'tour'), learner, today, true));
};

/** Drivers, examinations, violations and medical certificates of the city. */
export const drivingOf = (seed: number, today: string, residents: readonly DemoResident[]): DemoDriving => {
  const random = randomOf(seed, 'driving');
  const driving: DemoDriving = { licences: [], examinations: [], violations: [], medicals: [] };
  tour(driving, residents, today);
  for (const [index, person] of residents.entries()) {
    const age = ageOn(person.birth, today);
    if (person.username !== null || age < 18 || age > 72) continue;
    if (age > 20 && random.chance(0.52)) {
      driving.licences.push(licenceOf(random, person, today, index));
      if (random.chance(0.2)) driving.violations.push(violationOf(random, person, today));
      if (random.chance(0.3)) driving.medicals.push(medicalOf(random, person.id, today));
    } else if (age < 45 && random.chance(0.12)) {
      driving.examinations.push(...examinationsOf(random, person, today, random.chance(0.4)));
      driving.medicals.push(medicalOf(random, person.id, today));
    }
  }
  return driving;
};
