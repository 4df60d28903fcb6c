import { text, type Example } from '@zhengwu/pack';

const application = {
  companyName: '云川清溪软件有限公司', companyType: 'sole', scopeItems: ['software', 'consulting'], taxpayerKind: 'small', termYears: 0, seals: ['official', 'finance'],
};
const facts = { companyName: { found: false, status: null }, restricted: { found: false, status: null }, population: { found: true } };

export const examples: Example[] = [
  { name: text('名称合规且未占用：没有问题', 'A free name in order: nothing found'), decision: 'nameFindings', input: { application, facts }, output: [] },
  {
    name: text('名称已登记：指出', 'A registered name is found'),
    decision: 'nameFindings', input: { application, facts: { ...facts, companyName: { found: true, status: 'registered' } } },
    output: [{ code: 'name-taken', severity: 'block', text: { zh: '该名称已被登记', en: 'The name is registered already' } }],
  },
  {
    name: text('含禁用字词：指出（企业名称登记管理规定 §11）', 'A forbidden word is found (Company Name Regulation §11)'),
    decision: 'nameFindings', input: { application: { ...application, companyName: '云川国家软件有限公司' }, facts },
    output: [{ code: 'name-forbidden', severity: 'block', text: { zh: '名称含有禁止使用的字词', en: 'The name has a word that may not be used' } }],
  },
  { name: text('劳务派遣和培训：人社与教育会签', 'Labour dispatch and training: two departments countersign'), decision: 'permitDepartments', input: { application: { ...application, scopeItems: ['software', 'labour-dispatch', 'training'] } }, output: ['YC-RS', 'YC-JY'] },
  {
    name: text('核查结论', 'The findings as a whole'),
    decision: 'registrationFindings', input: { application, facts },
    output: {
      findings: [], departments: [], scope: '软件开发；企业管理咨询', kind: '有限责任公司（自然人独资）', seals: '法定名称章、财务专用章', taxpayerKind: '小规模纳税人', term: '长期', fee: 0,
    },
  },
  {
    name: text('外商投资：到窗口', 'Foreign investment: at the window'),
    decision: 'preCheck', input: { answers: { located: 'here', nameReady: true, foreign: true, permit: false } },
    output: {
      eligible: false, reasons: [{ zh: '外商投资企业须到窗口办理。', en: 'Companies with foreign investment apply at the window.' }],
      instead: { zh: '外商投资企业设立登记（窗口）', en: 'Foreign-invested company, at the window' }, materials: ['articles', 'address-proof', 'identity-proof'], fee: 0,
    },
  },
];
