import type { Text } from '@zhengwu/contracts';

export interface DemoDivision {
  /** Six digits in the style of GB/T 2260; 99 is no real province. */
  code: string;
  parent: string | null;
  level: 'city' | 'district';
  name: Text;
}

/** A node of the directory with both lines of authority above it (条块). */
export interface DemoDepartment {
  id: number;
  code: string;
  division: string;
  name: Text;
  shortName: Text;
  regionParent: number | null;
  lineParent: number | null;
  /** False for a section inside an agency, which has no legal personality of its own. */
  isAgency: boolean;
  /** Nine characters of the body code from which the unified social credit code is made. */
  bodyNumber: number;
  address: Text;
  phone: string;
  complaintPhone: string;
}

const text = (zh: string, en: string): Text => ({ zh, en });

export const cityDivision = '990100';
export const districtDivisions = ['990102', '990103', '990104', '990105'] as const;

export const divisions: readonly DemoDivision[] = [
  { code: '990100', parent: null, level: 'city', name: text('云川市', 'Yunchuan') },
  { code: '990102', parent: '990100', level: 'district', name: text('鹭汀区', 'Luting District') },
  { code: '990103', parent: '990100', level: 'district', name: text('云麓区', 'Yunlu District') },
  { code: '990104', parent: '990100', level: 'district', name: text('霁湾区', 'Jiwan District') },
  { code: '990105', parent: '990100', level: 'district', name: text('栖梧区', 'Qiwu District') },
];

type CityRow = readonly [id: number, code: string, zh: string, en: string, shortZh: string, shortEn: string, parent: number | null];

const government = 1;

const cityRows: readonly CityRow[] = [
  [government, 'YC', '云川市人民政府', "Yunchuan People's Government", '市政府', 'City Government', null],
  [10, 'YC-GA', '云川市公安局', 'Yunchuan Public Security Bureau', '市公安局', 'Public Security', government],
  [11, 'YC-GA-HZ', '云川市公安局户政支队', 'Household Registration Division', '户政支队', 'Household Registration', 10],
  [12, 'YC-GA-JG', '云川市公安局交通警察支队', 'Traffic Police Division', '交警支队', 'Traffic Police', 10],
  [13, 'YC-GA-YZ', '云川市公安局印章管理科', 'Seal Administration Section', '印章管理科', 'Seal Administration', 10],
  [20, 'YC-SC', '云川市市场监督管理局', 'Yunchuan Market Regulation Bureau', '市市场监管局', 'Market Regulation', government],
  [30, 'YC-SW', '云川市税务局', 'Yunchuan Tax Bureau', '市税务局', 'Tax', government],
  [40, 'YC-RS', '云川市人力资源和社会保障局', 'Yunchuan Human Resources and Social Security Bureau', '市人社局', 'Social Security', government],
  [50, 'YC-ZW', '云川市政务服务局', 'Yunchuan Government Services Bureau', '市政务服务局', 'Government Services', government],
  [60, 'YC-ZJ', '云川市住房和城乡建设局', 'Yunchuan Housing and Construction Bureau', '市住建局', 'Housing and Construction', government],
  [70, 'YC-WJ', '云川市卫生健康委员会', 'Yunchuan Health Commission', '市卫健委', 'Health', government],
  [80, 'YC-JY', '云川市教育局', 'Yunchuan Education Bureau', '市教育局', 'Education', government],
  [90, 'YC-MZ', '云川市民政局', 'Yunchuan Civil Affairs Bureau', '市民政局', 'Civil Affairs', government],
  [100, 'YC-CZ', '云川市财政局', 'Yunchuan Finance Bureau', '市财政局', 'Finance', government],
  [110, 'YC-FG', '云川市发展和改革委员会', 'Yunchuan Development and Reform Commission', '市发改委', 'Development and Reform', government],
  [120, 'YC-DSJ', '云川市大数据管理局', 'Yunchuan Data Administration', '市大数据局', 'Data Administration', government],
];

