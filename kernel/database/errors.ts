import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'idempotency.key-reused': {
    status: 422,
    zh: '这个提交编号已用于另一份内容。上次提交的内容已保存，未作改动。请刷新页面，取得新的编号后再提交。',
    en: 'This submission key was already used for different content. What was submitted then is kept unchanged. Reload the page to get a new key and submit again.',
  },
  'idempotency.unfinished': {
    status: 409,
    zh: '同一编号的提交没有留下结果。没有重复办理。请稍后刷新页面查看。',
    en: 'A submission with this key left no answer. Nothing was done twice. Reload the page in a moment to see the result.',
  },
});
