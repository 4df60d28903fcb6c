import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'topic.list': { who: 'official', permission: 'topic.read', audit: null },
  'topic.subscriptions': { who: 'official', permission: 'topic.read', audit: null },
  'topic.deadLetters': { who: 'official', permission: 'topic.read', audit: null },
  'topic.pause': { who: 'official', permission: 'topic.manage', audit: 'topic.paused' },
  'topic.resume': { who: 'official', permission: 'topic.manage', audit: 'topic.resumed' },
  'topic.replay': { who: 'official', permission: 'topic.manage', audit: 'topic.replayed' },
  'topic.retry': { who: 'official', permission: 'topic.manage', audit: 'topic.retried' },
  'topic.discard': { who: 'official', permission: 'topic.manage', audit: 'topic.discarded' },
  'topic.grant': { who: 'official', permission: 'topic.manage', audit: 'topic.granted' },
  'topic.withdraw': { who: 'official', permission: 'topic.manage', audit: 'topic.withdrawn' },
}, {
  'topic.paused': { zh: '暂停一个订阅', en: 'A subscription was held back' },
  'topic.resumed': { zh: '恢复一个订阅', en: 'A subscription goes on' },
  'topic.replayed': { zh: '从某处重放一个订阅', en: 'A subscription was set back' },
  'topic.retried': { zh: '重投一条死信', en: 'A dead letter is tried again' },
  'topic.discarded': { zh: '放弃一条死信', en: 'A dead letter was given up' },
  'topic.granted': { zh: '准予订阅一个主题', en: 'Somebody may follow a topic' },
  'topic.withdrawn': { zh: '撤回订阅授权', en: 'A right to follow was withdrawn' },
});
