import { definePack, text } from '@zhengwu/pack';
import { registers } from './registers.ts';

export default definePack({
  code: 'economy',
  version: '1.1.0',
  name: text('宏观经济和信用基础库', 'Macro-economy and credit'),
  line: text('发展改革', 'Development and reform'),
  summary: text('宏观经济指标（单位、报告期、发布日）和公共信用信息', 'Macro-economic indicators with unit, period and day of publication; public credit records'),
  departments: [{ code: 'YC-FG', name: text('云川市发展和改革委员会', 'Yunchuan Development and Reform Commission') }],
  registers, usesRegisters: [], services: [], licences: [], usesLicences: [], lifeEvents: [], fixtures: [], examples: [], processes: [], decisions: [],
});
