import { definePolicy } from '@zhengwu/module';

/** Guides name the phones of counters, which may be mobile ones. */
const anyone = { who: 'public', audit: null, shows: ['mobile-phone'] } as const;

/** Guides are for everybody; what is offered is for the administrator of services. */
export const policy = definePolicy({
  'service.list': anyone,
  'service.browse': anyone,
  'service.get': anyone,
  'service.preCheckForm': anyone,
  'service.preCheck': { ...anyone, audit: null, readsOnly: true },
  'service.sample': anyone,
  'service.beforeAfter': anyone,
  'service.adminList': { who: 'official', permission: 'service.manage', audit: null },
  'service.publish': { who: 'official', permission: 'service.manage', audit: 'service.published', audits: ['service.withdrawn'] },
}, {
  'service.published': { zh: '发布事项', en: 'Service published' },
  'service.withdrawn': { zh: '下架事项', en: 'Service withdrawn' },
  'register.read': { zh: '读取基础库用于填表', en: 'Register read to fill in a form', personal: true },
});
