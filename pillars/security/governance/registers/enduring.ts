import { act, choice, date, line, number, para, register, severity, state, text } from './register.ts';

/** 9 continuity, 10 inspection. */
export const enduring = [
  register({
    code: 'impact', domain: 9, prefix: 'BIA', name: text('业务影响分析', 'Business impact'), reviewMonths: 12,
    fields: [line('business', '业务', 'Business'), para('harm', '中断的后果', 'Harm when it stops'), number('rto', '恢复时间目标（分钟）', 'Recovery time target (minutes)'), number('rpo', '恢复点目标（分钟）', 'Recovery point target (minutes)')],
    states: [state('draft', '起草', 'Draft', true), state('valid', '有效', 'Valid')], acts: [act('approve', '批准', 'Approve', 'draft', 'valid', { needs: 'approve', others: ['create'] }), act('revise', '修订', 'Revise', 'valid', 'draft', { reason: true })],
  }),
  register({
    code: 'plan', domain: 9, prefix: 'BCP', name: text('应急预案', 'Continuity plans'), reviewMonths: 12,
    fields: [line('event', '事件', 'Event'), para('steps', '步骤', 'Steps'), line('call', '联系人', 'Whom to call')],
    states: [state('draft', '起草', 'Draft', true), state('valid', '有效', 'Valid')], acts: [act('approve', '批准', 'Approve', 'draft', 'valid', { needs: 'approve', others: ['create'] }), act('revise', '修订', 'Revise', 'valid', 'draft', { reason: true })],
  }),
  register({
    code: 'drill', domain: 9, prefix: 'DRL', name: text('演练', 'Drills'), dueName: text('下次演练', 'Next drill'),
    fields: [choice('part', '停掉的部分', 'What is stopped', { database: ['数据库', 'The database'], portal: ['门户', 'The portal'] }), number('target', '恢复目标（秒）', 'Target (seconds)'), para('lesson', '总结', 'What was learnt', false)],
    states: [state('planned', '计划', 'Planned', true), state('passed', '达标', 'Within the target'), state('missed', '未达标', 'Missed the target', true)],
    // The outcome is what the machine measured; nobody writes it in.
    acts: [act('lesson', '记录总结', 'Record what was learnt', ['passed', 'missed'], 'planned', { fields: ['lesson'], due: 180 })],
  }),
  register({
    code: 'audit', domain: 10, prefix: 'AUD', name: text('检查计划', 'Audit plans'), keeper: 'inspect', dueName: text('计划日', 'Planned for'),
    fields: [line('scope', '范围', 'Scope'), line('basis', '依据', 'Basis'), line('team', '检查人', 'Inspectors'), para('result', '结论', 'Result', false)],
    states: [state('planned', '计划', 'Planned', true), state('done', '完成', 'Done')], acts: [act('conclude', '出具结论', 'Conclude', 'planned', 'done', { needs: 'inspect', fields: ['result'] })],
  }),
  register({
    code: 'finding', domain: 10, prefix: 'FND', name: text('检查发现', 'Findings'), keeper: 'inspect', dueName: text('整改期限', 'To be put right by'), clock: { field: 'severity', days: { critical: 3, high: 15, medium: 30, low: 90 } },
    fields: [severity, para('what', '事实', 'What was found'), line('rule', '违反的要求', 'Requirement'), date('found', '发现日', 'Found on')],
    states: [state('open', '待整改', 'Open', true), state('rectified', '已整改', 'Put right', true), state('closed', '已销号', 'Closed')],
    acts: [act('rectify', '报告已整改', 'Report as put right', 'open', 'rectified', { reason: true }), act('close', '复查销号', 'Check again and close', 'rectified', 'closed', { needs: 'inspect', others: ['rectify'], reason: true }), act('reopen', '复查不合格', 'Open again', ['rectified', 'closed'], 'open', { needs: 'inspect', others: ['rectify'], reason: true })],
  }),
  register({
    code: 'rectification', domain: 10, prefix: 'REC', name: text('整改', 'Rectifications'), dueName: text('完成期限', 'To be done by'),
    fields: [para('measure', '措施', 'Measure'), para('result', '结果与证据', 'Result and evidence', false)],
    states: [state('open', '进行中', 'Under way', true), state('done', '已完成，待复查', 'Done, to be checked', true), state('confirmed', '复查合格', 'Confirmed')],
    acts: [act('finish', '完成', 'Finish', 'open', 'done', { fields: ['result'] }), act('confirm', '复查合格', 'Confirm', 'done', 'confirmed', { needs: 'inspect', others: ['finish', 'create'] }), act('reopen', '复查不合格', 'Open again', 'done', 'open', { needs: 'inspect', others: ['finish'], reason: true })],
  }),
];
