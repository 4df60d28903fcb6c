import { defineErrors } from './define.ts';

/** Failures that any module may answer. Each says what happened, what was kept and what to do next. */
export const common = defineErrors({
  'request.malformed': {
    status: 400,
    zh: '请求内容无法读懂，未作任何更改。请检查内容格式后重新提交。',
    en: 'The content of the request could not be read; nothing was changed. Check its format and send it again.',
  },
  'request.invalid': {
    status: 422,
    zh: '有内容不符合要求，尚未保存本次提交；您填写的内容仍在页面上。请按各项提示修改后再次提交。',
    en: 'Some answers do not meet the rules, so this submission was not saved; what you entered is still on the page. Change the items named below and send again.',
  },
  'request.too-large': {
    status: 413,
    zh: '内容超过允许的大小（{limit}），未作任何更改。请缩小或分批后重新提交。',
    en: 'The content is larger than allowed ({limit}); nothing was changed. Make it smaller or split it, and send it again.',
  },
  'request.unsupported-media': {
    status: 415,
    zh: '不支持此内容类型，未作任何更改。请改用 {expected} 后重新提交。',
    en: 'This content type is not supported; nothing was changed. Send it again as {expected}.',
  },
  'request.timeout': {
    status: 408,
    zh: '未能在规定时间内收到完整内容，未作任何更改。请检查网络后重新提交。',
    en: 'The whole request did not arrive in time; nothing was changed. Check your connection and send it again.',
  },
  'request.not-found': {
    status: 404,
    zh: '没有这个地址，未作任何更改。请检查地址，或从首页重新进入。',
    en: 'There is nothing at this address; nothing was changed. Check the address or start again from the home page.',
  },
  'session.expired': {
    status: 401,
    zh: '您尚未登录或登录已过期；已保存的草稿仍然保留。请登录后继续。',
    en: 'You are not signed in, or your session has ended; saved drafts are kept. Sign in to go on.',
  },
  'access.denied': {
    status: 403,
    zh: '您没有进行此操作的权限，未作任何更改。如确有需要，请联系本单位管理员。',
    en: 'You do not have permission to do this; nothing was changed. If you need it, ask your administrator.',
  },
  'access.not-found': {
    status: 404,
    zh: '没有找到该内容，或您无权查看；未作任何更改。请检查编号，或从列表中重新打开。',
    en: 'This was not found, or you may not see it; nothing was changed. Check the number or open it again from the list.',
  },
  'conflict.stale': {
    status: 409,
    zh: '在您打开之后，内容已被更新；本次操作没有保存，对方的更改已保留。请刷新后核对并重新操作。',
    en: 'This was changed after you opened it; your action was not saved and the other change was kept. Reload, check, and do it again.',
  },
  'precondition.failed': {
    status: 412,
    zh: '内容的版本与您依据的版本不同；本次操作没有保存。请刷新后核对并重新操作。',
    en: 'The version you worked from is no longer the current one; your action was not saved. Reload, check, and do it again.',
  },
  'precondition.required': {
    status: 428,
    zh: '请求没有说明依据哪个版本（If-Match），未作任何更改。请刷新后重新操作。',
    en: 'The request does not say which version it is based on (If-Match); nothing was changed. Reload and do it again.',
    title: { zh: '缺少版本', en: 'Version required' },
  },
  'idempotency.required': {
    status: 400,
    zh: '请求缺少有效的提交编号（Idempotency-Key），未作任何更改。请刷新页面后重新提交。',
    en: 'The request has no valid submission key (Idempotency-Key); nothing was changed. Reload the page and submit again.',
  },
  'idempotency.mismatch': {
    status: 409,
    zh: '同一提交编号已用于另一份内容；原先的提交已保留，本次没有保存。请刷新页面后重新提交。',
    en: 'This submission key was already used for other content; the earlier submission is kept and this one was not saved. Reload the page and submit again.',
  },
  'csrf.forged': {
    status: 403,
    zh: '无法确认请求来自本网站页面，未作任何更改。请回到页面，刷新后重新操作。',
    en: 'We could not confirm that the request came from a page of this site; nothing was changed. Go back, reload the page and try again.',
  },
  'rate.limited': {
    status: 429,
    zh: '操作过于频繁，本次没有处理；已保存的内容仍然保留。请在 {seconds} 秒后重试。',
    en: 'Too many requests in a short time; this one was not handled and what was saved is kept. Try again in {seconds} seconds.',
  },
  'server.unexpected': {
    status: 500,
    zh: '系统出现意外，本次操作没有完成；此前已保存的内容仍然保留。请稍后重试；如仍不成功，请联系我们并提供编号 {requestId}。',
    en: 'Something went wrong on our side and this was not completed; what was saved before is kept. Try again later; if it still fails, contact us and quote {requestId}.',
  },
  'server.unavailable': {
    status: 503,
    zh: '服务暂时不可用，本次操作没有处理；此前已保存的内容仍然保留。请稍后重试。',
    en: 'The service is temporarily unavailable and this was not handled; what was saved before is kept. Try again shortly.',
  },
});
