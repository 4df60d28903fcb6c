import { act, choice, date, flag, line, para, register, state, text } from './register.ts';

/** 4 personnel, 5 physical environment. */
export const people = [
  register({
    code: 'screening', domain: 4, prefix: 'SCR', name: text('背景审查与涉密资格', 'Screening and clearance'), owned: false, dueName: text('有效期至', 'Valid until'), lapse: { from: ['cleared'], to: 'lapsed' },
    fields: [line('person', '人员', 'Person'), choice('clearance', '资格', 'Clearance', { none: ['无', 'None'], internal: ['内部', 'Internal'], secret: ['秘密', 'Secret (秘密)'], confidential: ['机密', 'Confidential (机密)'] }), line('basis', '审查依据', 'Basis'), flag('pledge', '已签保密承诺', 'Has signed the pledge', false)],
    states: [state('asked', '审查中', 'Under way', true), state('cleared', '合格', 'Cleared'), state('refused', '不合格', 'Refused'), state('lapsed', '已过期', 'Lapsed', true)],
    acts: [act('clear', '认定合格', 'Clear', ['asked', 'lapsed'], 'cleared', { needs: 'approve', others: ['create'], due: 1095 }), act('refuse', '认定不合格', 'Refuse', ['asked', 'lapsed'], 'refused', { needs: 'approve', reason: true })],
  }),
  register({
    code: 'training', domain: 4, prefix: 'TRN', name: text('安全培训', 'Training'), dueName: text('有效期至', 'Valid until'), lapse: { from: ['passed'], to: 'expired' },
    fields: [line('person', '人员', 'Person'), line('course', '课程', 'Course'), date('on', '培训日期', 'Day', false), line('proof', '证明（成绩或证书编号）', 'Proof (mark or certificate number)', false)],
    states: [state('planned', '计划', 'Planned', true), state('passed', '合格', 'Passed'), state('failed', '不合格', 'Failed', true), state('expired', '已过期', 'Expired', true)],
    acts: [act('pass', '登记合格', 'Record a pass', ['planned', 'failed', 'expired'], 'passed', { fields: ['on', 'proof'], due: 365 }), act('fail', '登记不合格', 'Record a fail', 'planned', 'failed', { due: 30 })],
  }),
  register({
    code: 'leaver', domain: 4, prefix: 'LVR', name: text('离岗清单', 'Leavers'), dueName: text('完成期限', 'To be done by'),
    fields: [line('person', '人员', 'Person'), flag('access', '权限、会话、证书已收回', 'Rights, sessions, certificates ended', false), flag('work', '工作已移交', 'Work handed over', false), flag('things', '设备、介质、证件已交还', 'Equipment, media and cards returned', false), flag('pledge', '已重申保密义务', 'Reminded of secrecy', false)],
    states: [state('leaving', '办理中', 'Leaving', true), state('left', '已办结', 'Left')],
    acts: [act('tick', '登记进展', 'Record progress', 'leaving', 'leaving', { fields: ['access', 'work', 'things', 'pledge'] }), act('complete', '办结', 'Complete', 'leaving', 'left', { needs: 'approve', others: ['create'] })],
  }),
  register({
    code: 'area', domain: 5, prefix: 'ARE', name: text('安全区域', 'Areas'), reviewMonths: 6,
    fields: [line('place', '位置', 'Where'), choice('grade', '级别', 'Grade', { public: ['公共区', 'Public'], office: ['办公区', 'Office'], machine: ['机房', 'Machine room'] }), para('rules', '出入规定', 'Who may enter'), para('protection', '防火、防水、供电、温湿度', 'Fire, water, power, climate')],
    states: [state('used', '在用', 'In use'), state('closed', '停用', 'Closed')], acts: [act('inspect', '记录巡查', 'Record a round', 'used', 'used', { reason: true }), act('close', '停用', 'Close', 'used', 'closed', { reason: true })],
  }),
  register({
    code: 'visitor', domain: 5, prefix: 'VIS', name: text('来访登记', 'Visitors'), dueName: text('应离开日', 'Leaves on'),
    fields: [line('visitor', '来访人', 'Visitor'), line('from', '单位', 'From'), line('purpose', '事由', 'Purpose'), line('area', '区域', 'Area'), line('badge', '证卡号', 'Badge', false)],
    states: [state('announced', '已预约', 'Announced', true), state('inside', '在场', 'Inside', true), state('gone', '已离开', 'Gone'), state('refused', '未放行', 'Refused')],
    acts: [act('enter', '进入', 'Enters', 'announced', 'inside', { fields: ['badge'] }), act('leave', '离开', 'Leaves', 'inside', 'gone'), act('refuse', '不放行', 'Refuse', 'announced', 'refused', { reason: true })],
  }),
  register({
    code: 'equipment', domain: 5, prefix: 'EQP', name: text('设备', 'Equipment'), dueName: text('下次维护', 'Next service'),
    fields: [line('model', '型号', 'Model'), line('serial', '编号', 'Serial number'), line('place', '位置', 'Where')],
    states: [state('used', '在用', 'In use', true), state('repair', '维修', 'In repair', true), state('scrapped', '已报废', 'Scrapped')],
    acts: [act('serve', '维护完成', 'Serviced', ['used', 'repair'], 'used', { reason: true, due: 180 }), act('send', '送修（已清除数据）', 'Send to repair (data removed)', 'used', 'repair', { reason: true }), act('scrap', '报废', 'Scrap', ['used', 'repair'], 'scrapped', { needs: 'approve', reason: true })],
  }),
  register({
    code: 'medium', domain: 5, prefix: 'MED', name: text('介质（含摆渡介质）', 'Media (the ferry’s too)'), dueName: text('下次清点', 'Next count'),
    fields: [choice('kind', '种类', 'Kind', { ferry: ['摆渡介质', 'Ferry medium'], backup: ['备份介质', 'Backup medium'], paper: ['纸质', 'Paper'], other: ['其他', 'Other'] }), line('serial', '编号', 'Serial number'), line('holder', '保管人', 'Held by'), line('place', '存放处', 'Kept at'), line('witness', '销毁见证人', 'Witness of the destruction', false)],
    states: [state('kept', '在库', 'Kept', true), state('out', '借出', 'Out', true), state('condemned', '待销毁', 'To be destroyed', true), state('destroyed', '已销毁', 'Destroyed')],
    acts: [
      act('hand', '移交', 'Hand over', ['kept', 'out'], 'out', { fields: ['holder', 'place'], reason: true }), act('return', '归还', 'Return', 'out', 'kept', { fields: ['holder', 'place'] }),
      act('condemn', '申请销毁', 'Ask for destruction', ['kept', 'out'], 'condemned', { reason: true }), act('destroy', '批准并见证销毁', 'Destroy before a witness', 'condemned', 'destroyed', { needs: 'approve', others: ['condemn'], fields: ['witness'], reason: true }),
    ],
  }),
];
