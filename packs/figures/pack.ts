import { definePack, text } from '@zhengwu/pack';
import { indicators } from './indicators.ts';

export default definePack({
  code: 'figures',
  version: '1.1.0',
  name: text('城市运行指标', 'Figures of the city'),
  line: text('政务服务', 'Government services'),
  summary: text('办件数量、时效、按时率和市场主体等指标，一次声明，处处可用', 'Cases, speed, promises kept, and companies: declared once, served everywhere'),
  departments: [
    { code: 'YC-ZW', name: text('云川市政务服务局', 'Yunchuan Government Services Bureau') },
    { code: 'YC-SC', name: text('云川市市场监督管理局', 'Yunchuan Market Regulation Bureau') },
  ],
  indicators,
  registers: [], usesRegisters: ['enterprises'], services: [], licences: [], usesLicences: [], lifeEvents: [], fixtures: [], examples: [], processes: [], decisions: [],
});
