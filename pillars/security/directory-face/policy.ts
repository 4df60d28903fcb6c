import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'ldap.about': { who: 'official', permission: 'ldap.read', audit: null },
  'ldap.recent': { who: 'official', permission: 'audit.read', audit: 'ldap.looked', recorded: 'gate' },
}, {
  'ldap.bound': { zh: '通过 LDAP 登录', en: 'Bound over LDAP' },
  'ldap.refused': { zh: 'LDAP 登录被拒绝', en: 'Bind over LDAP refused' },
  'ldap.looked': { zh: '查看 LDAP 登录与查询记录', en: 'Binds and searches over LDAP looked at' },
  'ldap.searched': { zh: '通过 LDAP 查询目录', en: 'Directory searched over LDAP' },
});
