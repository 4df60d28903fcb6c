import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'defence.unknown-alert': { status: 404, zh: '没有这条告警，没有作任何改动。请回到告警列表重新打开。', en: 'There is no such alert; nothing was changed. Open it again from the list.' },
  'defence.changed': {
    status: 409, zh: '这条内容已被他人更新，您的改动没有保存；您填写的文字仍在页面上。请刷新后核对，再次提交。',
    en: 'Somebody changed this meanwhile, so your change was not saved; what you wrote is still on the page. Reload, compare and send it again.',
  },
  'defence.decided': { status: 409, zh: '这条告警已有结论，没有作任何改动。需要更改时请先重新打开。', en: 'This alert has been decided; nothing was changed. Reopen it first.' },
  'defence.own-address': { status: 422, zh: '这是本机或站点自己的代理地址，不能封禁，没有作任何改动。请改为锁定账号或要求重新登录。', en: 'This is the site’s own machine or proxy and can’t be blocked; nothing was changed. Lock the account or end its sessions instead.' },
  'defence.own-account': { status: 422, zh: '不能锁定自己的账号，没有作任何改动。请由另一位安全管理员处理。', en: 'You can’t lock your own account; nothing was changed. Ask another security administrator.' },
  'defence.bad-target': { status: 422, zh: '处置对象不在这条告警的证据中，没有作任何改动。请从列出的地址和账号中选择。', en: 'The target is not among what this alert found; nothing was changed. Choose one of the addresses and accounts listed.' },
  'defence.unknown-rule': { status: 404, zh: '没有这条规则，没有作任何改动。请回到规则列表。', en: 'There is no such rule; nothing was changed. Go back to the list of rules.' },
  'defence.bad-range': { status: 422, zh: '地址范围“{range}”写法不对，整张表没有保存。请写成 192.0.2.0/24 这样的形式。', en: 'The range “{range}” is not one; the table was not saved. Write it like 192.0.2.0/24.' },
  'defence.unended': { status: 409, zh: '该项已经结束，没有作任何改动。请刷新查看现状。', en: 'It has ended already; nothing was changed. Reload to see how things are.' },
});
