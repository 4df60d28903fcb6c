import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'ldap.about': { who: 'official', permission: 'ldap.read', audit: null },
}, {
  'ldap.bound': { zh: '通过 LDAP 登录', en: 'Bound over LDAP' },
  'ldap.refused': { zh: 'LDAP 登录被拒绝', en: 'Bind over LDAP refused' },
  'ldap.searched': { zh: '通过 LDAP 查询目录', en: 'Directory searched over LDAP' },
});
