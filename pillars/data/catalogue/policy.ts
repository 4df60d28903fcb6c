import { definePolicy } from '@zhengwu/module';

const open = { who: 'public', audit: null, rate: { address: 120 } } as const;

/** Held to its rate by key or address where it is answered; here to what no caller may pass. */
const taking = { ...open, rate: { address: 1200 } } as const;
const own = { who: 'citizen', audit: null } as const;

export const policy = definePolicy({
  'catalogue.list': { who: 'official', permission: 'catalogue.read', audit: null },
  'catalogue.resource': { who: 'official', permission: 'catalogue.read', audit: null },
  'catalogue.compare': { who: 'official', permission: 'catalogue.read', audit: null },
  'catalogue.edit': { who: 'official', permission: 'catalogue.edit', audit: 'catalogue.edited' },
  'catalogue.submit': { who: 'official', permission: 'catalogue.edit', audit: 'catalogue.submitted' },
  'catalogue.decide': { who: 'official', permission: 'catalogue.publish', audit: 'catalogue.decided' },
  'catalogue.retire': { who: 'official', permission: 'catalogue.edit', audit: 'catalogue.retired' },
  'catalogue.request': { who: 'official', permission: 'catalogue.request', audit: 'catalogue.requested' },
  'catalogue.requests': { who: 'official', permission: 'catalogue.read', audit: null },
  'catalogue.answer': { who: 'official', permission: 'catalogue.answer', audit: 'catalogue.answered' },
  'catalogue.withdraw': { who: 'official', permission: 'catalogue.request', audit: 'catalogue.withdrawn' },
  'catalogue.demand': { who: 'official', permission: 'catalogue.request', audit: 'catalogue.demanded' },
  'catalogue.demands': { who: 'official', permission: 'catalogue.read', audit: null },
  'catalogue.assign': { who: 'official', permission: 'catalogue.publish', audit: 'catalogue.demandAssigned' },
  'catalogue.answerDemand': { who: 'official', permission: 'catalogue.answer', audit: 'catalogue.demandAnswered' },
  'catalogue.withdrawDemand': { who: 'official', permission: 'catalogue.request', audit: 'catalogue.demandWithdrawn' },
  'catalogue.supply': { who: 'official', permission: 'catalogue.read', audit: null },
  'catalogue.dcatJson': open,
  'catalogue.dcatTurtle': open,
  'catalogue.schema': open,
  'open.list': open,
  'open.dataset': open,
  'open.rows': taking,
  'open.csv': taking,
  'open.json': taking,
  'open.keys': own,
  'open.makeKey': { ...own, audit: 'open.keyMade' },
  'open.revokeKey': { ...own, audit: 'open.keyEnded' },
}, {
  'catalogue.edited': { zh: '编辑目录条目', en: 'An entry of the catalogue was edited' },
  'catalogue.submitted': { zh: '提交目录条目待审批', en: 'An entry was handed over for approval' },
  'catalogue.decided': { zh: '审批目录条目', en: 'An entry was published or returned' },
  'catalogue.retired': { zh: '资源退出目录', en: 'A resource left the catalogue' },
  'catalogue.requested': { zh: '申请使用信息资源', en: 'A resource was asked for' },
  'catalogue.answered': { zh: '答复资源申请', en: 'A request for a resource was answered' },
  'catalogue.demanded': { zh: '提出数据需求', en: 'Information that the catalogue lacks was asked for' },
  'catalogue.demandAssigned': { zh: '分派数据需求', en: 'A demand was assigned to a department' },
  'catalogue.demandAnswered': { zh: '答复数据需求', en: 'A demand was met or refused' },
  'catalogue.demandWithdrawn': { zh: '撤回数据需求', en: 'A demand was taken back' },
  'catalogue.escalated': { zh: '共享答复超期上报', en: 'An answer that is overdue was taken to the data administration' },
  'open.keyMade': { zh: '建立数据开放密钥', en: 'A key for open data was made' },
  'open.keyEnded': { zh: '停用数据开放密钥', en: 'A key for open data was ended' },
  'catalogue.withdrawn': { zh: '撤回资源申请或停止使用', en: 'A request was withdrawn, or a use ended' },
});
