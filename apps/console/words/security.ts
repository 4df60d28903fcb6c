export const securityWords = {
  'nav.security': ['安全', 'Security'],
  'security.group.management': ['安全管理', 'Management'], 'security.group.defence': ['防护', 'Defence'], 'security.group.rights': ['账号与权限', 'Accounts and rights'], 'security.group.identity': ['证书与设备', 'Certificates and devices'],
  'security.group.audit': ['审计与个人信息', 'Audit and personal data'], 'security.group.monitoring': ['运行监测', 'Monitoring'], 'security.group.own': ['我的', 'Mine'],
  'security.trail': ['审计', 'Audit trail'],
} as const;
