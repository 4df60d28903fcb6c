import { definePack, text } from '@zhengwu/pack';

export default definePack({
  code: 'sharing',
  version: '1.0.0',
  name: text('行业数据回流', 'Data flowing back from the lines'),
  line: text('数据共享', 'Data sharing'),
  summary: text('税务等行业数据中心的变更回流到市政府数据中心', 'Changes of the industry centres flow back to the government centre'),
  departments: [{ code: 'YC-SW', name: text('云川市税务局', 'Yunchuan Tax Bureau') }],
  usesRegisters: ['tax-registrations'],
  intakes: [{
    code: 'taxpayers-to-registrations', name: text('纳税人信息成为税务登记信息', 'Taxpayers become registrations for tax'), topic: 'register.taxpayers', register: 'tax-registrations', key: 'uscc', knownOnly: true,
    parts: [
      { to: 'uscc', from: 'uscc' }, { to: 'taxpayerKind', from: 'taxpayerKind' }, { to: 'taxAuthority', from: 'taxAuthority' }, { to: 'registeredOn', from: 'registeredOn' }, { to: 'status', from: 'status' },
    ],
  }],
  registers: [], services: [], licences: [], usesLicences: [], lifeEvents: [], fixtures: [], examples: [], processes: [], decisions: [],
});
