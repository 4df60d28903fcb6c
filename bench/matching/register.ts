import { directoryModule } from '@zhengwu/directory';
import { matchingModule } from '@zhengwu/matching';
import type { Module } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';

export const modules: readonly Module[] = [directoryModule, registersModule, matchingModule];

const text = (zh: string, en: string) => ({ zh, en });
const FIELDS = [['name', '姓名', 'Name'], ['birth', '出生日期', 'Birth'], ['sex', '性别', 'Sex'], ['phone', '电话', 'Telephone'], ['address', '地址', 'Address']] as const;

/** The benchmark's register of people. */
export const people = {
  code: 'people', name: text('人口', 'People'), subject: 'person' as const, key: 'citizenNumber', keeper: 'YC-GA', sharing: { class: '2' as const, condition: text('依职权', 'By power') },
  schema: { type: 'object', properties: Object.fromEntries(['citizenNumber', ...FIELDS.map(([key]) => key)].map((key) => [key, { type: 'string' }])) },
  fields: [
    { key: 'citizenNumber', label: text('公民身份号码', 'Citizen number'), class: 'sensitive' as const, identifier: 'citizenNumber' as const },
    ...FIELDS.map(([key, zh, en]) => ({ key, label: text(zh, en), class: 'personal' as const })),
  ],
};
