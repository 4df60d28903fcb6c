import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'federation.flows': { who: 'official', permission: 'exchange.read', audit: null },
  'federation.addSource': { who: 'official', permission: 'exchange.manage', audit: 'federation.sourceAdded' },
  'federation.removeSource': { who: 'official', permission: 'exchange.manage', audit: 'federation.sourceRemoved' },
  'federation.send': { who: 'official', permission: 'exchange.manage', audit: 'federation.sent' },
}, {
  'federation.sourceAdded': { zh: '登记一个数据来源站点', en: 'A site whose changes are taken in' },
  'federation.sourceRemoved': { zh: '不再接收一个站点的变更', en: 'Changes of a site are no longer taken in' },
  'register.exchanged': { zh: '其他站点经数据交换查询基础库', en: 'Register looked up by another site through the exchange', personal: true },
  'federation.sent': { zh: '向另一站点发送一个主题', en: 'A topic is sent to another site' },
});
