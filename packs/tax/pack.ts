import { definePack, text } from '@zhengwu/pack';
import { indicators } from './indicators.ts';
import { intakes } from './intakes.ts';
import { registers } from './registers.ts';

export default definePack({
  code: 'tax',
  version: '1.2.0',
  name: text('税务数据中心', 'Tax centre'),
  line: text('税务', 'Tax'),
  summary: text('纳税人登记信息，与市政府数据中心横向交换，向上级税务数据中心汇聚', 'Taxpayers: exchanged sideways with the government centre, gathered upward by the superior tax centre'),
  departments: [{ code: 'YC-SW', name: text('云川市税务局', 'Yunchuan Tax Bureau') }],
  registers,
  intakes,
  indicators,
  usesRegisters: [],
  services: [],
  licences: [],
  usesLicences: [],
  lifeEvents: [],
  fixtures: [],
  examples: [],
  processes: [],
  decisions: [],
});
