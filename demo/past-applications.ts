import { addDays } from '@zhengwu/clock';
import { shiftYear } from './dates.ts';
import type { Random } from './random.ts';
import type { DemoResident } from './residents.ts';
import { brands, streets } from './words.ts';

/** What an application says beyond the registers, and what the registers said then. */
export interface PastApplication {
  answers: Record<string, unknown>;
  facts: Record<string, Record<string, unknown>>;
}

const phoneOf = (person: DemoResident): string => person.phone ?? '12500000000';
const numbered = ({ number: citizenNumber }: DemoResident): { citizenNumber: string } => ({ citizenNumber });

const identity = (random: Random, person: DemoResident, day: string): PastApplication => {
  const reason = random.weighted([['lost', 80], ['stolen', 8], ['damaged', 12]] as const);
  return {
    answers: {
      reason, ...(reason === 'damaged' ? {} : { lostOn: addDays(day, -random.int(1, 20)) }), lossDeclared: true, phone: phoneOf(person), delivery: 'window',
    },
    facts: {},
  };
};

const enterpriseWords = [['软件', 'software'], ['商贸', 'retail'], ['咨询', 'consulting'], ['仓储', 'logistics'], ['文化传播', 'cultural']] as const;
const permits = ['labour-dispatch', 'training', 'medical', 'construction'] as const;

const enterprise = (random: Random, person: DemoResident): PastApplication => {
  const [word, scope] = random.pick(enterpriseWords);
  const permit = random.chance(0.15) ? [random.pick(permits)] : [];
  const sole = random.chance(0.6);
  return {
    answers: {
      companyName: `云川${random.pick(brands)}${random.pick(brands).slice(0, 1)}${word}有限公司`, companyType: sole ? 'sole' : 'limited', scopeItems: [scope, ...permit],
      division: person.division, address: `云川市${random.pick(streets[person.division]!).zh}${String(random.int(1, 299))}号`, premises: random.pick(['owned', 'leased', 'shared']),
      capital: random.pick([10_000_000, 50_000_000, 100_000_000]), termYears: 0,
      shareholders: [{ name: person.name, citizenNumber: person.number, share: 100 }],
      taxpayerKind: 'small', seals: ['official', 'finance', 'invoice'], employees: random.int(1, 12), phone: phoneOf(person),
    },
    facts: {},
  };
};

const fitOn = (person: DemoResident, day: string): Record<string, unknown> => ({
  ...numbered(person), examinedOn: addDays(day, -10), validUntil: addDays(day, 170), hospital: '云川市第一人民医院', vision: '左5.0 右5.0', result: 'fit',
});

const firstIssue = (random: Random, person: DemoResident, day: string): PastApplication => {
  const licenceClass = random.pick(['C1', 'C1', 'C2']);
  const passedOn = addDays(day, -random.int(3, 20));
  return {
    answers: {
      licenceClass, passedOn, medicalDeclared: true, appointment: `YC-GA-JG@${addDays(day, 1)}T02:00:00.000Z@1`, phone: phoneOf(person), delivery: 'none',
    },
    facts: {
      physicalExam: fitOn(person, day), driverLicence: {},
      examination: { ...numbered(person), licenceClass, subject1: 95, subject2: 90, subject3: 92, subject4: 96, passedOn, result: 'passed', school: '云川安行驾校' },
    },
  };
};

/** A licence about to expire; with an open violation where a person had to look. */
const renewal = (random: Random, person: DemoResident, day: string, automatic: boolean): PastApplication => {
  const validUntil = addDays(day, random.int(5, 80));
  const validFrom = shiftYear(validUntil, -6);
  const fileNumber = `990100${String(random.int(100_000, 999_999))}`;
  return {
    answers: { fileNumber, expires: validUntil, medicalDeclared: true, phone: phoneOf(person), delivery: 'none' },
    facts: {
      physicalExam: fitOn(person, day),
      driverLicence: {
        ...numbered(person), fileNumber, classes: 'C1', firstIssuedOn: validFrom, validFrom, validUntil, points: 0, unpaidViolations: automatic ? 0 : 1, status: 'valid',
      },
    },
  };
};

/** The application of a resident for a service on a day. */
export const applicationOf = (random: Random, service: string, person: DemoResident, day: string, automatic: boolean): PastApplication => {
  if (service === 'enterprise-establishment') return enterprise(random, person);
  if (service === 'driver-licence-first-issue') return firstIssue(random, person, day);
  if (service === 'driver-licence-renewal') return renewal(random, person, day, automatic);
  return identity(random, person, day);
};
