import { definePolicy } from '@zhengwu/module';

const anyone = { who: 'public', audit: null } as const;

/** Guides are for everybody; what is offered is for the administrator of services. */
export const policy = definePolicy({
  'service.list': anyone,
  'service.browse': anyone,
  'service.get': anyone,
  'service.preCheckForm': anyone,
  'service.preCheck': anyone,
  'service.sample': anyone,
  'service.beforeAfter': anyone,
  'service.adminList': { who: 'official', permission: 'service.manage', audit: null },
  'service.publish': { who: 'official', permission: 'service.manage', audit: null },
});
