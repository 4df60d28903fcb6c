import { Errors } from 'typebox/value';
import type { TSchema } from 'typebox';
import type { PackData } from '../schema/pack.ts';
import type { Register } from '../schema/register.ts';
import type { PackEngines } from './engines.ts';
import { finding, rule, type Finding } from './finding.ts';

const fields = rule('register.fields', '字段说明与模式不一致：{detail}', 'Fields and schema differ: {detail}',
  '模式中的每个属性都要有一个字段说明，反之亦然。', 'Each property of the schema needs a field, and the other way round.');
const keyed = rule('register.key', '标识字段不在字段说明中：{detail}', 'The key is not among the fields: {detail}', '把 key 指向一个字段。', 'Point key at a field.');
const identified = rule('register.subject-key', '以人或企业为主体的基础库须以其号码为标识', 'A register about people or companies is keyed by their number',
  '标识字段设 identifier 为 citizenNumber 或 uscc。', 'Give the key field the identifier citizenNumber or uscc.');
const shared = rule('register.sharing', '共享类别 {detail} 缺少说明', 'Sharing class {detail} lacks its condition or law',
  '有条件共享须写条件，不予共享须引用法律或政策（令809）。', 'Class 2 needs a condition, class 3 must cite the law or policy.');
const sensitive = rule('register.sensitive-readers', '敏感字段没有列出可读部门：{detail}', 'A sensitive field names no department that may read it: {detail}',
  '列出 departments，或降低类别。', 'List departments, or lower the class.');
const measured = rule('register.quality', '质量规则有误：{detail}', 'A quality rule is wrong: {detail}',
  '代码不得重复；字段须已声明；及时性写 withinDays，一致性写 register 或 holds。', 'Codes are unique, fields declared; timeliness gives withinDays, consistency gives register or holds.');
const empty = rule('pack.empty', '没有事项、基础库、指标或接收规则', 'There is no service, register, indicator or intake', '至少声明其中一种。', 'Declare at least one of them.');
const intakeRegister = rule('intake.register', '接收规则写入的基础库或字段不存在：{detail}', 'An intake writes to a register or field that is not there: {detail}', '改正 register 或 parts。', 'Correct register or parts.');
const fixture = rule('fixture.record', '示例数据不合模式：{detail}', 'A fixture does not fit its register: {detail}', '按模式改正数据。', 'Correct the data to fit the schema.');

export const propertiesOf = (schema: unknown): string[] => {
  const { properties } = (schema ?? {}) as { properties?: Record<string, unknown> };
  return Object.keys(properties ?? {});
};

const checkQuality = ({ quality = [], fields: declared }: Register, at: string): Finding[] => quality.flatMap((one, i) => {
  const isTwice = quality.findIndex(({ code }) => code === one.code) < i;
  const lacks = one.kind === 'timeliness' ? one.withinDays === undefined : one.kind === 'consistency' && one.register === undefined && one.holds === undefined;
  const odd = one.fields.filter((key) => !declared.some((field) => field.key === key));
  return [...(isTwice || lacks ? [one.code] : []), ...odd.map((key) => `${one.code} ${key}`)].map((detail) => finding(measured, `${at}/quality/${i}`, detail));
});

const checkRegister = (register: Register, at: string): Finding[] => {
  const given = register.fields.map((field) => field.key);
  const asked = propertiesOf(register.schema);
  const odd = [...given.filter((key) => !asked.includes(key)), ...asked.filter((key) => !given.includes(key))];
  const key = register.fields.find((field) => field.key === register.key);
  const wanted = { person: 'citizenNumber', company: 'uscc', none: undefined }[register.subject];
  const { class: sharing, condition, basis } = register.sharing;
  return [
    ...odd.map((one) => finding(fields, `${at}/fields`, one)),
    ...(key ? [] : [finding(keyed, `${at}/key`, register.key)]),
    ...(wanted !== undefined && key?.identifier !== wanted ? [finding(identified, `${at}/key`)] : []),
    ...((sharing === '2' && !condition) || (sharing === '3' && !basis) ? [finding(shared, `${at}/sharing`, sharing)] : []),
    ...register.fields.flatMap((field, i) =>
      field.class === 'sensitive' && !field.departments?.length ? [finding(sensitive, `${at}/fields/${i}`, field.key)] : []),
    ...checkQuality(register, at),
  ];
};

/** Everything wrong with one record of a register: schema and check digits. */
export const recordIssues = (register: Register, record: Record<string, unknown>, engines: Pick<PackEngines, 'isIdentifier'>): string[] => [
  ...Errors(register.schema as TSchema, record).map((error) => `${error.instancePath} ${error.message}`),
  ...register.fields.flatMap((field) => {
    const value = record[field.key];
    if (!field.identifier || typeof value !== 'string') return [];
    return engines.isIdentifier(field.identifier, value) ? [] : [`/${field.key} ${field.identifier}`];
  }),
];

/** An intake writes fields of a register that this pack declares, or of one that it says others keep. */
const checkIntakes = (pack: PackData): Finding[] => (pack.intakes ?? []).flatMap((intake, i) => {
  const register = pack.registers.find((one) => one.code === intake.register);
  if (!register) return pack.usesRegisters.includes(intake.register) ? [] : [finding(intakeRegister, `/intakes/${i}`, intake.register)];
  const odd = intake.parts.filter(({ to }) => !register.fields.some(({ key }) => key === to)).map(({ to }) => to);
  return odd.map((name) => finding(intakeRegister, `/intakes/${i}/parts`, name));
});

export const checkRegisters = (pack: PackData, engines: PackEngines): Finding[] => [
  ...(pack.services.length + pack.registers.length + (pack.indicators?.length ?? 0) + (pack.intakes?.length ?? 0) === 0 ? [finding(empty, '/services')] : []),
  ...checkIntakes(pack),
  ...pack.registers.flatMap((register, i) => checkRegister(register, `/registers/${i}`)),
  ...pack.fixtures.flatMap((one, i) => {
    const register = pack.registers.find((candidate) => candidate.code === one.register);
    if (!register) return pack.usesRegisters.includes(one.register) ? [] : [finding(fixture, `/fixtures/${i}`, one.register)];
    return recordIssues(register, one.data, engines).map((issue) => finding(fixture, `/fixtures/${i}/data`, issue));
  }),
];
