import type { Register } from '@zhengwu/pack';
import { composeCitizenNumber } from '@zhengwu/ids';

const text = (zh: string, en: string) => ({ zh, en });

/** A small register of people for tests; telephone and remark may be missing. */
export const people: Register = {
  code: 'people', name: text('人口', 'People'), subject: 'person', key: 'citizenNumber', keeper: 'YC-GA', sharing: { class: '2', condition: text('依职权', 'By power') },
  schema: { type: 'object', required: ['citizenNumber', 'name', 'birth', 'sex', 'address'], additionalProperties: false, properties: Object.fromEntries(['citizenNumber', 'name', 'birth', 'sex', 'address', 'phone', 'remark'].map((key) => [key, { type: 'string' }])) },
  fields: [
    { key: 'citizenNumber', label: text('公民身份号码', 'Citizen number'), class: 'sensitive', departments: ['YC-GA'], identifier: 'citizenNumber' },
    ...([['name', '姓名', 'Name'], ['birth', '出生日期', 'Birth'], ['sex', '性别', 'Sex'], ['address', '地址', 'Address'], ['phone', '电话', 'Telephone'], ['remark', '备注', 'Remark']] as const)
      .map(([key, zh, en]) => ({ key, label: text(zh, en), class: 'personal' as const })),
  ],
};

export const numberOf = (birth: string, sequence: number): string => composeCitizenNumber({ division: '990102', birth, sequence, sex: sequence % 2 === 1 ? 'male' : 'female' });

export interface Someone extends Record<string, unknown> {
  citizenNumber: string;
  name: string;
  birth: string;
  sex: string;
  address: string;
}

const FAMILY = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋艳勇杰娟涛明'];

/** Person `n` of the test's city: each with a name, day, door and number of their own. */
export const someone = (n: number): Someone => {
  const birth = `${1950 + (n % 60)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;
  return {
    citizenNumber: numberOf(birth, 501 + 2 * Math.floor(n / 840)), name: `${FAMILY[n % 16]}${GIVEN[Math.floor(n / 16) % 16]}${GIVEN[Math.floor(n / 256) % 16]}`, birth, sex: '男',
    address: `云川市鹭汀区听潮路${1 + (n % 200)}号晴川里${1 + (n % 7)}幢${1 + (n % 3)}单元${101 + (n % 50)}室`,
  };
};
