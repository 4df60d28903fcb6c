import type { Dataset, DatasetColumn } from '@zhengwu/module';

const column = (name: string, type: DatasetColumn['type'], zh: string, en: string): DatasetColumn => ({ name, type, title: { zh, en } });

/** Cases without anybody in them: no applicant, no agent, no answers, no opinions. */
export const cases: Dataset = {
  code: 'cases',
  title: { zh: '办件', en: 'Cases' },
  permission: 'case.read',
  department: 'department',
  columns: [
    column('department', 'number', '办理部门', 'Department'), column('service', 'text', '事项', 'Service'), column('state', 'number', '办件状态', 'State'),
    column('channel', 'text', '申请渠道', 'Channel'), column('applicantKind', 'text', '申请人类型', 'Kind of applicant'), column('card', 'text', '监察牌', 'Card'),
    column('submittedAt', 'instant', '提交时间', 'Submitted'), column('acceptedAt', 'instant', '受理时间', 'Accepted'), column('closedAt', 'instant', '办结时间', 'Closed'),
    column('handlingDays', 'number', '从提交到办结的天数', 'Days from submission to the end'), column('isOnTime', 'truth', '在承诺期限内办结', 'Ended within the promise'),
  ],
  rows: `select department, service, state, channel, applicant_kind, card, submitted_at at time zone 'Asia/Shanghai', accepted_at at time zone 'Asia/Shanghai', closed_at at time zone 'Asia/Shanghai',
    round(extract(epoch from closed_at - submitted_at) / 86400, 3), case when closed_at is not null and promised_due is not null then (closed_at at time zone 'Asia/Shanghai')::date <= promised_due end
    from cases.case`,
};
