import { Type } from 'typebox';
import { text, valid, type Register, type RegisterField } from '@zhengwu/pack';

const schema = (properties: Parameters<typeof Type.Object>[0]): Record<string, unknown> =>
  Type.Object(properties, { additionalProperties: false }) as unknown as Record<string, unknown>;

const open = { class: '1' } as const;
const uscc: RegisterField = { key: 'uscc', label: text('统一社会信用代码', 'Unified social credit code'), class: 'public', identifier: 'uscc' };
const registeredOn: RegisterField = { key: 'registeredOn', label: text('登记日期', 'Registered'), class: 'public' };
const status: RegisterField = {
  key: 'status', label: text('状态', 'Status'), class: 'public',
  values: {
    active: text('存续', 'Active'), abnormal: text('经营异常', 'Abnormal'), revoked: text('吊销', 'Revoked'), cancelled: text('注销', 'Cancelled'), suspended: text('暂停', 'Suspended'),
    reserved: text('已保留', 'Reserved'), registered: text('已登记', 'Registered'), released: text('已释放', 'Released'), restricted: text('受限', 'Restricted'), lifted: text('已解除', 'Lifted'),
  },
};
const activity = Type.Enum(['active', 'suspended', 'cancelled']);
const none = (inner: object): ReturnType<typeof Type.Unsafe> => Type.Unsafe<string | null>({ anyOf: [inner, { type: 'null' }] });

/** The city's register of legal entities (GB/T 21063 base register 法人). */
const enterprises: Register = {
  code: 'enterprises',
  name: text('法人单位基础信息库', 'Register of legal entities'),
  schema: schema({
    uscc: valid.uscc, name: valid.line(100), kind: valid.line(40), legalRepresentative: valid.line(50), legalRepresentativeNumber: valid.citizenNumber,
    capital: Type.Integer({ minimum: 0 }), scope: valid.paragraph(2000), address: valid.line(200), division: valid.division, foundedOn: valid.day,
    status: Type.Enum(['active', 'abnormal', 'revoked', 'cancelled']),
  }),
  key: 'uscc', subject: 'company', keeper: 'YC-SC', sharing: open,
  category: 'legal',
  sources: [text('市场主体登记', 'Registration of companies'), text('企业年度报告', 'Yearly reports of companies')],
  retention: { years: 'permanent', basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['name', 'kind', 'legalRepresentative', 'scope', 'address', 'foundedOn', 'status'] },
    { code: 'code-right', name: text('统一社会信用代码校验码正确（GB 32100）', 'Social credit codes pass their check character (GB 32100)'), kind: 'validity', fields: ['uscc'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['capital', 'division', 'foundedOn', 'status'] },
    { code: 'name-once', name: text('同一区划内企业不重名', 'No name twice in a division'), kind: 'uniqueness', fields: ['division', 'name'] },
    { code: 'representative-known', name: text('法定代表人在人口库', 'The legal representative is on the population register'), kind: 'consistency', fields: ['legalRepresentativeNumber'], register: 'population' },
    { code: 'yearly-report', name: text('一年内有年报或变更', 'Reported or changed within the year'), kind: 'timeliness', fields: ['status'], withinDays: 400 },
    { code: 'founded', name: text('成立日期不晚于今天', 'Founded by today'), kind: 'validity', fields: ['foundedOn'], holds: 'foundedOn <= today' },
  ],
  fields: [
    uscc,
    { key: 'name', label: text('名称', 'Name'), class: 'public' },
    { key: 'kind', label: text('类型', 'Kind'), class: 'public' },
    { key: 'legalRepresentative', label: text('法定代表人', 'Legal representative'), class: 'public' },
    { key: 'legalRepresentativeNumber', label: text('法定代表人身份号码', 'Number of the legal representative'), class: 'sensitive', departments: ['YC-SC', 'YC-GA'], identifier: 'citizenNumber' },
    { key: 'capital', label: text('注册资本（分）', 'Registered capital (fen)'), class: 'public' },
    { key: 'scope', label: text('经营范围', 'Business scope'), class: 'public' },
    { key: 'address', label: text('住所', 'Address'), class: 'public' },
    { key: 'division', label: text('行政区划', 'Division'), class: 'public', identifier: 'division' },
    { key: 'foundedOn', label: text('成立日期', 'Founded'), class: 'public' },
    status,
  ],
};

const companyNames: Register = {
  code: 'company-names',
  name: text('企业名称库', 'Register of company names'),
  schema: schema({
    name: valid.line(100), status: Type.Enum(['reserved', 'registered', 'released']), since: valid.day,
    uscc: none({ type: 'string', pattern: '^[0-9A-HJ-NP-RTUWXY]{18}$' }),
  }),
  key: 'name', subject: 'none', keeper: 'YC-SC', sharing: open,
  category: 'legal',
  sources: [text('企业名称登记', 'Registration of names')],
  retention: { years: 30, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['status', 'since'] },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['status', 'since'] },
    { code: 'company-known', name: text('使用名称的企业在法人库', 'The company that bears it is on the register of legal entities'), kind: 'consistency', fields: ['uscc'], register: 'enterprises' },
    { code: 'same-name', name: text('与法人库名称一致', 'The company bears this name on the register of legal entities'), kind: 'consistency', fields: ['uscc'], register: 'enterprises', holds: 'status != "registered" or other.name = name' },
  ],
  fields: [
    { key: 'name', label: text('名称', 'Name'), class: 'public' },
    status,
    { key: 'since', label: text('自', 'Since'), class: 'public' },
    { ...uscc, key: 'uscc' },
  ],
};

