import { act, date, line, number, para, register, severity, state, text } from './register.ts';

/** 6 operations, 7 access control, 8 development and maintenance. */
export const running = [
  register({
    code: 'procedure', domain: 6, prefix: 'PRO', name: text('操作规程', 'Procedures'), reviewMonths: 12,
    fields: [line('edition', '版本', 'Edition'), para('steps', '步骤', 'Steps'), line('document', '文档', 'Document', false)],
    states: [state('draft', '起草', 'Draft', true), state('valid', '有效', 'Valid'), state('withdrawn', '已废止', 'Withdrawn')],
    acts: [act('approve', '批准', 'Approve', 'draft', 'valid', { needs: 'approve', others: ['create'] }), act('revise', '修订', 'Revise', 'valid', 'draft', { reason: true }), act('withdraw', '废止', 'Withdraw', 'valid', 'withdrawn', { reason: true })],
  }),
  register({
    code: 'change', domain: 6, prefix: 'CHG', name: text('变更', 'Changes'), dueName: text('计划日', 'Planned for'),
    fields: [para('what', '内容', 'What changes'), para('risk', '风险与影响', 'Risk and effect'), para('rollback', '回退办法', 'How to roll back'), line('window', '时间窗', 'Window'), para('result', '结果', 'Result', false)],
    states: [state('asked', '待审批', 'Asked for', true), state('approved', '已批准', 'Approved', true), state('done', '已实施', 'Done'), state('rolled', '已回退', 'Rolled back'), state('refused', '未批准', 'Refused')],
    acts: [
      // Two people beside the one who asks (四眼原则): neither alone puts a change into the running system.
      act('approve', '批准', 'Approve', 'asked', 'approved', { needs: 'approve', people: 2, others: ['create', 'ask'] }), act('refuse', '不批准', 'Refuse', 'asked', 'refused', { needs: 'approve', reason: true }),
      act('do', '登记实施', 'Record as done', 'approved', 'done', { fields: ['result'] }), act('rollback', '登记回退', 'Record the roll-back', ['approved', 'done'], 'rolled', { fields: ['result'], reason: true }),
    ],
  }),
  register({
    code: 'capacity', domain: 6, prefix: 'CAP', name: text('容量', 'Capacity'), dueName: text('下次评估', 'Next look'),
    fields: [line('resource', '资源', 'Resource'), number('used', '已用（%）', 'Used (%)'), number('limit', '上限（%）', 'Limit (%)'), para('plan', '扩容计划', 'Plan', false)],
    states: [state('enough', '充足', 'Enough', true), state('short', '不足', 'Short', true)],
    acts: [act('measure', '登记测量', 'Record a measurement', ['enough', 'short'], 'enough', { fields: ['used'], due: 30 }), act('short', '登记不足', 'Record a shortage', 'enough', 'short', { fields: ['used', 'plan'] })],
  }),
  register({
    code: 'backup', domain: 6, prefix: 'BAK', name: text('备份与恢复证明', 'Backups and proof of restore'), dueName: text('下次恢复验证', 'Next proof of restore'),
    fields: [line('what', '对象', 'What'), line('rhythm', '周期', 'How often'), line('place', '存放处', 'Kept at'), line('keeps', '保存期', 'Kept for')],
    states: [state('unproved', '未验证', 'Not proved', true), state('proved', '已验证', 'Proved', true), state('ended', '停用', 'Ended')],
    acts: [act('prove', '登记验证', 'Record the proof', ['unproved', 'proved'], 'proved', { proof: 'restore', due: 90 }), act('end', '停用', 'End', ['unproved', 'proved'], 'ended', { reason: true })],
  }),
  register({
    code: 'malware', domain: 6, prefix: 'MAL', name: text('恶意代码', 'Malware'), dueName: text('处置期限', 'To be handled by'), clock: { field: 'severity', days: { critical: 1, high: 1, medium: 3, low: 7 } },
    fields: [line('object', '对象', 'Object'), line('signature', '名称', 'Name'), severity, para('handling', '处置', 'What was done', false)],
    states: [state('found', '已发现', 'Found', true), state('handled', '已处置', 'Handled')], acts: [act('handle', '登记处置', 'Record what was done', 'found', 'handled', { fields: ['handling'] })],
  }),
  register({
    code: 'review', domain: 7, prefix: 'REV', name: text('权限复核', 'Access reviews'), dueName: text('完成期限', 'To be done by'),
    fields: [line('what', '对象', 'What is reviewed'), para('result', '结论', 'Result', false), number('removed', '收回权限数', 'Rights taken back', false)],
    states: [state('planned', '计划', 'Planned', true), state('done', '完成', 'Done')], acts: [act('complete', '完成', 'Complete', 'planned', 'done', { fields: ['result', 'removed'] })],
  }),
  register({
    code: 'privileged', domain: 7, dated: true, prefix: 'PRV', name: text('特权使用', 'Privileged use'), dueName: text('截止', 'Until'), lapse: { from: ['granted'], to: 'lapsed' },
    fields: [line('person', '使用人', 'Who'), line('right', '权限', 'Right'), para('purpose', '用途', 'Purpose'), para('done', '实际操作', 'What was done', false)],
    states: [state('asked', '申请', 'Asked for', true), state('granted', '已批准', 'Granted', true), state('closed', '已收回', 'Closed'), state('lapsed', '到期收回', 'Lapsed'), state('refused', '未批准', 'Refused')],
    acts: [act('grant', '批准', 'Grant', 'asked', 'granted', { needs: 'approve', others: ['create'] }), act('refuse', '不批准', 'Refuse', 'asked', 'refused', { needs: 'approve', reason: true }), act('close', '收回', 'Close', 'granted', 'closed', { fields: ['done'] })],
  }),
  register({
    code: 'exception', domain: 7, dated: true, prefix: 'EXC', name: text('例外', 'Exceptions'), dueName: text('到期', 'Ends on'), lapse: { from: ['granted'], to: 'lapsed' },
    fields: [line('rule', '偏离的规定', 'Rule that is departed from'), para('why', '理由', 'Why'), para('instead', '补偿措施', 'What is done instead')],
    states: [state('asked', '申请', 'Asked for', true), state('granted', '已批准', 'Granted', true), state('lapsed', '已失效', 'Lapsed'), state('ended', '已结束', 'Ended'), state('refused', '未批准', 'Refused')],
    acts: [act('grant', '批准', 'Grant', 'asked', 'granted', { needs: 'approve', others: ['create'] }), act('refuse', '不批准', 'Refuse', 'asked', 'refused', { needs: 'approve', reason: true }), act('end', '提前结束', 'End early', 'granted', 'ended', { reason: true })],
  }),
  register({
    code: 'requirement', domain: 8, prefix: 'REQ', name: text('安全需求', 'Security requirements'), dueName: text('完成期限', 'To be done by'),
    fields: [para('need', '需求', 'Requirement'), line('source', '来源', 'Source'), line('test', '验证', 'Proved by', false)],
    states: [state('open', '待实现', 'Open', true), state('met', '已实现', 'Met'), state('dropped', '不采用', 'Dropped')], acts: [act('meet', '登记实现', 'Record as met', 'open', 'met', { fields: ['test'] }), act('drop', '不采用', 'Drop', 'open', 'dropped', { needs: 'approve', reason: true })],
  }),
  register({
    code: 'release', domain: 8, prefix: 'REL', name: text('版本发布', 'Releases'), dueName: text('计划日', 'Planned for'),
    fields: [line('version', '版本号', 'Version'), para('notes', '说明', 'Notes'), line('tests', '测试结果', 'Test result', false), line('sbom', '物料清单散列', 'Hash of the bill of materials', false)],
    states: [state('planned', '计划', 'Planned', true), state('released', '已发布', 'Released'), state('withdrawn', '已撤回', 'Withdrawn')],
    acts: [act('release', '批准发布', 'Release', 'planned', 'released', { needs: 'approve', others: ['create'], fields: ['tests', 'sbom'] }), act('withdraw', '撤回', 'Withdraw', 'released', 'withdrawn', { reason: true })],
  }),
  register({
    code: 'vulnerability', domain: 8, prefix: 'VUL', name: text('漏洞', 'Vulnerabilities'), dueName: text('修复期限', 'To be fixed by'), clock: { field: 'severity', days: { critical: 3, high: 7, medium: 30, low: 90 } },
    fields: [line('component', '组件与版本', 'Component and version'), line('reference', '编号（CNVD/CVE）', 'Number (CNVD, CVE)', false), severity, date('found', '发现日', 'Found on'), para('fix', '修复', 'Fix', false)],
    states: [state('open', '待修复', 'Open', true), state('fixed', '已修复，待验证', 'Fixed, to be checked', true), state('closed', '已关闭', 'Closed'), state('accepted', '接受风险', 'Accepted')],
    acts: [act('fix', '登记修复', 'Record the fix', 'open', 'fixed', { fields: ['fix'] }), act('verify', '验证关闭', 'Check and close', 'fixed', 'closed', { needs: 'approve', others: ['fix'] }), act('reopen', '退回', 'Open again', 'fixed', 'open', { needs: 'approve', reason: true }), act('accept', '接受风险', 'Accept the risk', 'open', 'accepted', { needs: 'approve', reason: true, others: ['create'] })],
  }),
];
