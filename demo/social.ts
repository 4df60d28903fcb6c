import type { DemoCompany } from './companies.ts';
import { ageOn, shiftYear } from './dates.ts';
import type { DemoRecord } from './registers.ts';
import type { DemoResident } from './residents.ts';

const cause = '演示数据初始导入';
/** Children up to this age were registered with the certificates that the register of births holds. */
const YOUNG = 6;
/** Most draw their pension from here on. */
const RETIRED = 62;

const childRows = (child: DemoResident, parent: DemoResident, n: number): DemoRecord[] => {
  const certificateNumber = `A${String(980_000_000 + n)}`;
  const common = { key: certificateNumber, validFrom: child.birth, cause };
  return [
    { ...common, register: 'births', data: {
      certificateNumber, childName: child.name, sex: child.sex === 'male' ? '男' : '女', bornOn: child.birth, parent: parent.number, household: child.household, status: 'registered',
    } },
    { ...common, register: 'resident-insurance', data: { certificateNumber, insured: child.name, payer: parent.number, from: child.birth, status: 'active' } },
  ];
};

const pensionRow = (person: DemoResident, n: number): DemoRecord => {
  const from = shiftYear(person.birth, 60);
  return { register: 'pensions', key: person.number, subject: person.id, validFrom: from, cause, data: {
    citizenNumber: person.number, from, kind: person.socialInsurance || n % 3 === 0 ? 'employee' : 'resident', account: `6200${String(10_000_000_000 + n)}`, status: 'active',
  } };
};

const unitRow = (company: DemoCompany, n: number): DemoRecord => ({
  register: 'housing-fund-units', key: company.uscc, subject: company.id, validFrom: company.founded, cause,
  data: { uscc: company.uscc, name: company.name, rate: 5 + (n % 8), employees: 1 + (n % 40), registeredOn: company.founded, status: 'active' },
});

/** First records of what follows people and companies through life: births, insurance of children, pensions, the housing fund. */
export const socialRowsOf = (today: string, residents: readonly DemoResident[], companies: readonly DemoCompany[]): DemoRecord[] => {
  const heads = new Map(residents.filter(({ relation }) => relation === '户主').map((person) => [person.household, person]));
  const children = residents.filter(({ birth, household, relation }) => ageOn(birth, today) < YOUNG && relation !== '户主' && heads.has(household));
  const retired = residents.filter(({ birth, username }) => username === null && ageOn(birth, today) >= RETIRED);
  return [
    ...children.flatMap((child, n) => childRows(child, heads.get(child.household) as DemoResident, n)),
    ...retired.map(pensionRow),
    ...companies.filter(({ status }, n) => status === '存续' && n % 2 === 0).map(unitRow),
  ];
};