const restricted: Register = {
  code: 'restricted-persons',
  name: text('任职资格受限人员名录', 'Persons barred from office'),
  schema: schema({ citizenNumber: valid.citizenNumber, status: Type.Enum(['restricted', 'lifted']), cause: valid.line(200), until: none({ type: 'string', format: 'date' }) }),
  key: 'citizenNumber', subject: 'person', keeper: 'YC-SC',
  sharing: { class: '2', condition: text('登记机关核查任职资格时使用', 'For registrars who check qualifications') },
  category: 'credit',
  sources: [text('登记机关和司法机关通报', 'Notices of registrars and courts')],
  retention: { years: 10, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['status', 'cause'] },
    { code: 'number-right', name: text('公民身份号码校验码正确（GB 11643）', 'Citizen numbers pass their check digit (GB 11643)'), kind: 'validity', fields: ['citizenNumber'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['status', 'until'] },
    { code: 'person-known', name: text('人员在人口库', 'The person is on the population register'), kind: 'consistency', fields: ['citizenNumber'], register: 'population' },
  ],
  fields: [
    { key: 'citizenNumber', label: text('公民身份号码', 'Citizen number'), class: 'sensitive', departments: ['YC-SC'], identifier: 'citizenNumber' },
    status,
    { key: 'cause', label: text('原因', 'Cause'), class: 'sensitive', departments: ['YC-SC'] },
    { key: 'until', label: text('至', 'Until'), class: 'internal' },
  ],
};

const taxes: Register = {
  code: 'tax-registrations',
  name: text('税务登记库', 'Tax registrations'),
  schema: schema({ uscc: valid.uscc, taxpayerKind: Type.Enum(['small', 'general']), taxAuthority: valid.line(60), registeredOn: valid.day, status: activity }),
  key: 'uscc', subject: 'company', keeper: 'YC-SW', sharing: { class: '2', condition: text('依职权使用', 'Within one’s powers') },
  category: 'legal',
  sources: [text('税务数据中心回流', 'Flowing back from the tax centre')],
  retention: { years: 10, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['taxpayerKind', 'taxAuthority', 'registeredOn', 'status'] },
    { code: 'code-right', name: text('统一社会信用代码校验码正确（GB 32100）', 'Social credit codes pass their check character (GB 32100)'), kind: 'validity', fields: ['uscc'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['taxpayerKind', 'registeredOn', 'status'] },
    { code: 'entity-known', name: text('主体在法人库', 'The entity is on the register of legal entities'), kind: 'consistency', fields: ['uscc'], register: 'enterprises' },
    { code: 'not-of-the-dissolved', name: text('注销企业没有正常的税务登记', 'A company that is dissolved is not registered as active'), kind: 'consistency', fields: ['uscc'], register: 'enterprises', holds: 'status != "active" or other.status != "cancelled"' },
  ],
  fields: [uscc, { key: 'taxpayerKind', label: text('纳税人类型', 'Kind of taxpayer'), class: 'internal' }, { key: 'taxAuthority', label: text('主管税务机关', 'Tax authority'), class: 'internal' }, registeredOn, status],
};

const seals: Register = {
  code: 'seal-filings',
  name: text('印章备案库', 'Seal filings'),
  schema: schema({ uscc: valid.uscc, seals: Type.Array(Type.Enum(['official', 'finance', 'contract', 'invoice'])), filedOn: valid.day, status: activity }),
  key: 'uscc', subject: 'company', keeper: 'YC-GA-YZ', sharing: { class: '2', condition: text('核验印章时使用', 'To check a seal') },
  category: 'legal',
  sources: [text('印章备案', 'Filing of seals')],
  retention: { years: 10, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['seals', 'filedOn', 'status'] },
    { code: 'code-right', name: text('统一社会信用代码校验码正确（GB 32100）', 'Social credit codes pass their check character (GB 32100)'), kind: 'validity', fields: ['uscc'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['filedOn', 'status'] },
    { code: 'entity-known', name: text('主体在法人库', 'The entity is on the register of legal entities'), kind: 'consistency', fields: ['uscc'], register: 'enterprises' },
  ],
  fields: [uscc, { key: 'seals', label: text('印章种类', 'Seals'), class: 'internal' }, { key: 'filedOn', label: text('备案日期', 'Filed'), class: 'internal' }, status],
};

const insurance: Register = {
  code: 'social-insurance-units',
  name: text('社会保险参保单位库', 'Units in social insurance'),
  schema: schema({ uscc: valid.uscc, employees: Type.Integer({ minimum: 0 }), registeredOn: valid.day, status: activity }),
  key: 'uscc', subject: 'company', keeper: 'YC-RS', sharing: { class: '2', condition: text('依职权使用', 'Within one’s powers') },
  category: 'legal',
  sources: [text('社会保险登记', 'Registration for social insurance')],
  retention: { years: 10, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['employees', 'registeredOn', 'status'] },
    { code: 'code-right', name: text('统一社会信用代码校验码正确（GB 32100）', 'Social credit codes pass their check character (GB 32100)'), kind: 'validity', fields: ['uscc'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['employees', 'registeredOn', 'status'] },
    { code: 'entity-known', name: text('主体在法人库', 'The entity is on the register of legal entities'), kind: 'consistency', fields: ['uscc'], register: 'enterprises' },
  ],
  fields: [uscc, { key: 'employees', label: text('参保人数', 'Insured employees'), class: 'internal' }, registeredOn, status],
};

export const registers: Register[] = [enterprises, companyNames, restricted, taxes, seals, insurance];
