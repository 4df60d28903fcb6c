import { demoPassword, tourAccounts, type DemoAccount } from './accounts.ts';
import { cityMapOf, type FeatureCollection } from './city-map.ts';
import { economyOf } from './economy.ts';
import { geographyOf } from './geography.ts';
import { companiesOf, type DemoCompany } from './companies.ts';
import { drivingOf, type DemoDriving } from './driving.ts';
import { pastCasesOf, type PastCase } from './past.ts';
import { newsOf, type DemoNews } from './news.ts';
import { officialsOf, posts, type DemoOfficial, type DemoPost } from './officials.ts';
import { departments, divisions, type DemoDepartment, type DemoDivision } from './organisation.ts';
import { recordsOf, type DemoRecord } from './registers.ts';
import { socialRowsOf } from './social.ts';
import { residentsOf, type DemoResident } from './residents.ts';
import { roles, type DemoRoleGrants } from './roles.ts';

export interface CitySize {
  residents: number;
  companies: number;
  cases: number;
  buildings: number;
}

export interface CityOptions {
  seed?: number;
  /** Calendar day in Asia/Shanghai from which the past is counted back. */
  today: string;
  size?: Partial<CitySize>;
}

export interface DemoMandate {
  principal: string;
  agent: string;
  basis: 'representative' | 'family';
}

/** An official as the directory takes one in. */
export interface DemoPerson {
  id: string;
  name: string;
  account: string;
  clearance: number;
  phone: string;
  email: string;
  posts: string[];
}

/** Yunchuan as plain data: the same options give the same bytes. */
export interface City {
  seed: number;
  today: string;
  password: string;
  /** In the shape that `loadOrganisation` takes. */
  organisation: {
    divisions: readonly DemoDivision[];
    departments: readonly DemoDepartment[];
    roles: readonly DemoRoleGrants[];
    posts: readonly DemoPost[];
    people: DemoPerson[];
  };
  officials: DemoOfficial[];
  residents: DemoResident[];
  companies: DemoCompany[];
  driving: DemoDriving;
  /** In the shape that `principals.enterAll` takes. */
  principals: { id: string; kind: 'person' | 'institution'; name: string; identifier: string; phone: string | null; email: string | null; division: string }[];
  /** In the shape that `loadMandates` takes: legal representatives of running companies, and a daughter for her mother. */
  mandates: DemoMandate[];
  /** In the shape that `loadAccounts` takes: all officials, and the citizens of the guided tour. */
  accounts: { kind: 'official' | 'citizen'; username: string; person: string; name: string }[];
  /** What the site prints and the portal shows. */
  tour: DemoAccount[];
  /** In the shape that `Registers.load` takes. */
  records: DemoRecord[];
  cases: PastCase[];
  news: DemoNews[];
  map: FeatureCollection;
}

const defaultSize: CitySize = { residents: 10_000, companies: 1_000, cases: 3_000, buildings: 1_500 };

const principalsOf = (residents: readonly DemoResident[], companies: readonly DemoCompany[]): City['principals'] => [
  ...residents.map(({ id, name, number, phone, email, division }) => ({ id, kind: 'person' as const, name, identifier: number, phone, email, division })),
  ...companies.map(({ id, name, uscc, phone, email, division }) => ({ id, kind: 'institution' as const, name, identifier: uscc, phone, email, division })),
];

const mandatesOf = (residents: readonly DemoResident[], companies: readonly DemoCompany[]): DemoMandate[] => {
  const named = (username: string): string => residents.find(one => one.username === username)!.id;
  return [
    ...companies.filter(one => one.status === '存续').map(one => ({ principal: one.id, agent: one.representative, basis: 'representative' as const })),
    { principal: named('citizen06'), agent: named('citizen05'), basis: 'family' },
  ];
};

const accountsOf = (officials: readonly DemoOfficial[], residents: readonly DemoResident[]): City['accounts'] => [
  ...officials.map(({ username, id, name }) => ({ kind: 'official' as const, username, person: id, name })),
  ...residents.flatMap(({ username, id, name }) => (username === null ? [] : [{ kind: 'citizen' as const, username, person: id, name }])),
];

/** Makes the demo city. Pure: no clock, no files, no randomness but the seed's. */
export const makeCity = ({ seed = 2026, today, size }: CityOptions): City => {
  const count = { ...defaultSize, ...size };
  const officials = officialsOf(seed, Date.UTC(2026, 0, 1));
  const residents = residentsOf(seed, count.residents, today);
  const companies = companiesOf(seed, count.companies, today, residents);
  const driving = drivingOf(seed, today, residents);
  const map = cityMapOf(seed, count.buildings);
  const people = officials.map(({ id, name, username: account, clearance, phone, email, posts: held }): DemoPerson => ({ id, name, account, clearance, phone, email, posts: held }));
  return {
    seed, today, password: demoPassword,
    organisation: { divisions, departments, roles, posts, people },
    officials, residents, companies, driving,
    principals: principalsOf(residents, companies),
    mandates: mandatesOf(residents, companies),
    accounts: accountsOf(officials, residents),
    tour: tourAccounts(today),
    records: [...recordsOf(seed, today, residents, companies, driving), ...geographyOf(map), ...economyOf(seed, today, companies), ...socialRowsOf(today, residents, companies)],
    cases: pastCasesOf({ seed, today, residents, driving }, count.cases),
    news: newsOf(today),
    map,
  };
};
