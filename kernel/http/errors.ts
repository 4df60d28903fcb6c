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
  'disclosure.withheld': {
    status: 500,
    zh: '本次答复中含有不应在此显示的个人号码或密钥，已被拦截，没有发出；如果本次操作要求保存内容，内容已经保存。安全管理员已收到告警。请不要反复重试，联系安全管理员并告知请求编号。',
    en: 'The answer held a person’s number or a key that this operation may not show, so it was withheld; if you asked for something to be saved, it was saved. The security administrator has been alerted. Do not try again and again: tell the security administrator the request number.',
  },
  'request.method': {
    status: 405,
    zh: '这个地址不接受 {method} 请求，可用的是：{allowed}。没有任何改动。',
    en: 'This address takes no {method} request; it takes {allowed}. Nothing was changed.',
  },
});
