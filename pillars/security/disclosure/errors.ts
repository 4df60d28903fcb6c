import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'export.unknown': { status: 404, zh: '没有这一类可以导出的列表，或您无权导出。没有导出任何内容。请回到“数据导出”选择。', en: 'There is no such list to export, or not for you. Nothing was exported. Choose one under “Exports”.' },
  'export.filter': { status: 422, zh: '缺少或不认识的筛选条件：{names}。没有导出任何内容。请补齐后再试。', en: 'A filter is missing or not known: {names}. Nothing was exported. Correct it and try again.' },
  'export.too-large': { status: 422, zh: '这份列表超过 {most} 行，一次导出不了。没有导出任何内容，额度没有减少。请缩小范围，分几次导出。', en: 'The list has more than {most} rows, too many for one export. Nothing was exported and no quota was used. Narrow it and export it in parts.' },
  'export.over-quota': {
    status: 409,
    zh: '这份列表有 {rows} 行；今天这一类的额度是 {quota} 行，已用 {used} 行，不够。没有导出任何内容，额度没有减少。请在“数据导出”中说明理由申请更多，由安全管理员批准后再导出；或等到明天。',
    en: 'The list has {rows} rows; today’s quota for it is {quota}, of which {used} are used, so it does not fit. Nothing was exported and no quota was used. Ask for more under “Exports”, giving your reason; once the security administrator approves, export again. Or wait until tomorrow.',
  },
  'export.changed': { status: 409, zh: '这次导出（{number}）已经完成，之后数据有了变化，不能再给出同一份文件。已登记的导出仍然有效。请重新导出一次。', en: 'This export ({number}) was made already, and the data has changed since, so the same file cannot be given again. The entry in the ledger stands. Make a new export.' },
  'export.own-request': { status: 403, zh: '不能批准或拒绝自己的申请。申请仍在等待。请由另一位安全管理员决定。', en: 'Nobody decides a request of their own. It is still waiting. Another security administrator must decide it.' },
  'export.decided': { status: 409, zh: '这项申请已经有了结果。原来的结果没有改变。请刷新列表。', en: 'This request has been decided already. What was decided stands. Refresh the list.' },
  'export.limits': { status: 422, zh: '批准时必须写明行数和有效小时数。申请仍在等待。请补齐。', en: 'An approval names the rows and the hours for which it holds. The request is still waiting. Fill them in.' },
  'export.asked-already': { status: 409, zh: '您对这一类列表已有一项等待中的申请。那项申请没有改变。请等待结果，或先撤回它。', en: 'You already have a request for this list that waits. It is unchanged. Wait for the decision, or withdraw it first.' },
});
