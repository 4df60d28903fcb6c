import { Type } from 'typebox';
import { text, valid, type Register } from '@zhengwu/pack';

/** Taxpayers as the tax line keeps them (税收征管法 §15: registration within 30 days of the business licence). */
const taxpayers: Register = {
  code: 'taxpayers',
  name: text('纳税人登记库', 'Register of taxpayers'),
  schema: Type.Object({
    uscc: valid.uscc, name: valid.line(100), kind: valid.line(40), legalRepresentative: valid.line(50), address: valid.line(200), division: valid.division, foundedOn: valid.day,
    businessStatus: Type.Enum(['active', 'abnormal', 'revoked', 'cancelled']),
    // Absent until the bureau has registered the company for tax.
    taxpayerKind: Type.Optional(Type.Enum(['small', 'general'])), taxAuthority: Type.Optional(valid.line(60)), registeredOn: Type.Optional(valid.day), status: Type.Optional(Type.Enum(['active', 'suspended', 'cancelled'])),
  }, { additionalProperties: false }) as unknown as Record<string, unknown>,
  key: 'uscc', subject: 'company', keeper: 'YC-SW',
  sharing: { class: '2', condition: text('税务系统内按层级共享，其他部门依职权申请', 'Between the levels of the tax line; other departments by request within their powers') },
  category: 'legal',
  sources: [text('税务登记', 'Registration for tax'), text('市政府数据中心共享', 'Shared by the government centre')],
  retention: { years: 10, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['name', 'kind', 'address', 'businessStatus'] },
    { code: 'code-right', name: text('统一社会信用代码校验码正确（GB 32100）', 'Social credit codes pass their check character (GB 32100)'), kind: 'validity', fields: ['uscc'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['division', 'foundedOn', 'businessStatus', 'taxpayerKind', 'registeredOn', 'status'] },
    { code: 'registered', name: text('税务登记信息齐全', 'Registered for tax'), kind: 'completeness', fields: ['taxpayerKind', 'taxAuthority', 'registeredOn', 'status'] },
    { code: 'entity-known', name: text('主体在法人库（本站有法人库时）', 'The entity is on the register of legal entities, where the site has one'), kind: 'consistency', fields: ['uscc'], register: 'enterprises' },
    { code: 'same-name', name: text('名称与法人库一致', 'The name is that on the register of legal entities'), kind: 'consistency', fields: ['uscc'], register: 'enterprises', holds: 'name = other.name' },
  ],
  fields: [
    { key: 'uscc', label: text('统一社会信用代码', 'Unified social credit code'), class: 'public', identifier: 'uscc' },
    { key: 'name', label: text('名称', 'Name'), class: 'public' },
    { key: 'kind', label: text('企业类型', 'Kind of company'), class: 'public' },
    { key: 'legalRepresentative', label: text('法定代表人', 'Legal representative'), class: 'public' },
    { key: 'address', label: text('住所', 'Address'), class: 'public' },
    { key: 'division', label: text('行政区划', 'Division'), class: 'public', identifier: 'division' },
    { key: 'foundedOn', label: text('成立日期', 'Founded'), class: 'public' },
    { key: 'businessStatus', label: text('登记状态', 'Status on the register of legal entities'), class: 'public' },
    { key: 'taxpayerKind', label: text('纳税人类型', 'Kind of taxpayer'), class: 'internal' },
    { key: 'taxAuthority', label: text('主管税务机关', 'Tax authority'), class: 'internal' },
    { key: 'registeredOn', label: text('税务登记日期', 'Registered for tax'), class: 'internal' },
    { key: 'status', label: text('税务登记状态', 'Status of the registration'), class: 'internal' },
  ],
};

export const registers: Register[] = [taxpayers];
