import { text, type Material, type Need } from '@zhengwu/pack';

const law = text('《中华人民共和国居民身份证法》第十一条', 'Resident Identity Card Law, article 11');
const format = text('JPEG、PNG 或 PDF', 'JPEG, PNG or PDF');

export const needs: Need[] = [{
  code: 'resident-here', statement: text('本人在本市有常住户口', 'Has a registered household in this city'),
  sources: [{ register: 'population', holds: 'record.status = "living"' }], authority: law,
}];

export const materials: Material[] = [
  {
    code: 'portrait-photo',
    name: text('人像照片', 'Portrait photograph'),
    kind: text('照片', 'Photograph'),
    need: 'required', source: 'applicant', form: 'electronic', pages: 1, pageFormat: text('358×441 像素', '358 × 441 pixels'), copies: 1,
    satisfiedBy: { upload: { types: ['image/jpeg', 'image/png'], maxSize: 2_097_152, maxFiles: 1 } },
    sample: {
      title: text('人像照片要求', 'What the portrait must be'),
      rows: [
        { label: text('背景', 'Background'), example: text('白色，无边框', 'White, no frame') },
        { label: text('着装', 'Clothing'), example: text('不穿制服，不着白色上衣，常戴眼镜的可戴', 'No uniform, no white top; glasses if always worn') },
        { label: text('头部', 'Head'), example: text('占照片高度三分之二，双眼睁开', 'Two thirds of the height, eyes open') },
      ],
    },
    fillExplain: text('可用手机在白墙前拍摄。', 'A phone in front of a white wall will do.'),
    acceptStandard: text('清晰，正面，免冠，六个月内', 'Clear, from the front, no hat, within six months'),
    byLaw: text('GA/T 461《居民身份证制证用数字相片技术要求》', 'GA/T 461, digital photographs for identity cards'),
  },
  {
    code: 'household-record',
    name: text('户口登记', 'Household record'),
    kind: text('证明', 'Proof'),
    need: 'required', source: 'government', sourceExplain: text('公安户籍部门，已由人口库提供', 'The household police, provided by the population register'),
    form: 'electronic', pages: 1, pageFormat: format, copies: 1,
    satisfiedBy: {
      need: 'resident-here',
      upload: { types: ['application/pdf', 'image/jpeg', 'image/png'], maxSize: 10_485_760, maxFiles: 4 },
    },
    sample: {
      title: text('常住人口登记卡', 'Permanent resident record'),
      rows: [
        { label: text('姓名', 'Name'), example: text('云小川', 'Yun Xiaochuan') },
        { label: text('公民身份号码', 'Citizen number'), example: text('990102199003070011', '990102199003070011') },
        { label: text('住址', 'Address'), example: text('云川市鹭汀区听潮路1号', '1 Tingchao Road, Luting, Yunchuan') },
      ],
    },
    acceptStandard: text('与申请人一致', 'Agrees with the applicant'),
    byLaw: law,
  },
  {
    code: 'guardian-proof',
    name: text('监护关系证明', 'Proof of guardianship'),
    kind: text('证明', 'Proof'),
    need: 'required',
    // Born after this day sixteen years ago; days are ISO text, which compares as text.
    needWhen: 'application.birth > string(number(substring(today, 1, 4)) - 16) + substring(today, 5)',
    source: 'applicant', form: 'both', pages: 1, pageFormat: format, copies: 1,
    satisfiedBy: { upload: { types: ['application/pdf', 'image/jpeg', 'image/png'], maxSize: 10_485_760, maxFiles: 4 } },
    sample: {
      title: text('监护关系证明', 'Proof of guardianship'),
      rows: [
        { label: text('监护人', 'Guardian'), example: text('云大川', 'Yun Dachuan') },
        { label: text('被监护人', 'Ward'), example: text('云小川', 'Yun Xiaochuan') },
        { label: text('关系', 'Relation'), example: text('父子', 'Father and son') },
      ],
    },
    acceptStandard: text('能证明监护关系，如出生医学证明、户口簿', 'Shows the relation, such as a birth certificate or household booklet'),
    byLaw: text('《中华人民共和国居民身份证法》第七条', 'Resident Identity Card Law, article 7'),
  },
  {
    code: 'old-card',
    name: text('损坏的原证件照片', 'Photograph of the damaged card'),
    kind: text('照片', 'Photograph'),
    need: 'later',
    needWhen: 'application.reason = "damaged"',
    source: 'applicant', form: 'both', pages: 1, pageFormat: format, copies: 1,
    satisfiedBy: { upload: { types: ['image/jpeg', 'image/png', 'application/pdf'], maxSize: 10_485_760, maxFiles: 2 } },
    sample: {
      title: text('损坏证件照片', 'Photograph of a damaged card'),
      rows: [{ label: text('拍摄', 'Picture'), example: text('正反两面，四角完整', 'Both sides, all four corners') }],
    },
    acceptStandard: text('领取新证时交回原证件', 'The old card is handed in on receipt of the new one'),
    byLaw: law,
  },
];