interface DistrictPart {
  offset: number;
  code: string;
  zh: string;
  en: string;
  shortZh: string;
  shortEn: string;
  /** Offset of the parent in the region; null for the district government itself, which answers to the city's. */
  parent: number | null;
  lineParent: number | null;
}

const districtParts: readonly DistrictPart[] = [
  { offset: 0, code: 'ZF', zh: '人民政府', en: "People's Government", shortZh: '区政府', shortEn: 'District Government', parent: null, lineParent: null },
  { offset: 10, code: 'GA', zh: '公安分局', en: 'Public Security Branch', shortZh: '公安分局', shortEn: 'Public Security', parent: 0, lineParent: 10 },
  { offset: 11, code: 'GA-HZ', zh: '公安分局户政大队', en: 'Household Registration Unit', shortZh: '户政大队', shortEn: 'Household Registration', parent: 10, lineParent: 11 },
  { offset: 12, code: 'GA-JG', zh: '公安分局交通警察大队', en: 'Traffic Police Unit', shortZh: '交警大队', shortEn: 'Traffic Police', parent: 10, lineParent: 12 },
  { offset: 20, code: 'SC', zh: '市场监督管理局', en: 'Market Regulation Branch', shortZh: '市场监管局', shortEn: 'Market Regulation', parent: 0, lineParent: 20 },
  { offset: 50, code: 'ZW', zh: '政务服务中心', en: 'Government Services Centre', shortZh: '政务服务中心', shortEn: 'Government Services', parent: 0, lineParent: 50 },
];

const districtCodes: Readonly<Record<string, string>> = { '990102': 'LT', '990103': 'YL', '990104': 'JW', '990105': 'QW' };

const phoneOf = (id: number, kind: number): string => `0990-12${String(kind)}${String(id).padStart(5, '0')}`;

const cityDepartment = ([id, code, zh, en, shortZh, shortEn, parent]: CityRow): DemoDepartment => ({
  id,
  code,
  division: cityDivision,
  name: text(zh, en),
  shortName: text(shortZh, shortEn),
  regionParent: parent,
  lineParent: null,
  isAgency: code.split('-').length < 3,
  bodyNumber: 99_000_000 + id,
  address: text(`云川市鹭汀区听潮路${String(100 + id)}号`, `${String(100 + id)} Tingchao Road, Luting District, Yunchuan`),
  phone: phoneOf(id, 1),
  complaintPhone: phoneOf(id, 9),
});

const districtDepartment = (division: DemoDivision, index: number, part: DistrictPart): DemoDepartment => {
  const base = 1000 + index * 100;
  const id = base + part.offset;
  const districtZh = division.name.zh;
  return {
    id,
    code: `${districtCodes[division.code]!}-${part.code}`,
    division: division.code,
    name: text(`云川市${districtZh}${part.zh}`, `${division.name.en} ${part.en}`),
    shortName: text(`${districtZh}${part.shortZh}`, `${division.name.en} ${part.shortEn}`),
    regionParent: part.parent === null ? government : base + part.parent,
    lineParent: part.lineParent,
    isAgency: !part.code.includes('-'),
    bodyNumber: 99_000_000 + id,
    address: text(`云川市${districtZh}政务路${String(part.offset + 1)}号`, `${String(part.offset + 1)} Zhengwu Road, ${division.name.en}, Yunchuan`),
    phone: phoneOf(id, 1),
    complaintPhone: phoneOf(id, 9),
  };
};

/** 16 departments of the city and 6 of each district, parents before children. */
export const departments: readonly DemoDepartment[] = [
  ...cityRows.map(cityDepartment),
  ...divisions
    .filter(division => division.level === 'district')
    .flatMap((division, index) => districtParts.map(part => districtDepartment(division, index, part))),
];

/** The department with this code. Throws when the demo has none: a slip in our own data. */
export const departmentOf = (code: string): DemoDepartment => {
  const found = departments.find(department => department.code === code);
  if (!found) throw new Error(`demo: no department ${code}`);
  return found;
};
