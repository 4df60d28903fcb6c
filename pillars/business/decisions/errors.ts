import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'decision.unknown': {
    status: 404,
    zh: '没有名为“{decision}”的决策，未作任何更改。请检查服务包中引用的决策名称。',
    en: 'There is no decision called “{decision}”; nothing was changed. Check the name that the pack refers to.',
  },
  'decision.expression': {
    status: 422,
    zh: '表达式“{text}”无法使用：{reason}。没有保存，请修改后重试。',
    en: 'The expression “{text}” cannot be used: {reason}. It was not saved; correct it and try again.',
  },
});
