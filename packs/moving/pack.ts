import { ask, askOne, askYesNo, definePack, onlineListing, preCheck, step, text, valid, type Need, type Service } from '@zhengwu/pack';
import { bureau, traffic } from './departments.ts';
import { homeProof } from './materials.ts';

const held = { prefillSource: text('人口基础信息库', 'Population register'), locked: true, personal: true } as const;
const districts = { 990102: text('鹭汀区', 'Luting'), 990103: text('云麓区', 'Yunlu'), 990104: text('霁湾区', 'Jiwan'), 990105: text('栖梧区', 'Qiwu') };

const aboutYou = step('about-you', text('核对您的身份信息', 'Check your details'), [
  ask('citizenNumber', 'citizenNumber', text('公民身份号码', 'Citizen number'), valid.citizenNumber, { ...held, prefill: 'principal.identifier' }),
  ask('name', 'text', text('姓名', 'Name'), valid.line(50), { ...held, prefill: 'facts.population.name' }),
  ask('oldAddress', 'address', text('现在的户籍地址', 'Present household address'), valid.line(200), { ...held, prefill: 'facts.population.address' }),
]);
const newHome = step('new-home', text('搬到哪里？', 'Where are you moving?'), [
  askOne('newDivision', text('新住处所在区', 'District of the new home'), districts),
  ask('newAddress', 'address', text('新住处地址', 'New address'), valid.line(200), { personal: true, autocomplete: 'street-address' }),
  ask('movedOn', 'date', text('哪天搬的？', 'When did you move?'), valid.day),
  ask('phone', 'phone', text('联系电话', 'Phone'), valid.phone, { prefill: 'account.phone', prefillSource: text('您的账号', 'Your account'), personal: true, autocomplete: 'tel' }),
]);
const moved: Service['rules'][number] = { path: '/movedOn', must: 'application.movedOn <= today', message: text('搬家日期不能晚于今天。', 'The day can’t be in the future.') };
const population: Service['facts'] = [{ name: 'population', register: 'population', key: 'applicant.identifier' }];
const before = (source: [string, string], papers: number, days: number): Service['before'] => ({
  source: text(...source), papers, visits: 2, hands: 3, days,
  steps: [{ name: text('到窗口交材料', 'Hand papers in at the window'), minutes: 60, visit: true }, { name: text('再来领结果', 'Come again for the result'), minutes: 40, visit: true }],
});

const licensed: Need = {
  code: 'licensed', statement: text('持有有效的机动车驾驶证', 'Holds a valid driver’s licence'),
  sources: [{ licence: 'driver-licence' }, { register: 'driver-licences', holds: 'record.status = "valid"' }], authority: text('《机动车驾驶证申领和使用规定》（公安部令第162号）', 'Rules on Driver’s Licences (Ministry of Public Security, No. 162)'),
};

