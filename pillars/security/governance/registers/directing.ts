import { act, choice, date, line, para, register, state, text } from './register.ts';

/** 1 policy, 2 organisation, 3 information. */
export const directing = [
  register({
    code: 'policy', domain: 1, prefix: 'POL', name: text('安全策略', 'Policies'), acknowledged: true, reviewMonths: 12,
    fields: [
      line('edition', '版本', 'Edition'), para('goal', '目标', 'Goal'), line('scope', '适用范围', 'Scope'), para('text', '正文', 'Text'),
      choice('audience', '应读人员', 'Who must read it', { all: ['全体工作人员', 'All officials'], department: ['本部门及下属', 'The department and those below'] }),
    ],
    states: [state('draft', '起草', 'Draft', true), state('proposed', '送审', 'Put forward', true), state('published', '已发布', 'Published'), state('withdrawn', '已废止', 'Withdrawn')],
    acts: [
      act('propose', '送审', 'Put forward', 'draft', 'proposed'),
      act('publish', '批准发布', 'Approve and publish', 'proposed', 'published', { needs: 'approve', others: ['propose', 'create'] }),
      act('return', '退回修改', 'Send back', 'proposed', 'draft', { needs: 'approve', reason: true }),
      act('revise', '修订新版', 'Begin a new edition', 'published', 'draft', { reason: true, fields: ['edition'] }),
      act('withdraw', '废止', 'Withdraw', 'published', 'withdrawn', { needs: 'approve', reason: true }),
    ],
  }),
  register({
    code: 'duty', domain: 2, prefix: 'DUT', name: text('安全职责', 'Responsibilities'), reviewMonths: 12,
    fields: [line('role', '职责', 'Role'), para('tasks', '内容', 'What it asks'), line('deputy', '替补人', 'Deputy', false), line('contact', '联系方式', 'How to reach', false)],
    states: [state('held', '在任', 'Held'), state('vacant', '空缺', 'Vacant', true), state('ended', '已撤销', 'Ended')],
    acts: [act('vacate', '空缺', 'Becomes vacant', 'held', 'vacant', { reason: true }), act('fill', '到任', 'Is filled', 'vacant', 'held'), act('end', '撤销', 'End', ['held', 'vacant'], 'ended', { reason: true })],
  }),
  register({
    code: 'committee', domain: 2, prefix: 'COM', name: text('领导小组与会议', 'Committees'), dueName: text('下次会议', 'Next meeting'),
    fields: [line('chair', '主持', 'Chair'), para('members', '成员', 'Members'), para('minutes', '最近一次会议要点', 'What the last meeting decided', false)],
    states: [state('sitting', '在任', 'Sitting', true), state('dissolved', '已解散', 'Dissolved')],
    acts: [act('met', '记录会议', 'Record a meeting', 'sitting', 'sitting', { fields: ['minutes'], due: 90 }), act('dissolve', '解散', 'Dissolve', 'sitting', 'dissolved', { reason: true })],
  }),
  register({
    code: 'party', domain: 2, dated: true, prefix: 'PTY', name: text('外部单位与合同', 'Outside parties'), dueName: text('合同截止', 'Contract ends'), lapse: { from: ['running'], to: 'lapsed' },
    fields: [line('contract', '合同', 'Contract'), line('service', '服务内容', 'What they do'), choice('access', '可接触的信息', 'What they can reach', { none: ['不接触', 'Nothing'], internal: ['内部信息', 'Internal'], personal: ['个人信息', 'Personal data'] }), line('pledge', '保密协议', 'Confidentiality agreement')],
    states: [state('running', '履行中', 'Running', true), state('lapsed', '已到期', 'Lapsed'), state('ended', '已终止', 'Ended')],
    acts: [act('renew', '续签', 'Renew', ['running', 'lapsed'], 'running', { needs: 'approve', reason: true, due: 365 }), act('end', '终止', 'End', ['running', 'lapsed'], 'ended', { reason: true })],
  }),
  register({
    code: 'asset', domain: 3, prefix: 'AST', name: text('信息资产', 'Information assets'), owned: false, reviewMonths: 12,
    fields: [
      choice('kind', '类别', 'Kind', { table: ['数据表', 'Table'], file: ['文件', 'Files'], system: ['系统', 'System'], paper: ['纸质', 'Paper'] }), line('place', '所在', 'Where'),
      choice('class', '分级', 'Class', { public: ['公开', 'Public'], internal: ['内部', 'Internal'], personal: ['个人信息', 'Personal'], sensitive: ['敏感个人信息', 'Sensitive personal'], secret: ['密钥口令', 'Secrets'] }, false),
      line('label', '标签', 'Label', false), para('handling', '处理规则', 'Handling rules', false), date('until', '保存至', 'Keep until', false),
    ],
    states: [state('found', '待分级', 'Not classified', true), state('classified', '已分级', 'Classified'), state('retired', '已退役', 'Retired')],
    acts: [act('classify', '确定分级', 'Classify', ['found', 'classified'], 'classified', { fields: ['class', 'handling'] }), act('retire', '退役', 'Retire', ['found', 'classified'], 'retired', { reason: true })],
  }),
];
