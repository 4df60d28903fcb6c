import { Type, type TSchema } from 'typebox';
import { text, valid, type Register, type RegisterField } from '@zhengwu/pack';

const schema = (properties: Record<string, TSchema>): Record<string, unknown> => Type.Object(properties, { additionalProperties: false }) as unknown as Record<string, unknown>;
const field = (key: string, zh: string, en: string, more: Partial<RegisterField> = {}): RegisterField => ({ key, label: text(zh, en), class: 'public', ...more });

/** Values of macro-economic indicators: each has a unit, a period and a day in the calendar of publication (统计法 §20: revisions leave the first value in the history). */
const indicators: Register = {
  code: 'economic-indicators', name: text('宏观经济指标库', 'Macro-economic indicators'), key: 'code', subject: 'none', keeper: 'YC-FG', category: 'economy', sharing: { class: '1' }, label: 'public', correctionDays: 15,
  sources: [text('统计部门月报、季报', 'Monthly and quarterly reports of the statistics office'), text('市财政局预算执行', 'Finance bureau, budget')],
  retention: { years: 'permanent', basis: text('统计档案管理规定', 'Rules on statistical archives') },
  schema: schema({
    code: Type.String({ pattern: '^[a-z-]{2,30}-\\d{4}(Q[1-4]|-\\d{2})?$' }), indicator: valid.line(30), name: valid.line(60), period: Type.String({ pattern: '^\\d{4}(Q[1-4]|-\\d{2})?$' }), frequency: Type.Enum(['month', 'quarter', 'year']),
    unit: valid.line(30), value: Type.Number(), publishOn: valid.day, division: valid.division,
  }),
  fields: [
    field('code', '编号', 'Code'), field('indicator', '指标代码', 'Indicator'), field('name', '指标', 'Name'), field('period', '报告期', 'Period'), field('frequency', '频度', 'Frequency'), field('unit', '计量单位', 'Unit'),
    field('value', '数值', 'Value'), field('publishOn', '发布日', 'To be published'), field('division', '行政区划', 'Division', { identifier: 'division' }),
  ],
  quality: [
    { code: 'complete', name: text('数值和单位齐全', 'Value and unit given'), kind: 'completeness', fields: ['value', 'unit'] },
    { code: 'values-right', name: text('报告期、频度和日期正确', 'Period, frequency and day are right'), kind: 'validity', fields: ['code', 'period', 'frequency', 'publishOn', 'division'] },
    { code: 'one-a-period', name: text('每期一个值', 'One value a period'), kind: 'uniqueness', fields: ['indicator', 'period', 'division'] },
  ],
};

/** Credit records of legal entities (社会信用体系: public credit information and how long it is shown). */
const credit: Register = {
  code: 'credit-records', name: text('公共信用信息库', 'Public credit records'), key: 'number', subject: 'none', keeper: 'YC-FG', category: 'credit', correctionDays: 7,
  sharing: { class: '2', condition: text('行政管理、信用修复和联合奖惩使用', 'For administration, repair of credit and joint measures') },
  sources: [text('双公示：行政许可和行政处罚', 'Published licences and penalties'), text('信用承诺', 'Commitments')],
  retention: { years: 5, basis: text('公示期满后归档', 'Archived after the time of publication') },
  schema: schema({ number: valid.line(40), uscc: valid.uscc, entity: valid.line(100), kind: Type.Enum(['reward', 'penalty', 'commitment', 'abnormal']), content: valid.line(200), decidedBy: valid.line(60), decidedOn: valid.day, shownUntil: valid.day, status: Type.Enum(['shown', 'repaired', 'ended']) }),
  fields: [
    field('number', '文号', 'Number'), field('uscc', '统一社会信用代码', 'Unified social credit code', { identifier: 'uscc' }), field('entity', '主体名称', 'Entity'), field('kind', '类别', 'Kind'), field('content', '内容', 'Content'),
    field('decidedBy', '认定机关', 'Decided by'), field('decidedOn', '认定日期', 'Decided on'), field('shownUntil', '公示截止', 'Shown until'), field('status', '状态', 'Status'),
  ],
  quality: [
    { code: 'complete', name: text('必填项齐全', 'Nothing is missing'), kind: 'completeness', fields: ['entity', 'kind', 'content', 'decidedBy', 'decidedOn'] },
    { code: 'code-right', name: text('统一社会信用代码校验码正确（GB 32100）', 'Social credit codes pass their check character (GB 32100)'), kind: 'validity', fields: ['uscc'], weight: 3 },
    { code: 'values-right', name: text('类别、状态和日期正确', 'Kind, status and days are right'), kind: 'validity', fields: ['kind', 'decidedOn', 'shownUntil', 'status'] },
    { code: 'entity-known', name: text('主体在法人库', 'The entity is on the register of legal entities'), kind: 'consistency', fields: ['uscc'], register: 'enterprises' },
  ],
};

export const registers: Register[] = [indicators, credit];
