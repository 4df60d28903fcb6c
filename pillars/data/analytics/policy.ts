import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'indicator.list': { who: 'official', permission: 'indicator.read', audit: null },
  'indicator.read': { who: 'official', permission: 'indicator.read', audit: null },
  'indicator.listOpen': { who: 'public', audit: null },
  'indicator.readOpen': { who: 'public', audit: null },
  'analytics.datasets': { who: 'official', permission: 'analytics.ask', audit: null },
  'analytics.ask': { who: 'official', permission: 'analytics.ask', audit: 'analytics.asked', readsOnly: true },
  'analytics.refresh': { who: 'official', permission: 'analytics.keep', audit: 'analytics.refreshed' },
}, {
  'analytics.asked': { zh: '统计一个数据集', en: 'Reckoned over a data set' },
  'analytics.refreshed': { zh: '要求更新快照和指标', en: 'Asked for new snapshots and figures' },
});
