import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'calendar.changed': {
    status: 409,
    zh: '这一年的日历刚刚被别人修改过，您的修改没有保存。请刷新后在最新内容上再改。',
    en: 'Somebody has just changed the calendar of this year, and your change was not saved. Refresh and make it again on the latest.',
  },
});
