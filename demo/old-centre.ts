import { composeCitizenNumber } from '@zhengwu/ids';
import type { City } from './city.ts';
import { usccOf } from './identifiers.ts';
import { randomOf } from './random.ts';

type Cell = string | number | null;

/** An old data centre of a district as plain tables, with names, codes and faults of its own. */
export interface OldCentre {
  code: string;
  name: { zh: string; en: string };
  tables: { name: string; columns: readonly string[]; rows: Cell[][] }[];
}

const DISTRICT = '990102';
const STATES: Readonly<Record<string, string>> = { active: '01', abnormal: '02', revoked: '03', cancelled: '09' };
const FEN_PER_WAN = 1_000_000;
/** Companies that only the district ever entered. */
const OWN = 12;

/** Days as three generations of clerks wrote them. */
const dayAs = (day: string, style: number): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return [`${year}/${String(Number(month))}/${String(Number(date))}`, `${year}${month}${date}`, `${year}年${String(Number(month))}月${String(Number(date))}日`][style % 3] as string;
};

type Company = Record<'uscc' | 'name' | 'kind' | 'legalRepresentative' | 'legalRepresentativeNumber' | 'scope' | 'address' | 'division' | 'foundedOn' | 'status', string> & { capital: number };

const rowOf = (one: Company, style: number): Cell[] => [
  one.uscc, one.name, one.kind, one.legalRepresentative, one.legalRepresentativeNumber, String(one.capital / FEN_PER_WAN), one.scope, one.address, one.division, dayAs(one.foundedOn, style), STATES[one.status] ?? '01',
];

const ownCompany = (n: number): Company => ({
  uscc: usccOf('9', '1', DISTRICT, 77_000_000 + n), name: `云川鹭汀${['晨光', '新桥', '望海', '春雨', '老街', '石榴', '白帆', '书屋', '青苔', '桂香', '码头', '小巷'][n] ?? String(n)}商店`, kind: '个人独资企业',
  legalRepresentative: `店主${String(n + 1)}`, legalRepresentativeNumber: composeCitizenNumber({ division: DISTRICT, birth: '1971-04-12', sequence: 301 + n * 2 }), capital: (5 + n) * FEN_PER_WAN, scope: '日用百货零售',
  address: `云川市鹭汀区老街${String(n + 1)}号`, division: DISTRICT, foundedOn: `2011-0${String((n % 9) + 1)}-15`, status: 'active',
});

/** The old centre of Luting: most of what the city knows, some of it out of date, some twice, some wrong, and a little that only the district has. */
export const oldCentreOf = (city: City): OldCentre => {
  const random = randomOf(city.seed, 'old-centre');
  const known = city.records.filter(({ register, data }) => register === 'enterprises' && data['division'] === DISTRICT).map(({ data }) => data as unknown as Company);
  const rows = known.map((one, i) => rowOf(random.chance(0.06) ? { ...one, address: `${one.address}（旧址）` } : one, i));
  const own = Array.from({ length: OWN }, (_, n) => rowOf(ownCompany(n), n));
  const wrong = rowOf({ ...ownCompany(3), uscc: '91990102MA00000000' }, 0);
  const nameless = rowOf({ ...ownCompany(4), uscc: '' }, 1);
  return {
    code: 'luting', name: { zh: '鹭汀区数据中心（旧）', en: 'Data centre of Luting (old)' },
    tables: [
      { name: 'QY_JBXX', columns: ['XYDM', 'QYMC', 'QYLX', 'FRXM', 'FRSFZH', 'ZCZB', 'JYFW', 'ZS', 'XZQH', 'CLRQ', 'ZT'], rows: [...rows, ...own, ...rows.slice(0, 2), wrong, nameless] },
      { name: 'BGYP', columns: ['WPMC', 'SL'], rows: [['打印纸', 40], ['硒鼓', 6]] },
    ],
  };
};
