import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'server.busy': {
    status: 503,
    zh: '现在访问的人太多，本次没有处理；已保存的内容仍然保留。请在 {seconds} 秒后重试。',
    en: 'Too many people are here right now, so this was not handled; what was saved is kept. Try again in {seconds} seconds.',
  },
  'address.blocked': {
    status: 429,
    zh: '来自您所在网络地址的请求因可疑活动被暂时拒绝，本次没有处理；已保存的内容仍然保留。请在 {seconds} 秒后重试；如属误判，请联系站点的服务热线。',
    en: 'Requests from your network address are refused for now because of suspicious activity; this one was not handled and what was saved is kept. Try again in {seconds} seconds, or tell the site’s help line if this is a mistake.',
  },
  'request.method': {
    status: 405,
    zh: '这个地址不接受 {method} 请求，可用的是：{allowed}。没有任何改动。',
    en: 'This address takes no {method} request; it takes {allowed}. Nothing was changed.',
  },
});
