import { addDays } from '@zhengwu/clock';
import type { DemoCompany } from './companies.ts';
import { shiftYear } from './dates.ts';
import { doublesOf } from './doubles.ts';
import type { DemoDriving } from './driving.ts';
import { randomOf } from './random.ts';
import type { DemoResident } from './residents.ts';

/** A first record of a register, in the shape that `Registers.load` takes. */
export interface DemoRecord {
  register: string;
  key: string;
  data: Record<string, unknown>;
  validFrom: string;
  cause: string;
  subject?: string;
}

const cause = '演示数据初始导入';

const populationRow = (person: DemoResident): DemoRecord => ({
  register: 'population', key: person.number, subject: person.id, validFrom: person.birth, cause,
  data: {
    citizenNumber: person.number, name: person.name, sex: person.sex === 'male' ? '男' : '女', ethnicity: person.ethnicity, birth: person.birth,
    address: person.address, division: person.division, householdNumber: person.household, headOfHousehold: person.relation === '户主',
    marriage: person.marriage === '离异' ? '离婚' : person.marriage, education: person.education, status: 'living',
  },
});

const identityCardRow = (person: DemoResident, today: string): DemoRecord[] => {
  const card = person.identityCard;
  if (!card) return [];
  return [{
    register: 'identity-cards', key: person.number, subject: person.id, validFrom: card.issuedOn, cause,
    data: {
      citizenNumber: person.number, issuedOn: card.issuedOn, validUntil: card.validUntil, issuedBy: card.issuer,
      status: card.validUntil !== null && card.validUntil < today ? 'expired' : 'valid', losses: 0,
    },
  }];
};

const drivingRows = (driving: DemoDriving, people: ReadonlyMap<string, DemoResident>, today: string): DemoRecord[] => {
  const unpaid = new Map<string, number>();
  for (const violation of driving.violations) {
    if (violation.status === '未处理') unpaid.set(violation.person, (unpaid.get(violation.person) ?? 0) + 1);
  }
  const statuses = { 正常: 'valid', 逾期未换证: 'valid', 暂扣: 'suspended', 注销: 'cancelled' } as const;
  const licences = driving.licences.map((licence): DemoRecord => ({
    register: 'driver-licences', key: licence.number, subject: licence.person, validFrom: licence.validFrom, cause,
    data: {
      citizenNumber: licence.number, fileNumber: licence.fileNumber, classes: licence.vehicleClass, firstIssuedOn: licence.firstIssued,
      validFrom: licence.validFrom, validUntil: licence.validUntil, points: licence.points, unpaidViolations: unpaid.get(licence.person) ?? 0,
      status: statuses[licence.status],
    },
  }));
  const medicals = driving.medicals.map((medical): DemoRecord => ({
    register: 'physical-exams', key: people.get(medical.person)!.number, subject: medical.person, validFrom: medical.examinedOn, cause,
    data: {
      citizenNumber: people.get(medical.person)!.number, examinedOn: medical.examinedOn, validUntil: addDays(medical.examinedOn, 181),
      hospital: medical.institution, vision: `左${medical.vision} 右${medical.vision}`, result: medical.result === '合格' ? 'fit' : 'unfit',
    },
  }));
  return [...licences, ...medicals, ...examinationRows(driving, people, today)];
};

const schools = ['云川安行驾校', '鹭汀通达驾校', '云麓平安驾校'] as const;

const examinationRows = (driving: DemoDriving, people: ReadonlyMap<string, DemoResident>, today: string): DemoRecord[] => {
  const byPerson = Map.groupBy(driving.examinations, one => one.person);
  return [...byPerson].map(([person, taken], index): DemoRecord => {
    const scores = [1, 2, 3, 4].map(subject => taken.find(one => one.subject === subject)?.score ?? 0);
    const last = taken.at(-1)!;
    const result = !last.passed ? 'failed' : last.subject === 4 ? 'passed' : 'inProgress';
    const { number } = people.get(person)!;
    const [subject1, subject2, subject3, subject4] = scores;
    return {
      register: 'driving-examinations', key: number, subject: person, validFrom: last.takenOn < today ? last.takenOn : today, cause,
      data: {
        citizenNumber: number, licenceClass: last.vehicleClass, subject1, subject2, subject3, subject4,
        passedOn: result === 'passed' ? last.takenOn : null, result, school: schools[index % schools.length],
      },
    };
  });
};

const companyRows = (company: DemoCompany, representative: DemoResident, small: boolean, employees: number): DemoRecord[] => {
  const status = { 存续: 'active', 注销: 'cancelled', 吊销: 'revoked' }[company.status];
  const activity = company.status === '存续' ? 'active' : 'cancelled';
  const row = (register: string, key: string, data: Record<string, unknown>): DemoRecord =>
    ({ register, key, subject: company.id, validFrom: company.founded, cause, data });
  return [
    row('enterprises', company.uscc, {
      uscc: company.uscc, name: company.name, kind: company.kind, legalRepresentative: representative.name, legalRepresentativeNumber: representative.number,
      capital: company.capital, scope: company.scope, address: company.address, division: company.division, foundedOn: company.founded, status,
    }),
    row('company-names', company.name, { name: company.name, status: status === 'active' ? 'registered' : 'released', since: company.founded, uscc: company.uscc }),
    row('tax-registrations', company.uscc, { uscc: company.uscc, taxpayerKind: small ? 'small' : 'general', taxAuthority: '云川市税务局', registeredOn: company.founded, status: activity }),
    row('seal-filings', company.uscc, { uscc: company.uscc, seals: ['official', 'finance', 'invoice'], filedOn: company.founded, status: activity }),
    row('social-insurance-units', company.uscc, { uscc: company.uscc, employees, registeredOn: company.founded, status: activity }),
  ];
};

/** A few people barred from office and a few on relief, so that every check has somebody to find. */
const specialRows = (seed: number, today: string, residents: readonly DemoResident[]): DemoRecord[] => {
  const random = randomOf(seed, 'special');
  return residents.flatMap((person): DemoRecord[] => {
    if (person.username !== null || person.identityCard === null) return [];
    const common = { key: person.number, subject: person.id, cause };
    if (random.chance(0.004)) {
      return [{ ...common, register: 'restricted-persons', validFrom: shiftYear(today, -1), data: {
        citizenNumber: person.number, status: 'restricted', cause: '担任法定代表人的企业被吊销营业执照未逾三年', until: shiftYear(today, 2),
      } }];
    }
    if (random.chance(0.015)) {
      return [{ ...common, register: 'social-relief', validFrom: shiftYear(today, -2), data: { citizenNumber: person.number, status: 'active', since: shiftYear(today, -2) } }];
    }
    return [];
  });
};

/** Every first record of the city's registers. */
export const recordsOf = (
  seed: number, today: string, residents: readonly DemoResident[], companies: readonly DemoCompany[], driving: DemoDriving,
): DemoRecord[] => {
  const random = randomOf(seed, 'registers');
  const people = new Map(residents.map(person => [person.id, person]));
  return [
    ...residents.map(populationRow),
    // Whom a second number stands for is for people to find out: it has no subject.
    ...doublesOf(seed, residents).map((person) => ({ ...populationRow(person), subject: undefined })),
    ...residents.flatMap(person => identityCardRow(person, today)),
    ...companies.flatMap(company => companyRows(company, people.get(company.representative)!, random.chance(0.8), random.int(1, 60))),
    ...drivingRows(driving, people, today),
    ...specialRows(seed, today, residents),
  ];
};
