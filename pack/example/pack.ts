import { ask, askOne, askYesNo, definePack, preCheck, step, text, valid, type Listing } from '@zhengwu/pack';
import { libraryCard } from './processes/names.ts';

const uscc = '11990100MB0000086J';
const catalogue = '002064001001';
const library = text('云川市图书馆', 'Yunchuan City Library');

const listing: Listing = {
  catalogueCode: catalogue, implementationCode: `${uscc}3${catalogue}`, handlingItemCodes: [`${uscc}3${catalogue}01`],
  name: text('办理读者证', 'Library card'), itemType: '20',
  byLaw: text('《中华人民共和国公共图书馆法》第三十三条', 'Public Library Law, article 33'),
  exerciseLevel: '3', state: 'inForce', version: '1', effective: '2026-01-01', powerSource: '1',
  body: { department: 'YC-WL', name: library, kind: '2', uscc },
  statutory: { days: 5, unit: 'working' }, promised: { days: 1, unit: 'working' },
  acceptConditions: [text('本市居民', 'Residents of the city')],
  flow: [{ stage: 'accept', name: text('受理', 'Accept'), department: 'YC-WL', post: 'window', days: 1, standard: text('信息齐全即办', 'Done when complete') }],
  specialProcedures: [], caseKind: '2', audiences: ['1'], handlingForms: ['2'], visits: { count: 0 },
  fees: { charged: false, items: [] },
  consultation: { phone: '0990-1200801', ways: text('电话', 'By phone') }, complaint: { phone: '0990-1200809', ways: text('电话', 'By phone') },
  address: library, hours: text('每日 9:00–20:00', 'Daily 9:00–20:00'),
  inServiceCentre: false, courier: false, postalApplication: false, online: true, onlineDepths: ['4', '5', '7'], onlineGrade: 'Ⅳ', appointment: false, kiosk: false,
  otherDepartments: [], intermediaries: [], personTopics: ['250'], companyTopics: [], faq: [],
  results: [{ name: text('读者证', 'Library card'), kind: 'licence', licence: 'library-card', sample: { title: text('读者证（样例）', 'Library card (specimen)'), rows: [{ label: text('姓名', 'Name'), example: text('云小川', 'Yun Xiaochuan') }] } }],
};

export default definePack({
  code: 'library', version: '1.0.0', name: text('图书馆', 'Library'), line: text('文化', 'Culture'), summary: text('读者证', 'Library cards'),
  departments: [{ code: 'YC-WL', name: library }],
  registers: [], usesRegisters: [], usesLicences: [], lifeEvents: [], fixtures: [],
  services: [{
    code: 'library-card', summary: text('借书用的读者证', 'A card to borrow books'), action: text('申请读者证', 'Apply for a card'), keywords: ['图书馆', '借书', 'library'],
    listing,
    form: [step('you', text('您的信息', 'About you'), [
      ask('name', 'text', text('姓名', 'Name'), valid.line(50), { prefill: 'principal.name', prefillSource: text('您的账号', 'Your account'), personal: true }),
      askOne('branch', text('常去的馆', 'Your branch'), { main: text('总馆', 'Main library'), east: text('鹭汀分馆', 'Luting branch') }),
      ask('note', 'paragraph', text('想看什么书？', 'What do you like to read?'), valid.paragraph(200), { showWhen: 'branch = "east"' }),
    ])],
    subject: 'application.name + " 读者证"', rules: [], needs: [], materials: [],
    preCheck: preCheck('preCheck', [askYesNo('resident', text('住在云川市', 'I live in Yunchuan'))]),
    process: 'library-card', licences: ['library-card'], facts: [],
    reasons: [{ code: 'not-resident', text: text('不是本市居民', 'Not a resident'), for: ['refuse'] }],
    before: { source: text('图书馆 2018 年计时', 'Library timing of 2018'), steps: [{ name: text('到馆填表', 'Fill in a form at the library'), minutes: 30, visit: true }], papers: 2, visits: 1, hands: 2, days: 1 },
  }],
  licences: [{
    code: 'library-card', name: text('读者证', 'Library card'), typeCode: `${uscc}001`, issuer: { department: 'YC-WL', name: library, uscc }, holder: 'person',
    fields: [
      { key: 'name', label: text('姓名', 'Name'), format: 'text', personal: true, required: true },
      { key: 'branch', label: text('馆', 'Branch'), format: 'text', personal: false, required: true },
    ],
    validity: { years: 5 }, replaces: true, template: { layout: 'card', title: text('读者证', 'LIBRARY CARD'), rows: ['name', 'branch'] },
  }],
  examples: [{
    name: text('居民可以办', 'Residents may have one'), decision: 'preCheck', input: { answers: { resident: true } },
    output: { eligible: true, reasons: [{ zh: '可以办理，免费。', en: 'You can have one, free of charge.' }], instead: null, materials: [], fee: 0 },
  }],
  processes: [{ code: 'library-card', name: text('读者证流程', 'Library card process'), file: 'processes/library-card.bpmn', names: libraryCard }],
  decisions: [{ code: 'library-card', name: text('读者证预检', 'Library card pre-check'), file: 'decisions/library-card.dmn' }],
});