export default definePack({
  code: 'moving', version: '1.0.0',
  name: text('搬家', 'Moving house'), line: text('公安户政与交管', 'Household and traffic police'), summary: text('市内户口迁移、驾驶人住址变更', 'Moving the household within the city, address of a driver'),
  departments: [{ code: bureau.code, name: bureau.name }, { code: traffic.code, name: traffic.name }],
  registers: [], usesRegisters: ['population', 'driver-licences'], licences: [], usesLicences: ['driver-licence'], fixtures: [],
  services: [{
    code: 'household-move', summary: text('在本市搬家，网上迁户口', 'Moved within the city: move your household record online'), action: text('申请户口迁移', 'Apply to move the household'),
    keywords: ['户口', '迁移', '搬家', '落户', '住址', 'household', 'move', 'address'],
    listing: onlineListing({
      catalogueCode: '002009031001', name: text('市内户口迁移', 'Moving the household within the city'), department: bureau, statutory: 10, promised: 3,
      byLaw: text('《中华人民共和国户口登记条例》第十条', 'Regulation on Household Registration, article 10'),
      conditions: [text('户口在本市', 'Household registered in this city'), text('在新住处有合法稳定住所', 'A lawful, settled home at the new place')],
      standard: text('地址与住所证明一致', 'The address agrees with the proof of the home'), audiences: ['1'], personTopics: ['020'],
      result: { name: text('户籍地址变更登记', 'Entry of the new address'), kind: 'other' },
      faq: [{ question: text('户口簿要换吗？', 'Do I need a new household booklet?'), answer: text('不用，户籍信息以人口库为准。', 'No; what counts is the population register.') }],
    }),
    form: [aboutYou, newHome, step('household', text('谁一起迁？', 'Who moves with you?'), [
      askOne('movers', text('迁移人员', 'Who moves'), { alone: text('只有我', 'Only I'), all: text('全户', 'The whole household') }),
      askYesNo('truthful', text('我确认新住处有合法居住权', 'I confirm that I may lawfully live at the new place')),
    ])],
    subject: 'application.name + " 市内户口迁移"',
    rules: [moved, { path: '/truthful', must: 'application.truthful', message: text('须确认有合法居住权。', 'Please confirm that you may lawfully live there.') }],
    needs: [], materials: [homeProof], facts: population,
    preCheck: preCheck('moveCheck', [askYesNo('inCity', text('两处都在云川市', 'Both places are in Yunchuan')), askYesNo('hasHome', text('新住处是我的合法住所', 'The new place is my lawful home'))]),
    process: 'household-move', licences: [],
    reasons: [{ code: 'home-unproved', text: text('住所证明不足', 'The home is not proved'), for: ['correct', 'refuse'] }],
    before: before(['户政窗口 2019 年计时', 'Household office, window timing of 2019'], 4, 10),
  }, {
    code: 'driver-address', summary: text('搬家后更新驾驶人的联系住址', 'Tell the vehicle office your new address'), action: text('变更驾驶人住址', 'Change the address'),
    keywords: ['驾驶证', '住址', '变更', '搬家', 'driver', 'address', 'change'],
    listing: onlineListing({
      catalogueCode: '002009032001', name: text('驾驶人住址变更备案', 'Address of a driver'), department: traffic, statutory: 5, promised: 2,
      byLaw: text('《机动车驾驶证申领和使用规定》（公安部令第162号）', 'Rules on Driver’s Licences (Ministry of Public Security, No. 162)'),
      conditions: [text('持有本市核发的驾驶证', 'Holds a driver’s licence of this city')], standard: text('与驾驶人库一致', 'Agrees with the register of drivers'), audiences: ['1'], personTopics: ['170'],
      result: { name: text('住址变更备案', 'Entry of the new address'), kind: 'other' },
      faq: [{ question: text('驾驶证要换吗？', 'Do I need a new licence?'), answer: text('不用，只更新联系住址。', 'No; only the contact address changes.') }],
    }),
    form: [aboutYou, newHome],
    subject: 'application.name + " 驾驶人住址变更"', rules: [moved], needs: [licensed],
    materials: [{
      code: 'licence-copy', name: text('机动车驾驶证', 'Driver’s licence'), kind: text('证照', 'Licence'), need: 'required', source: 'government', sourceExplain: text('驾驶人库，免提交', 'Register of drivers; nothing to hand in'),
      form: 'electronic', pages: 1, pageFormat: text('JPEG、PNG 或 PDF', 'JPEG, PNG or PDF'), copies: 1,
      satisfiedBy: { need: 'licensed', upload: { types: ['application/pdf', 'image/jpeg', 'image/png'], maxSize: 10_485_760, maxFiles: 2 } },
      sample: { title: text('机动车驾驶证', 'Driver’s licence'), rows: [{ label: text('档案编号', 'File number'), example: text('990100000001', '990100000001') }] },
      acceptStandard: text('有效', 'In force'), byLaw: text('《机动车驾驶证申领和使用规定》（公安部令第162号）', 'Rules on Driver’s Licences (Ministry of Public Security, No. 162)'),
    }, homeProof],
    facts: population,
    preCheck: preCheck('addressCheck', [askYesNo('hasLicence', text('我有本市核发的驾驶证', 'I hold a driver’s licence of this city'))]),
    process: 'driver-address', licences: [],
    reasons: [{ code: 'not-licensed', text: text('没有有效的驾驶证', 'No valid licence'), for: ['refuse'] }],
    before: before(['车管所 2018 年窗口计时', 'Vehicle office, window timing of 2018'], 3, 3),
  }],
  lifeEvents: [{
    code: 'move-house', name: text('搬家', 'Moving house'), summary: text('户口、驾驶人住址一次变更', 'Household record and driver’s address, changed at once'),
    services: ['household-move', 'driver-address'],
    together: { questions: ['citizenNumber', 'name', 'oldAddress', 'newDivision', 'newAddress', 'movedOn', 'phone'], materials: ['home-proof'], after: {} },
  }],
  examples: [
    { name: text('市内迁移可以办', 'Moving within the city is possible'), decision: 'moveCheck', input: { answers: { inCity: true, hasHome: true } }, output: { eligible: true, reasons: [{ zh: '可以办理，免费。', en: 'You can apply; it is free.' }], instead: null, materials: ['home-proof'], fee: 0 } },
    { name: text('没有驾驶证不用办', 'Without a licence there is nothing to do'), decision: 'addressCheck', input: { answers: { hasLicence: false } }, output: { eligible: false, reasons: [{ zh: '只有持本市驾驶证的人需要办理。', en: 'Only holders of a driver’s licence of this city need this.' }], instead: null, materials: [], fee: 0 } },
  ],
  processes: [
    { code: 'household-move', name: text('户口迁移流程', 'Process of the move'), file: 'processes/household-move.bpmn', names: { submitted: 'Submitted', review: 'Review the move', accepted: 'Accepted?', recordAcceptance: 'Record acceptance', moveHousehold: 'Change the household address', close: 'Close', deliver: 'Deliver', done: 'Done', refuse: 'Refuse acceptance', refused: 'Not accepted' } },
    { code: 'driver-address', name: text('住址变更流程', 'Process of the change'), file: 'processes/driver-address.bpmn', names: { submitted: 'Submitted', review: 'Check the address', accepted: 'Accepted?', recordAcceptance: 'Record acceptance', close: 'Close', deliver: 'Deliver', done: 'Done', refuse: 'Refuse acceptance', refused: 'Not accepted' } },
  ],
  decisions: [{ code: 'moving', name: text('搬家预检', 'Checks of a move'), file: 'decisions/moving.dmn' }],
});
