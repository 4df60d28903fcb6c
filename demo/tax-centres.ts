import type { Text } from '@zhengwu/contracts';
import { demoPassword, type DemoAccount } from './accounts.ts';
import { companiesOf, type DemoCompany } from './companies.ts';
import { divisions, type DemoDivision } from './organisation.ts';
import { randomOf } from './random.ts';
import type { DemoRecord } from './registers.ts';
import { residentsOf } from './residents.ts';
import { roles, type DemoRoleGrants } from './roles.ts';
import { given, surnames } from './words.ts';

/** A centre of the tax line: the city's, or its superior in the province. */
export type TaxCentreLevel = 'city' | 'province';

/** The tax centre of one level as plain data, in the shapes that the loaders of a site take. */
export interface TaxCentre {
  name: Text;
  city: Text;
  organisation: {
    divisions: Pick<DemoDivision, 'code' | 'parent' | 'name'>[];
    departments: { id: number; code: string; division: string; name: Text; regionParent: null; lineParent: number | null }[];
    roles: readonly DemoRoleGrants[];
    posts: { code: string; department: number; name: Text; roles: string[] }[];
    people: { id: string; name: string; account: string; clearance: number; phone: string; email: string; posts: string[] }[];
  };
  accounts: { kind: 'official'; username: string; person: string; name: string }[];
  principals: { id: string; kind: 'institution'; name: string; identifier: string; phone: string | null; email: string | null; division: string }[];
  records: DemoRecord[];
  tour: DemoAccount[];
}

const text = (zh: string, en: string): Text => ({ zh, en });
const PROVINCE = '990000';
const CITY_BUREAU = 30;
const PROVINCE_BUREAU = 300;

const bureaus = {
  city: { id: CITY_BUREAU, code: 'YC-SW', division: '990100', name: text('云川市税务局', 'Yunchuan Tax Bureau') },
  province: { id: PROVINCE_BUREAU, code: 'PR-SW', division: PROVINCE, name: text('云岭省税务局', 'Yunling Provincial Tax Bureau') },
} as const;

const names = {
  city: text('云川市税务数据中心', 'Yunchuan Tax Centre'),
  province: text('云岭省税务数据中心', 'Yunling Provincial Tax Centre'),
} as const;

/** Seats of a centre: its head, who keeps the data, and the three administrators 三员. */
const seats = [
  ['leader', text('局负责人', 'Head of the bureau'), 'head'],
  ['steward', text('数据专员', 'Data steward'), 'steward'],
  ['dataCentre', text('数据中心管理岗', 'Data centre officer'), 'centre'],
  ['administrator', text('系统管理岗', 'System administrator'), 'admin'],
  ['security', text('安全保密管理岗', 'Security administrator'), 'security'],
  ['auditor', text('安全审计岗', 'Audit administrator'), 'audit'],
] as const;

const statuses = { 存续: 'active', 注销: 'cancelled', 吊销: 'revoked' } as const;

const taxpayerOf = (company: DemoCompany, isSmall: boolean): DemoRecord => ({
  register: 'taxpayers', key: company.uscc, subject: company.id, validFrom: company.founded, cause: '演示数据初始导入',
  data: {
    uscc: company.uscc, name: company.name, kind: company.kind, legalRepresentative: company.representativeName, address: company.address, division: company.division, foundedOn: company.founded,
    businessStatus: statuses[company.status], taxpayerKind: isSmall ? 'small' : 'general', taxAuthority: bureaus.city.name.zh, registeredOn: company.founded,
    status: company.status === '存续' ? 'active' : 'cancelled',
  },
});

const staffOf = (seed: number, level: TaxCentreLevel, post: (role: string) => string): TaxCentre['organisation']['people'] => {
  const random = randomOf(seed, `tax-centre/${level}`);
  return seats.map(([role, , username], index) => ({
    id: random.uuid(Date.UTC(2026, 0, 1) + index), name: random.pick(surnames) + random.pick(given[random.chance(0.5) ? 'male' : 'female']), account: username, clearance: 1,
    phone: `122${String((level === 'city' ? 30_000_000 : 31_000_000) + index)}`, email: `${username}@${level === 'city' ? 'tax.yunchuan' : 'tax.yunling'}.example`, posts: [post(role)],
  }));
};

/** Makes a tax centre of the demo city's world: the same seed and day give the same companies as `makeCity`. */
export const makeTaxCentre = ({ level, today, seed = 2026, size = {} }: { level: TaxCentreLevel; today: string; seed?: number; size?: { residents?: number; companies?: number } }): TaxCentre => {
  const companies = companiesOf(seed, size.companies ?? 1_000, today, residentsOf(seed, size.residents ?? 10_000, today));
  const random = randomOf(seed, 'registers');
  const bureau = bureaus[level];
  const post = (role: string): string => `${bureau.code}.${role}`;
  const people = staffOf(seed, level, post);
  const province = { code: PROVINCE, parent: null, name: text('云岭省', 'Yunling Province') };
  return {
    name: names[level], city: level === 'city' ? text('云川市', 'Yunchuan') : province.name,
    organisation: {
      divisions: [province, ...divisions.map(({ code, parent, name }) => ({ code, parent: parent ?? PROVINCE, name }))],
      departments: [
        { ...bureaus.province, regionParent: null, lineParent: null },
        { ...bureaus.city, regionParent: null, lineParent: PROVINCE_BUREAU },
      ],
      roles,
      posts: seats.map(([role, name]) => ({ code: post(role), department: bureau.id, name, roles: [role] })),
      people,
    },
    accounts: people.map(({ id, name, account }) => ({ kind: 'official', username: account, person: id, name })),
    principals: companies.map(({ id, name, uscc, phone, email, division }) => ({ id, kind: 'institution', name, identifier: uscc, phone, email, division })),
    // The same draws in the same order as the city's register of tax registrations, so that both say the same of each company.
    records: companies.map((company) => {
      const isSmall = random.chance(0.8);
      random.int(1, 60);
      return taxpayerOf(company, isSmall);
    }),
    tour: seats.map(([, who, account]) => ({ account, password: demoPassword, who, for: 'console' })),
  };
};
