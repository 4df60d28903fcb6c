import { text, type LicenceType } from '@zhengwu/pack';

const name: LicenceType['fields'][number] = { key: 'name', label: text('名称', 'Name'), format: 'text', personal: false, required: true };
const uscc: LicenceType['fields'][number] = { key: 'uscc', label: text('统一社会信用代码', 'Unified social credit code'), format: 'uscc', personal: false, required: true };
const field = (key: string, zh: string, en: string, format: LicenceType['fields'][number]['format'] = 'text'): LicenceType['fields'][number] => ({
  key, label: text(zh, en), format, personal: false, required: true,
});
const footer = text('样例，不具法律效力', 'Specimen without legal force');

const certificate = (code: string, serial: string, title: [string, string], issuer: LicenceType['issuer'], rest: LicenceType['fields']): LicenceType => ({
  code,
  name: text(...title),
  typeCode: `${issuer.uscc}${serial}`,
  issuer,
  holder: 'company',
  fields: [name, uscc, ...rest],
  validity: {},
  replaces: true,
  template: { layout: 'certificate', title: text(...title), rows: ['name', 'uscc', ...rest.map((one) => one.key)], footer },
});

const issuers = {
  market: { department: 'YC-SC', name: text('云川市市场监督管理局', 'Yunchuan Market Regulation Bureau'), uscc: '11990100990000201R' },
  tax: { department: 'YC-SW', name: text('云川市税务局', 'Yunchuan Tax Bureau'), uscc: '119901009900003085' },
  seal: { department: 'YC-GA-YZ', name: text('云川市公安局印章管理科', 'Seal Section, Yunchuan Public Security'), uscc: '1199010099000013XX' },
  insurance: { department: 'YC-RS', name: text('云川市人力资源和社会保障局', 'Yunchuan Human Resources and Social Security Bureau'), uscc: '11990100990000404E' },
};

/** One licence of each department that handles the establishment. */
export const licences: LicenceType[] = [
  certificate('business-licence', '001', ['营业执照', 'Business licence'], issuers.market, [
    field('kind', '类型', 'Kind'), field('legalRepresentative', '法定代表人', 'Legal representative'), field('capital', '注册资本', 'Registered capital', 'money'),
    field('foundedOn', '成立日期', 'Founded', 'date'), field('term', '营业期限', 'Term'), field('address', '住所', 'Address'), field('scope', '经营范围', 'Business scope'),
  ]),
  certificate('tax-registration', '001', ['税务登记信息确认单', 'Confirmation of tax details'], issuers.tax, [
    field('taxAuthority', '主管税务机关', 'Tax authority'), field('taxpayerKind', '纳税人类型', 'Kind of taxpayer'), field('registeredOn', '登记日期', 'Registered', 'date'),
  ]),
  certificate('seal-filing', '001', ['印章备案证明', 'Certificate of seal filing'], issuers.seal, [
    field('seals', '备案印章', 'Seals'), field('filedOn', '备案日期', 'Filed', 'date'),
  ]),
  certificate('social-insurance-registration', '001', ['社会保险登记证明', 'Certificate of social insurance'], issuers.insurance, [
    field('employees', '参保人数', 'Insured employees'), field('registeredOn', '登记日期', 'Registered', 'date'),
  ]),
];
