import { definePack, text } from '@zhengwu/pack';
import { registers } from './registers.ts';

export default definePack({
  code: 'geography',
  version: '1.1.0',
  name: text('自然资源和空间地理基础库', 'Natural resources and geography'),
  line: text('自然资源', 'Natural resources'),
  summary: text('行政区划和地名、标准地址和坐标、宗地、建筑物', 'Divisions and place names, standard addresses with coordinates, parcels, buildings'),
  departments: [
    { code: 'YC-MZ', name: text('云川市民政局', 'Yunchuan Civil Affairs Bureau') },
    { code: 'YC-GA', name: text('云川市公安局', 'Yunchuan Public Security Bureau') },
    { code: 'YC-ZJ', name: text('云川市住房和城乡建设局', 'Yunchuan Housing and Construction Bureau') },
  ],
  registers, usesRegisters: [], services: [], licences: [], usesLicences: [], lifeEvents: [], fixtures: [], examples: [], processes: [], decisions: [],
});
