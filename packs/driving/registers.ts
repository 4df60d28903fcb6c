import { Type } from 'typebox';
import { text, valid, type Register, type RegisterField } from '@zhengwu/pack';

const schema = (properties: Parameters<typeof Type.Object>[0]): Record<string, unknown> =>
  Type.Object(properties, { additionalProperties: false }) as unknown as Record<string, unknown>;

const number: RegisterField = {
  key: 'citizenNumber', label: text('公民身份号码', 'Citizen number'), class: 'sensitive', departments: ['YC-GA', 'YC-GA-JG', 'YC-GA-HZ', 'YC-WJ', 'YC-MZ'], identifier: 'citizenNumber',
};
const internal = (key: string, zh: string, en: string, values?: RegisterField['values']): RegisterField => ({ key, label: text(zh, en), class: 'internal', ...(values ? { values } : {}) });
const personal = (key: string, zh: string, en: string): RegisterField => ({ key, label: text(zh, en), class: 'personal' });
const condition = text('依职权办理政务服务或经本人授权使用', 'For a service within one’s powers, or with the person’s consent');
const licenceClass = Type.Enum(['A1', 'A2', 'A3', 'B1', 'B2', 'C1', 'C2', 'D', 'E', 'F']);
const dayOrNone = Type.Unsafe<string | null>({ anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] });

const drivers: Register = {
  code: 'driver-licences',
  name: text('机动车驾驶人库', 'Register of drivers'),
  schema: schema({
    citizenNumber: valid.citizenNumber, fileNumber: valid.line(40), classes: licenceClass, firstIssuedOn: valid.day, validFrom: valid.day, validUntil: dayOrNone,
    points: Type.Integer({ minimum: 0 }), unpaidViolations: Type.Integer({ minimum: 0 }), status: Type.Enum(['valid', 'suspended', 'revoked', 'cancelled']),
  }),
  key: 'citizenNumber', subject: 'person', keeper: 'YC-GA-JG', sharing: { class: '2', condition },
  category: 'licence',
  sources: [text('机动车驾驶证核发', 'Issuing of driver’s licences'), text('交通违法处理', 'Traffic offences')],
  retention: { years: 20, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['fileNumber', 'classes', 'validFrom', 'status'] },
    { code: 'number-right', name: text('公民身份号码校验码正确（GB 11643）', 'Citizen numbers pass their check digit (GB 11643)'), kind: 'validity', fields: ['citizenNumber'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['classes', 'firstIssuedOn', 'validFrom', 'validUntil', 'points', 'status'] },
    { code: 'file-once', name: text('档案编号不重复', 'No file number twice'), kind: 'uniqueness', fields: ['fileNumber'] },
    { code: 'person-known', name: text('人员在人口库', 'The person is on the population register'), kind: 'consistency', fields: ['citizenNumber'], register: 'population' },
    { code: 'in-order', name: text('有效期始早于有效期止', 'Begins before it ends'), kind: 'validity', fields: ['validFrom', 'validUntil'], holds: 'validFrom < validUntil' },
    { code: 'holder-living', name: text('有效驾驶证的持证人在册', 'The holder of a valid licence is living'), kind: 'consistency', fields: ['citizenNumber'], register: 'population', holds: 'status != "valid" or other.status != "deceased"' },
  ],
  fields: [
    number, personal('fileNumber', '档案编号', 'File number'), personal('classes', '准驾车型', 'Class'), personal('firstIssuedOn', '初次领证日期', 'First issued'),
    personal('validFrom', '有效期始', 'Valid from'), personal('validUntil', '有效期止', 'Valid until'), personal('points', '累积记分', 'Points'),
    personal('unpaidViolations', '未处理违法', 'Violations not settled'), internal('status', '状态', 'Status', { valid: text('正常', 'Valid'), suspended: text('暂扣', 'Suspended'), revoked: text('吊销', 'Revoked'), cancelled: text('注销', 'Cancelled') }),
  ],
};

