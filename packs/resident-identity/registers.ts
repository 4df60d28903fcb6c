import { Type } from 'typebox';
import { text, valid, type Register } from '@zhengwu/pack';

const schema = (properties: Parameters<typeof Type.Object>[0]): Record<string, unknown> =>
  Type.Object(properties, { additionalProperties: false }) as unknown as Record<string, unknown>;

/** The city's population register (GB/T 21063 base register 人口). */
export const population: Register = {
  code: 'population',
  name: text('人口基础信息库', 'Population register'),
  schema: schema({
    citizenNumber: valid.citizenNumber,
    name: valid.line(50),
    sex: Type.Enum(['男', '女']),
    ethnicity: valid.line(20),
    birth: valid.day,
    address: valid.line(200),
    division: valid.division,
    householdNumber: valid.line(20),
    headOfHousehold: Type.Boolean(),
    marriage: Type.Enum(['未婚', '已婚', '离婚', '丧偶']),
    education: Type.Enum(['小学', '初中', '高中', '大专', '本科', '研究生', '其他']),
    status: Type.Enum(['living', 'deceased', 'moved']),
  }),
  key: 'citizenNumber',
  subject: 'person',
  keeper: 'YC-GA-HZ',
  sharing: { class: '2', condition: text('依职权办理政务服务、经本人授权或法律规定使用', 'For a service within one’s powers, with the person’s consent, or as the law says') },
  category: 'population',
  sources: [text('户口登记', 'Household registration')],
  retention: { years: 'permanent', basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['name', 'sex', 'birth', 'address', 'division', 'status'] },
    { code: 'number-right', name: text('公民身份号码校验码正确（GB 11643）', 'Citizen numbers pass their check digit (GB 11643)'), kind: 'validity', fields: ['citizenNumber'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['sex', 'birth', 'division', 'marriage', 'education', 'status'] },
    { code: 'one-person-one-number', name: text('同名、同日出生、同户的只有一条', 'One record for one name, birth and household'), kind: 'uniqueness', fields: ['name', 'birth', 'householdNumber'] },
    { code: 'birth-by-number', name: text('出生日期与公民身份号码一致（GB 11643）', 'Date of birth agrees with the citizen number (GB 11643)'), kind: 'consistency', fields: ['citizenNumber', 'birth'], holds: 'birth = substring(citizenNumber, 7, 4) + "-" + substring(citizenNumber, 11, 2) + "-" + substring(citizenNumber, 13, 2)' },
    { code: 'sex-by-number', name: text('性别与公民身份号码一致（GB 11643）', 'Sex agrees with the citizen number (GB 11643)'), kind: 'consistency', fields: ['citizenNumber', 'sex'], holds: '(sex = "男") = (modulo(number(substring(citizenNumber, 17, 1)), 2) = 1)' },
  ],
  fields: [
    { key: 'citizenNumber', label: text('公民身份号码', 'Citizen number'), class: 'sensitive', departments: ['YC-GA', 'YC-GA-HZ', 'YC-GA-JG', 'YC-SC'], identifier: 'citizenNumber' },
    { key: 'name', label: text('姓名', 'Name'), class: 'personal' },
    { key: 'sex', label: text('性别', 'Sex'), class: 'personal', values: { 男: text('男', 'Male'), 女: text('女', 'Female') } },
    { key: 'ethnicity', label: text('民族', 'Ethnicity'), class: 'personal' },
    { key: 'birth', label: text('出生日期', 'Date of birth'), class: 'personal' },
    { key: 'address', label: text('户籍地址', 'Household address'), class: 'personal' },
    { key: 'division', label: text('行政区划', 'Division'), class: 'internal', identifier: 'division' },
    { key: 'householdNumber', label: text('户号', 'Household number'), class: 'personal' },
    { key: 'headOfHousehold', label: text('是否户主', 'Head of household'), class: 'personal' },
    { key: 'marriage', label: text('婚姻状况', 'Marriage'), class: 'sensitive', departments: ['YC-GA', 'YC-GA-HZ', 'YC-MZ'] },
    { key: 'education', label: text('文化程度', 'Education'), class: 'personal' },
    { key: 'status', label: text('人员状态', 'Status'), class: 'internal', values: { living: text('在册', 'Registered'), deceased: text('已故', 'Deceased'), moved: text('已迁出', 'Moved away') } },
  ],
};

/** Which resident identity card is in force, and how often one was lost. */
export const identityCards: Register = {
  code: 'identity-cards',
  name: text('居民身份证签发登记', 'Register of resident identity cards'),
  schema: schema({
    citizenNumber: valid.citizenNumber,
    issuedOn: valid.day,
    validUntil: Type.Unsafe<string | null>({ anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] }),
    issuedBy: valid.line(60),
    status: Type.Enum(['valid', 'lost', 'expired', 'cancelled']),
    losses: Type.Integer({ minimum: 0 }),
  }),
  key: 'citizenNumber',
  subject: 'person',
  keeper: 'YC-GA-HZ',
  sharing: { class: '2', condition: text('核验证件有效性时使用', 'To check that a card is valid') },
  category: 'population',
  sources: [text('居民身份证签发', 'Issuing of identity cards')],
  retention: { years: 20, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['issuedOn', 'issuedBy', 'status'] },
    { code: 'number-right', name: text('公民身份号码校验码正确（GB 11643）', 'Citizen numbers pass their check digit (GB 11643)'), kind: 'validity', fields: ['citizenNumber'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['issuedOn', 'validUntil', 'status', 'losses'] },
    { code: 'person-known', name: text('人员在人口库', 'The person is on the population register'), kind: 'consistency', fields: ['citizenNumber'], register: 'population' },
    { code: 'in-order', name: text('签发日期早于有效期止', 'Issued before it ends'), kind: 'validity', fields: ['issuedOn', 'validUntil'], holds: 'issuedOn < validUntil' },
    { code: 'holder-living', name: text('有效证件的持证人在册', 'The holder of a valid card is living'), kind: 'consistency', fields: ['citizenNumber'], register: 'population', holds: 'status != "valid" or other.status != "deceased"' },
  ],
  fields: [
    { key: 'citizenNumber', label: text('公民身份号码', 'Citizen number'), class: 'sensitive', departments: ['YC-GA', 'YC-GA-HZ', 'YC-GA-JG'], identifier: 'citizenNumber' },
    { key: 'issuedOn', label: text('签发日期', 'Issued'), class: 'personal' },
    { key: 'validUntil', label: text('有效期至', 'Valid until'), class: 'personal' },
    { key: 'issuedBy', label: text('签发机关', 'Issued by'), class: 'internal' },
    { key: 'status', label: text('证件状态', 'Status'), class: 'internal', values: { valid: text('有效', 'Valid'), lost: text('挂失', 'Lost'), expired: text('过期', 'Expired'), cancelled: text('注销', 'Cancelled') } },
    { key: 'losses', label: text('挂失次数', 'Times lost'), class: 'internal' },
  ],
};
