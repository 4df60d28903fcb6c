import { text, type Indicator } from '@zhengwu/pack';

export const indicators: Indicator[] = [
  {
    code: 'taxpayers-registered', name: text('税务登记户数', 'Registrations for tax'), unit: text('户', 'taxpayers'), owner: 'YC-SW', dataset: 'register-taxpayers', time: 'registeredOn', grain: 'year', dimensions: ['division', 'taxpayerKind'],
    measure: { kind: 'count' }, where: [], decimals: 0, openness: 'internal', smallest: 3,
    definition: text('当年办理税务登记的纳税人，按行政区划和纳税人类型；不足 3 户的不列出（税收征管法第八条的保密义务）。', 'Taxpayers registered in the year, by division and kind; groups of fewer than 3 are not told (secrecy by the Tax Collection Law, article 8).'),
  },
];
