import { definePolicy } from '@zhengwu/module';

/** The trail is the audit administrator's alone; each look at it is in it. */
export const policy = definePolicy({
  'audit.search': { who: 'official', permission: 'audit.read', audit: 'audit.searched', personal: true },
});
