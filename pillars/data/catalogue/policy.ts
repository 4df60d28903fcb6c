import { definePolicy } from '@zhengwu/module';

const open = { who: 'public', audit: null, rate: { address: 120 } } as const;

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
  'catalogue.dcatJson': open,
  'catalogue.dcatTurtle': open,
  'catalogue.schema': open,
  'open.list': open,
  'open.dataset': open,
  'open.rows': open,
  'open.csv': { ...open, rate: { address: 20 } },
  'open.json': { ...open, rate: { address: 20 } },
}, {
  'catalogue.edited': { zh: '编辑目录条目', en: 'An entry of the catalogue was edited' },
  'catalogue.submitted': { zh: '提交目录条目待审批', en: 'An entry was handed over for approval' },
  'catalogue.decided': { zh: '审批目录条目', en: 'An entry was published or returned' },
  'catalogue.retired': { zh: '资源退出目录', en: 'A resource left the catalogue' },
  'catalogue.requested': { zh: '申请使用信息资源', en: 'A resource was asked for' },
  'catalogue.answered': { zh: '答复资源申请', en: 'A request for a resource was answered' },
  'catalogue.withdrawn': { zh: '撤回资源申请或停止使用', en: 'A request was withdrawn, or a use ended' },
});
