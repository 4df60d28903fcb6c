import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'request.method': {
    status: 405,
    zh: '这个地址不接受 {method} 请求，可用的是：{allowed}。没有任何改动。',
    en: 'This address takes no {method} request; it takes {allowed}. Nothing was changed.',
  },
});
