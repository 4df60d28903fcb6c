import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'trail.keeps': {
    status: 409, zh: '这些审计记录还不能删除：未满六个月，或者第二存放地还没有核验过的副本。全部记录保持不变。请等下一次定时任务，或检查第二存放地的设置。',
    en: 'These audit records cannot be removed yet: they are less than six months old, or the second place has no verified copy. Every record was kept. Wait for the next run of the job, or check the setting of the second place.',
  },
  'trail.no-day': { status: 422, zh: '请给出统计类别和形如 2026-11-23 的起止日期。没有导出任何内容。', en: 'Name the report, and days such as 2026-11-23. Nothing was exported.' },
  'trail.no-record': { status: 404, zh: '没有这条审计记录，可能已在保存期满后移出。没有任何改动。请在第二存放地的副本里查找。', en: 'There is no such audit record; it may have been removed after its time. Nothing was changed. Look in the copies of the second place.' },
  'trail.not-appended': { status: 409, zh: '这条记录还没有写入签名日志，通常只需几秒。没有任何改动。请稍后再试。', en: 'This record is not in the signed log yet; it takes a few seconds. Nothing was changed. Try again shortly.' },
});
