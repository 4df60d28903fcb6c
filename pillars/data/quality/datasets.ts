import type { Dataset } from '@zhengwu/module';

/** Scores by day, so that packs can make indicators of them. */
export const datasets = (): readonly Dataset[] => [{
  code: 'quality-scores', title: { zh: '基础库质量评分', en: 'Scores of registers' }, permission: 'quality.read', department: 'keeper',
  columns: [
    { name: 'keeper', type: 'number', title: { zh: '管理部门', en: 'Keeper' } },
    { name: 'register', type: 'text', title: { zh: '基础库', en: 'Register' } },
    { name: 'dimension', type: 'text', title: { zh: '维度', en: 'Dimension' } },
    { name: 'rule', type: 'text', title: { zh: '规则', en: 'Rule' } },
    { name: 'measuredOn', type: 'day', title: { zh: '测评日期', en: 'Measured on' } },
    { name: 'judged', type: 'number', title: { zh: '受检记录', en: 'Records judged' } },
    { name: 'failing', type: 'number', title: { zh: '不符记录', en: 'Records that break it' } },
    { name: 'score', type: 'number', title: { zh: '评分', en: 'Score' } },
  ],
  rows: `select keeper, register, dimension, rule, (measured_at at time zone 'Asia/Shanghai')::date, judged::float8, failing::float8, score from quality.score`,
}];
