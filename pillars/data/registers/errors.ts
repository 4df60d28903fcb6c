import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'register.unknown': {
    status: 404,
    zh: '没有“{register}”这个基础库，未作任何更改。请检查代码，或先加载声明它的服务包。',
    en: 'There is no register “{register}”; nothing was changed. Check the code, or load the pack that declares it.',
  },
  'register.record-invalid': {
    status: 422,
    zh: '记录不符合“{register}”的要求（{issues}），未写入，原记录保留。请按要求改正后再写。',
    en: 'The record does not fit “{register}” ({issues}); it was not written and the old one is kept. Correct it and write again.',
  },
});
