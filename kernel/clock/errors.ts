import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'calendar.unknown-year': {
    status: 503,
    zh: '{year} 年的工作日历尚未录入，无法计算期限；本次操作没有保存。请联系管理员录入国务院办公厅公布的放假安排后重试。',
    en: 'There is no working calendar for {year} yet, so the time limit could not be worked out; nothing was saved. Ask the administrator to enter the published holidays of that year, then try again.',
  },
  'calendar.invalid': {
    status: 422,
    zh: '{year} 年的工作日历有误（{day}），没有启用。请核对该日：每天只能出现一次，且须在该年之内。',
    en: 'The working calendar of {year} is wrong at {day} and was not taken into use. Check that day: each day appears once and lies in that year.',
  },
  'limit.already-stopped': {
    status: 409,
    zh: '期限计算已自 {day} 起中止，本次没有更改。请先恢复计算。',
    en: 'The time limit has been standing still since {day}; nothing was changed. Resume it first.',
  },
  'limit.not-stopped': {
    status: 409,
    zh: '期限计算没有中止，无需恢复；未作任何更改。',
    en: 'The time limit is not standing still, so there is nothing to resume; nothing was changed.',
  },
});
