import { Type } from 'typebox';
import { text, valid, type Register } from '@zhengwu/pack';

/** Who draws a pension; kept by the social security bureau. */
export const pensions: Register = {
  code: 'pensions', name: text('养老待遇库', 'Register of pensions'),
  schema: Type.Object({
    citizenNumber: valid.citizenNumber, from: valid.day, kind: Type.Enum(['employee', 'resident']), account: Type.String({ pattern: '^\\d{12,19}$' }), status: Type.Enum(['active', 'ended']),
  }, { additionalProperties: false }) as unknown as Record<string, unknown>,
  key: 'citizenNumber', subject: 'person', keeper: 'YC-RS',
  sharing: { class: '2', condition: text('依职权办理政务服务或经本人授权使用', 'For a service within one’s powers, or with the person’s consent') },
  fields: [
    { key: 'citizenNumber', label: text('公民身份号码', 'Citizen number'), class: 'sensitive', departments: ['YC-RS'], identifier: 'citizenNumber' },
    { key: 'from', label: text('待遇起始日期', 'Paid from'), class: 'personal' },
    { key: 'kind', label: text('险种', 'Scheme'), class: 'internal', values: { employee: text('职工养老', 'Employees'), resident: text('居民养老', 'Residents') } },
    { key: 'account', label: text('发放账户', 'Bank account'), class: 'sensitive', departments: ['YC-RS'] },
    { key: 'status', label: text('状态', 'Status'), class: 'internal', values: { active: text('发放中', 'Paid'), ended: text('已停发', 'Ended') } },
  ],
  category: 'population', quality: [{ code: 'person-known', kind: 'consistency', fields: ['citizenNumber'], register: 'population' }],
};