const examinations: Register = {
  code: 'driving-examinations',
  name: text('驾驶人考试库', 'Driving examinations'),
  schema: schema({
    citizenNumber: valid.citizenNumber, licenceClass, subject1: Type.Integer({ minimum: 0, maximum: 100 }), subject2: Type.Integer({ minimum: 0, maximum: 100 }),
    subject3: Type.Integer({ minimum: 0, maximum: 100 }), subject4: Type.Integer({ minimum: 0, maximum: 100 }), passedOn: dayOrNone,
    result: Type.Enum(['passed', 'failed', 'inProgress']), school: valid.line(60),
  }),
  key: 'citizenNumber', subject: 'person', keeper: 'YC-GA-JG', sharing: { class: '2', condition },
  category: 'licence',
  sources: [text('驾驶人考试', 'Driving examinations')],
  retention: { years: 5, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['licenceClass', 'result', 'school'] },
    { code: 'number-right', name: text('公民身份号码校验码正确（GB 11643）', 'Citizen numbers pass their check digit (GB 11643)'), kind: 'validity', fields: ['citizenNumber'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['licenceClass', 'subject1', 'subject2', 'subject3', 'subject4', 'passedOn', 'result'] },
    { code: 'person-known', name: text('人员在人口库', 'The person is on the population register'), kind: 'consistency', fields: ['citizenNumber'], register: 'population' },
  ],
  fields: [
    number, personal('licenceClass', '考试车型', 'Class examined'), personal('subject1', '科目一', 'Subject 1'), personal('subject2', '科目二', 'Subject 2'),
    personal('subject3', '科目三', 'Subject 3'), personal('subject4', '科目四', 'Subject 4'), personal('passedOn', '合格日期', 'Passed'),
    internal('result', '结果', 'Result', { passed: text('合格', 'Passed'), failed: text('不合格', 'Failed'), inProgress: text('考试中', 'In progress') }), internal('school', '驾校', 'School'),
  ],
};

const fitness: Register = {
  code: 'physical-exams',
  name: text('驾驶人体检库', 'Drivers’ fitness checks'),
  schema: schema({
    citizenNumber: valid.citizenNumber, examinedOn: valid.day, validUntil: valid.day, hospital: valid.line(60),
    vision: valid.line(20), result: Type.Enum(['fit', 'unfit']),
  }),
  key: 'citizenNumber', subject: 'person', keeper: 'YC-WJ', sharing: { class: '2', condition },
  category: 'population',
  sources: [text('医疗机构上传', 'Uploaded by hospitals')],
  retention: { years: 5, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['examinedOn', 'validUntil', 'hospital', 'result'] },
    { code: 'number-right', name: text('公民身份号码校验码正确（GB 11643）', 'Citizen numbers pass their check digit (GB 11643)'), kind: 'validity', fields: ['citizenNumber'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['examinedOn', 'validUntil', 'result'] },
    { code: 'person-known', name: text('人员在人口库', 'The person is on the population register'), kind: 'consistency', fields: ['citizenNumber'], register: 'population' },
    { code: 'within-cycle', name: text('三年内体检过', 'Examined within three years'), kind: 'timeliness', fields: ['examinedOn'], withinDays: 1096 },
  ],
  fields: [
    number, personal('examinedOn', '体检日期', 'Examined'), personal('validUntil', '有效期至', 'Valid until'), internal('hospital', '医院', 'Hospital'),
    { key: 'vision', label: text('视力', 'Vision'), class: 'sensitive', departments: ['YC-WJ', 'YC-GA-JG'] }, internal('result', '结论', 'Result', { fit: text('合格', 'Fit'), unfit: text('不合格', 'Unfit') }),
  ],
};

const relief: Register = {
  code: 'social-relief',
  name: text('最低生活保障库', 'Minimum living allowance'),
  schema: schema({ citizenNumber: valid.citizenNumber, status: Type.Enum(['active', 'ended']), since: valid.day }),
  key: 'citizenNumber', subject: 'person', keeper: 'YC-MZ', sharing: { class: '2', condition },
  category: 'population',
  sources: [text('最低生活保障审核确认', 'Decisions on the living allowance')],
  retention: { years: 10, basis: text('云川市政务数据保管期限表', 'Yunchuan’s schedule of retention') },
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['status', 'since'] },
    { code: 'number-right', name: text('公民身份号码校验码正确（GB 11643）', 'Citizen numbers pass their check digit (GB 11643)'), kind: 'validity', fields: ['citizenNumber'], weight: 3 },
    { code: 'values-right', name: text('取值符合代码表和格式', 'Values fit their code tables and forms'), kind: 'validity', fields: ['status', 'since'] },
    { code: 'person-known', name: text('人员在人口库', 'The person is on the population register'), kind: 'consistency', fields: ['citizenNumber'], register: 'population' },
  ],
  fields: [number, { key: 'status', label: text('状态', 'Status'), class: 'sensitive', departments: ['YC-MZ', 'YC-GA-JG'], values: { active: text('享受中', 'Active'), ended: text('已停止', 'Ended') } }, internal('since', '自', 'Since')],
};

export const registers: Register[] = [drivers, examinations, fitness, relief];
