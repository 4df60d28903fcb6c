import { text, type Material, type Need } from '@zhengwu/pack';

const format = text('PDF 或图片，不超过 20 MB', 'PDF or picture, up to 20 MB');
const upload = { types: ['application/pdf' as const, 'image/jpeg' as const, 'image/png' as const], maxSize: 20_971_520, maxFiles: 10 };
const law = text('《市场主体登记管理条例》第十六条', 'Regulation on Registration of Market Entities, article 16');

const founders = 'append((for one in application.shareholders return { number: one.citizenNumber, name: one.name }), { number: applicant.identifier, name: applicant.name })';

export const needs: Need[] = [{
  code: 'people-identified', statement: text('法定代表人和每位股东的姓名、身份号码属实', 'The representative and every shareholder are who they are said to be'),
  of: `if application.shareholders = null then [{ number: applicant.identifier, name: applicant.name }] else ${founders}`,
  sources: [{ register: 'population', holds: 'record.status = "living" and record.name = about.name' }, { licence: 'resident-identity-card' }], authority: law,
}];

export const materials: Material[] = [
  {
    code: 'articles', name: text('公司章程', 'Articles of association'), kind: text('文书', 'Document'),
    need: 'required', source: 'applicant', form: 'electronic', pages: 6, pageFormat: format, copies: 1,
    satisfiedBy: { upload },
    sample: {
      title: text('公司章程（示范文本）', 'Articles of association (model)'),
      rows: [
        { label: text('第一条　公司名称', '1. Name'), example: text('云川清溪软件有限公司', '云川清溪软件有限公司') },
        { label: text('第二条　公司住所', '2. Address'), example: text('云川市鹭汀区听潮路8号', '8 Tingchao Road, Luting, Yunchuan') },
        { label: text('第三条　注册资本', '3. Capital'), example: text('人民币 100 万元', 'RMB 1,000,000') },
        { label: text('第四条　股东及出资', '4. Shareholders'), example: text('云小川，100%', 'Yun Xiaochuan, 100%') },
        { label: text('股东签名', 'Signatures'), example: text('（签名）', '(signature)') },
      ],
    },
    fillExplain: text('可直接使用示范文本，全体股东签名。', 'Use the model text; all shareholders sign.'),
    acceptStandard: text('含法定记载事项，全体股东签名', 'Has what the law requires, signed by all shareholders'),
    byLaw: text('《中华人民共和国公司法》第四十六条', 'Company Law, article 46'),
  },
  {
    code: 'address-proof', name: text('住所使用证明', 'Proof of the right to the premises'), kind: text('证明', 'Proof'),
    need: 'required', source: 'applicant', form: 'both', pages: 2, pageFormat: format, copies: 1,
    satisfiedBy: { upload },
    sample: {
      title: text('住所使用承诺书', 'Declaration on the premises'),
      rows: [
        { label: text('地址', 'Address'), example: text('云川市鹭汀区听潮路8号', '8 Tingchao Road, Luting, Yunchuan') },
        { label: text('产权人', 'Owner'), example: text('云川听潮物业有限公司', 'Yunchuan Tingchao Property Co.') },
        { label: text('使用期限', 'Term'), example: text('2026-12-01 至 2028-11-30', '2026-12-01 to 2028-11-30') },
      ],
    },
    acceptStandard: text('地址与申请一致，在有效期内', 'Same address as applied for, in force'),
    byLaw: law,
  },
  {
    code: 'identity-proof', name: text('法定代表人及股东身份证明', 'Identity of representative and shareholders'), kind: text('证照', 'Licence'),
    need: 'required', source: 'government', sourceExplain: text('按姓名和身份号码与人口库核对，免提交', 'Name and number are checked against the population register; nothing to hand in'),
    form: 'electronic', pages: 1, pageFormat: format, copies: 1,
    satisfiedBy: { need: 'people-identified', upload },
    sample: { title: text('居民身份证', 'Resident identity card'), rows: [{ label: text('公民身份号码', 'Citizen number'), example: text('990102199003070011', '990102199003070011') }] },
    acceptStandard: text('有效', 'In force'),
    byLaw: law,
  },
  {
    code: 'permit-documents', name: text('许可经营项目的条件说明', 'How the conditions of the permits are met'), kind: text('文书', 'Document'),
    need: 'required',
    needWhen: 'some item in application.scopeItems satisfies list contains(["labour-dispatch", "training", "medical", "construction"], item)',
    source: 'applicant', form: 'both', pages: 4, pageFormat: format, copies: 1,
    satisfiedBy: { upload },
    sample: {
      title: text('许可条件说明', 'How the conditions are met'),
      rows: [
        { label: text('许可项目', 'Trade'), example: text('劳务派遣服务', 'Labour dispatch') },
        { label: text('场所与设施', 'Premises and equipment'), example: text('办公面积 120 平方米', '120 m² of office') },
        { label: text('专业人员', 'Qualified staff'), example: text('3 人', '3') },
      ],
    },
    acceptStandard: text('逐项对应许可条件', 'Answers each condition'),
    byLaw: text('《中华人民共和国行政许可法》第十二条', 'Administrative Licensing Law, article 12'),
  },
];
