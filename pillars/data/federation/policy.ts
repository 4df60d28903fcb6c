import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'federation.flows': { who: 'official', permission: 'exchange.read', audit: null },
  'federation.addSource': { who: 'official', permission: 'exchange.manage', audit: 'federation.sourceAdded' },
  'federation.removeSource': { who: 'official', permission: 'exchange.manage', audit: 'federation.sourceRemoved' },
  'federation.send': { who: 'official', permission: 'exchange.manage', audit: 'federation.sent' },
  'figures.list': { who: 'official', permission: 'indicator.read', audit: null },
  'figures.read': { who: 'official', permission: 'indicator.read', audit: null },
  'figures.addSource': { who: 'official', permission: 'exchange.manage', audit: 'federation.figureSourceAdded' },
  'figures.removeSource': { who: 'official', permission: 'exchange.manage', audit: 'federation.figureSourceRemoved' },
  'figures.collect': { who: 'official', permission: 'exchange.manage', audit: 'federation.figuresCollected' },
}, {
  'federation.figureSourceAdded': { zh: '登记一个下级站点提供的指标', en: 'A subordinate whose figure is gathered' },
  'federation.figureSourceRemoved': { zh: '不再汇总一个下级站点的指标', en: 'A subordinate’s figure is no longer gathered' },
  'federation.figuresCollected': { zh: '要求重新汇总指标', en: 'Figures of subordinates were asked for anew' },
  'federation.figuresGiven': { zh: '向上级站点提供指标', en: 'Figures handed to a superior' },
  'federation.sourceAdded': { zh: '登记一个数据来源站点', en: 'A site whose changes are taken in' },
  'federation.sourceRemoved': { zh: '不再接收一个站点的变更', en: 'Changes of a site are no longer taken in' },
  'register.exchanged': { zh: '其他站点经数据交换查询基础库', en: 'Register looked up by another site through the exchange', personal: true },
  'federation.sent': { zh: '向另一站点发送一个主题', en: 'A topic is sent to another site' },
});
