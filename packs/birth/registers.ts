import { Type } from 'typebox';
import { text, valid, type Register, type RegisterField } from '@zhengwu/pack';

const schema = (properties: Parameters<typeof Type.Object>[0]): Record<string, unknown> => Type.Object(properties, { additionalProperties: false }) as unknown as Record<string, unknown>;
const condition = text('依职权办理政务服务或经监护人授权使用', 'For a service within one’s powers, or with the guardian’s consent');
const personal = (key: string, zh: string, en: string): RegisterField => ({ key, label: text(zh, en), class: 'personal' });
const parentNumber = (key: string, zh: string, en: string, departments: string[]): RegisterField => ({ key, label: text(zh, en), class: 'sensitive', departments, identifier: 'citizenNumber' });
const certificate = Type.String({ pattern: '^[A-Z]\\d{9}$' });

const births: Register = {
  code: 'births', name: text('出生登记库', 'Register of births'),
  schema: schema({
    certificateNumber: certificate, childName: valid.line(50), sex: Type.Enum(['男', '女']), bornOn: valid.day, parent: valid.citizenNumber, household: valid.line(20), status: Type.Enum(['registered', 'cancelled']),
  }),
  key: 'certificateNumber', subject: 'none', keeper: 'YC-GA-HZ', sharing: { class: '2', condition },
  fields: [
    personal('certificateNumber', '出生医学证明编号', 'Number of the birth certificate'), personal('childName', '新生儿姓名', 'Name of the child'), personal('sex', '性别', 'Sex'), personal('bornOn', '出生日期', 'Born'),
    parentNumber('parent', '申报人身份号码', 'Number of the parent', ['YC-GA-HZ', 'YC-RS', 'YC-WJ']), personal('household', '户号', 'Household number'),
    { key: 'status', label: text('状态', 'Status'), class: 'internal', values: { registered: text('已登记', 'Registered'), cancelled: text('已注销', 'Cancelled') } },
  ],
  category: 'population', quality: [{ code: 'complete', kind: 'completeness', fields: ['childName', 'bornOn', 'parent'] }, { code: 'parent-known', kind: 'consistency', fields: ['parent'], register: 'population' }],
};

const insurance: Register = {
  code: 'resident-insurance', name: text('居民医保参保库', 'Residents’ health insurance'),
  schema: schema({ certificateNumber: certificate, insured: valid.line(50), payer: valid.citizenNumber, from: valid.day, status: Type.Enum(['active', 'ended']) }),
  key: 'certificateNumber', subject: 'none', keeper: 'YC-RS', sharing: { class: '2', condition },
  fields: [
    personal('certificateNumber', '出生医学证明编号', 'Number of the birth certificate'), personal('insured', '参保人', 'Insured'), parentNumber('payer', '缴费人身份号码', 'Number of who pays', ['YC-RS']),
    personal('from', '参保日期', 'Insured since'), { key: 'status', label: text('状态', 'Status'), class: 'internal', values: { active: text('参保', 'Active'), ended: text('停保', 'Ended') } },
  ],
};

export const registers: Register[] = [births, insurance];
