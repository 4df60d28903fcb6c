import { Type } from 'typebox';
import { ask, askOne, choices, step, text, valid } from '@zhengwu/pack';

export const scopes = {
  software: text('软件开发', 'Software development'),
  retail: text('日用百货销售', 'Retail of daily goods'),
  consulting: text('企业管理咨询', 'Management consulting'),
  logistics: text('普通货物仓储服务', 'Storage of general goods'),
  cultural: text('组织文化艺术交流活动', 'Cultural events'),
  'labour-dispatch': text('劳务派遣服务（须许可）', 'Labour dispatch (permit)'),
  training: text('面向中小学生的校外培训（须许可）', 'After-school training (permit)'),
  medical: text('诊所服务（须许可）', 'Clinic services (permit)'),
  construction: text('建设工程施工（须许可）', 'Construction (permit)'),
};
const scopeOptions = choices(scopes);
const seals = choices({ official: text('法定名称章', 'Official seal'), finance: text('财务专用章', 'Finance seal'), contract: text('合同专用章', 'Contract seal'), invoice: text('发票专用章', 'Invoice seal') });
const several = (schema: unknown, maxItems: number) => Type.Array(Type.Unsafe<string>(schema as object), { minItems: 1, maxItems, uniqueItems: true });

const shareholder = Type.Object({
  name: valid.line(50),
  citizenNumber: valid.citizenNumber,
  /** Percent. */
  share: Type.Integer({ minimum: 1, maximum: 100 }),
}, { additionalProperties: false });

export const form = [
  step('name', text('企业叫什么名字？', 'What is the company called?'), [
    ask('companyName', 'text', text('企业名称', 'Company name'), Type.String({ minLength: 6, maxLength: 60 }), {
      hint: text('云川＋字号＋行业＋组织形式，例如：云川清溪软件有限公司', 'Yunchuan + your word + trade + form, such as 云川清溪软件有限公司'),
    }),
    askOne('companyType', text('组织形式', 'Form of company'), {
      limited: text('有限责任公司', 'Limited company'), sole: text('有限责任公司（自然人独资）', 'Limited company, one person'), stock: text('股份有限公司', 'Stock company'),
    }),
  ]),
  step('scope', text('企业做什么？', 'What will it do?'), [
    ask('scopeItems', 'checkboxes', text('经营范围', 'Business scope'), several(scopeOptions.schema, 9), {
      options: scopeOptions.options, hint: text('选择规范表述；标“须许可”的由主管部门会签。', 'Standard terms; those marked “permit” are countersigned by the department in charge.'),
    }),
  ]),
  step('place', text('企业设在哪里？', 'Where will it be?'), [
    askOne('division', text('所在区', 'District'), {
      990102: text('鹭汀区', 'Luting'), 990103: text('云麓区', 'Yunlu'), 990104: text('霁湾区', 'Jiwan'), 990105: text('栖梧区', 'Qiwu'),
    }),
    ask('address', 'address', text('住所', 'Address'), valid.line(200)),
    askOne('premises', text('房屋来源', 'The premises are'), { owned: text('自有', 'Owned'), leased: text('租赁', 'Leased'), shared: text('集中登记地', 'A shared registration address') }),
    ask('capital', 'money', text('注册资本', 'Registered capital'), Type.Integer({ minimum: 100, maximum: 100_000_000_000 }), { hint: text('认缴总额，自成立之日起五年内缴足（公司法第四十七条）。', 'Subscribed in total, paid within five years (Company Law, article 47).') }),
    ask('termYears', 'number', text('营业期限（年，0 为长期）', 'Term in years (0: no end)'), Type.Integer({ minimum: 0, maximum: 99 })),
  ]),
  step('people', text('谁负责，谁出资？', 'Who leads it, who owns it?'), [
    ask('legalRepresentative', 'text', text('法定代表人', 'Legal representative'), valid.line(50), { prefill: 'principal.name', prefillSource: text('您的账号', 'Your account'), personal: true, locked: true }),
    ask('legalRepresentativeNumber', 'citizenNumber', text('法定代表人身份号码', 'Number of the legal representative'), valid.citizenNumber, { prefill: 'principal.identifier', prefillSource: text('您的账号', 'Your account'), personal: true, locked: true }),
    ask('shareholders', 'people', text('股东及出资比例', 'Shareholders and their shares'), Type.Array(shareholder, { minItems: 1, maxItems: 50 }), {
      hint: text('比例之和为 100。', 'The shares add up to 100.'), personal: true,
      items: [
        { key: 'name', question: text('姓名', 'Name'), control: 'text' },
        { key: 'citizenNumber', question: text('公民身份号码', 'Citizen number'), control: 'citizenNumber' },
        { key: 'share', question: text('比例（%）', 'Share (%)'), control: 'number' },
      ],
    }),
  ]),
  step('together', text('一并办理税务、印章和社保', 'Tax, seals and social insurance at once'), [
    askOne('taxpayerKind', text('纳税人类型', 'Kind of taxpayer'), { small: text('小规模纳税人', 'Small-scale'), general: text('一般纳税人', 'General') }),
    ask('seals', 'checkboxes', text('刻制哪些印章？', 'Which seals?'), several(seals.schema, 4), { options: seals.options, hint: text('首套印章免费。', 'The first set is free.') }),
    ask('employees', 'number', text('预计参保人数', 'Employees to insure'), Type.Integer({ minimum: 0, maximum: 100_000 })),
  ]),
  step('contact', text('怎样联系您？', 'How do we reach you?'), [
    ask('phone', 'phone', text('联系电话', 'Phone'), valid.phone, { prefill: 'account.phone', prefillSource: text('您的账号', 'Your account'), personal: true, autocomplete: 'tel' }),
    ask('email', 'email', text('电子邮箱（可不填）', 'E-mail (optional)'), Type.Optional(valid.email), { prefill: 'account.email', prefillSource: text('您的账号', 'Your account'), personal: true, autocomplete: 'email' }),
  ]),
];
