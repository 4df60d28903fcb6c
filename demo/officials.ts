import type { Text } from '@zhengwu/contracts';
import { departmentOf } from './organisation.ts';
import { randomOf } from './random.ts';
import { given, surnames } from './words.ts';

export type DemoRole =
  | 'window' | 'reviewer' | 'approver' | 'countersigner' | 'supervisor' | 'leader'
  | 'administrator' | 'security' | 'auditor' | 'clerk' | 'steward' | 'dataCentre';

/** A seat in a department; it holds roles, and a person holds it. */
export interface DemoPost {
  code: string;
  department: number;
  name: Text;
  roles: DemoRole[];
}

export interface DemoOfficial {
  id: string;
  username: string;
  name: string;
  sex: 'male' | 'female';
  posts: string[];
  /** 0 public … 4 top secret; the extranet knows 0 and 1 only. */
  clearance: number;
  phone: string;
  email: string;
}

const postNames: Readonly<Record<DemoRole, Text>> = {
  window: { zh: '综合窗口', en: 'Window clerk' },
  reviewer: { zh: '审核岗', en: 'Reviewer' },
  approver: { zh: '审批岗', en: 'Approver' },
  countersigner: { zh: '会签岗', en: 'Countersigner' },
  supervisor: { zh: '督办岗', en: 'Supervisor' },
  leader: { zh: '负责人', en: 'Head' },
  administrator: { zh: '系统管理岗', en: 'System administrator' },
  security: { zh: '安全保密管理岗', en: 'Security administrator' },
  auditor: { zh: '安全审计岗', en: 'Audit administrator' },
  clerk: { zh: '办事岗', en: 'Clerk' },
  steward: { zh: '数据专员', en: 'Data steward' },
  dataCentre: { zh: '数据中心管理岗', en: 'Data centre officer' },
};

/** User name, department, role, and further departments in which the same seat is held. */
type StaffRow = readonly [username: string, department: string, role: DemoRole, also?: readonly string[]];

/** Window clerks of the services centre sit for every agency that takes applications there (综合窗口). */
const served = ['YC-GA-HZ', 'YC-GA-JG', 'YC-SC'] as const;

/** The city's officials; the first of each kind are the ones a visitor signs in with. */
const cityStaff: readonly StaffRow[] = [
  ['window01', 'YC-ZW', 'window', served], ['window02', 'YC-ZW', 'window', served], ['window03', 'YC-ZW', 'window', served],
  ['reviewer01', 'YC-GA-HZ', 'reviewer'], ['approver01', 'YC-GA-HZ', 'approver'], ['reviewer02', 'YC-GA-HZ', 'reviewer'],
  ['market01', 'YC-SC', 'reviewer'], ['market02', 'YC-SC', 'approver'], ['market03', 'YC-SC', 'reviewer'],
  ['tax01', 'YC-SW', 'countersigner'], ['tax02', 'YC-SW', 'countersigner'],
  ['seal01', 'YC-GA-YZ', 'countersigner'], ['seal02', 'YC-GA-YZ', 'countersigner'],
  ['social01', 'YC-RS', 'countersigner'], ['social02', 'YC-RS', 'countersigner'],
  ['traffic01', 'YC-GA-JG', 'reviewer'], ['traffic02', 'YC-GA-JG', 'approver'], ['traffic03', 'YC-GA-JG', 'window'],
  ['supervisor', 'YC-ZW', 'supervisor'], ['supervisor02', 'YC-ZW', 'supervisor'],
  ['admin', 'YC-DSJ', 'administrator'], ['security', 'YC-DSJ', 'security'], ['audit', 'YC-DSJ', 'auditor'],
  ['mayor', 'YC', 'leader'],
  ...(['GA', 'SC', 'SW', 'RS', 'ZW', 'ZJ', 'WJ', 'JY', 'MZ', 'CZ', 'FG', 'DSJ'] as const)
    .map((code): StaffRow => [`head-${code.toLowerCase()}`, `YC-${code}`, 'leader']),
  ['building01', 'YC-ZJ', 'countersigner'], ['health01', 'YC-WJ', 'countersigner'], ['education01', 'YC-JY', 'countersigner'], ['clerk-mz', 'YC-MZ', 'clerk'],
];

/** Each district: a head, a window, a reviewer in household registration and in market regulation, a traffic clerk. */
const districtStaff: readonly StaffRow[] = [
  'LT', 'YL', 'JW', 'QW',
].flatMap((code): StaffRow[] => [
  [`${code.toLowerCase()}-head`, `${code}-ZF`, 'leader'],
  [`${code.toLowerCase()}-window`, `${code}-ZW`, 'window'],
  [`${code.toLowerCase()}-reviewer`, `${code}-GA-HZ`, 'reviewer'],
  [`${code.toLowerCase()}-market`, `${code}-SC`, 'reviewer'],
  [`${code.toLowerCase()}-traffic`, `${code}-GA-JG`, 'clerk'],
]);

/** Who keeps the data: the city's data centre, and a steward in each department that keeps a register. */
const dataStaff: readonly StaffRow[] = [
  ['data01', 'YC-DSJ', 'dataCentre'], ['data02', 'YC-DSJ', 'dataCentre'],
  ['data-ga', 'YC-GA', 'steward'], ['data-sc', 'YC-SC', 'steward'], ['data-sw', 'YC-SW', 'steward'],
];

const staff = [...cityStaff, ...districtStaff, ...dataStaff];

export const postCode = (department: string, role: DemoRole): string => `${department}.${role}`;

/** What one seat is trusted with: a countersigner in the parallel handling also handles the agency's own step there. */
const rolesOf = (role: DemoRole): DemoRole[] => (role === 'countersigner' ? ['countersigner', 'reviewer'] : [role]);

const seatsOf = ([, department, role, also = []]: StaffRow): (readonly [string, DemoRole])[] =>
  [department, ...also].map(one => [one, role] as const);

/** One post per department and role in use. */
export const posts: readonly DemoPost[] = [...new Map(staff.flatMap(seatsOf).map(([department, role]) => {
  const at = departmentOf(department);
  const code = postCode(department, role);
  const post: DemoPost = {
    code,
    department: at.id,
    name: { zh: `${at.shortName.zh}${postNames[role].zh}`, en: `${at.shortName.en}: ${postNames[role].en}` },
    roles: rolesOf(role),
  };
  return [code, post] as const;
})).values()];

/** The first seat of an official. Throws when there is no such user name: a slip in our own data. */
export const postOf = (username: string): DemoPost => {
  const row = staff.find(([name]) => name === username);
  const post = row && posts.find((one) => one.code === postCode(row[1], row[2]));
  if (!post) throw new Error(`demo: no official ${username}`);
  return post;
};

/** The 65 officials with their posts. */
export const officialsOf = (seed: number, at: number): DemoOfficial[] => {
  const random = randomOf(seed, 'officials');
  return staff.map((row, index) => {
    const [username] = row;
    const sex = random.chance(0.5) ? 'male' : 'female';
    return {
      id: random.uuid(at + index),
      username,
      name: random.pick(surnames) + random.pick(given[sex]) + (random.chance(0.6) ? random.pick(given.shared) : ''),
      sex,
      posts: seatsOf(row).map(([department, role]) => postCode(department, role)),
      clearance: 1,
      phone: `122${String(10_000_000 + index)}`,
      email: `${username}@yunchuan.example`,
    };
  });
};
