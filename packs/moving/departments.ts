import { text } from '@zhengwu/pack';

export const bureau = {
  code: 'YC-GA-HZ', name: text('云川市公安局户政支队', 'Household Registration Division'), uscc: '11990100990000105G',
  address: text('云川市鹭汀区听潮路110号', '110 Tingchao Road, Luting District, Yunchuan'), consult: '0990-12100011', complain: '0990-12900011',
};
export const traffic = {
  code: 'YC-GA-JG', name: text('云川市公安局交通警察支队', 'Traffic Police Division'), uscc: '119901009900001216',
  address: text('云川市云麓区书院路22号', '22 Shuyuan Road, Yunlu District, Yunchuan'), consult: '0990-12100012', complain: '0990-12900012',
};
