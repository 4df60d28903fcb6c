import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'calendar.get': { who: 'official', audit: null },
  'calendar.put': { who: 'official', permission: 'calendar.keep', audit: 'calendar.kept' },
}, {
  'calendar.kept': { zh: '保存工作日历', en: 'Working calendar saved' },
});
