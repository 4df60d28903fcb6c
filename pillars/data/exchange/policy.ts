import { definePolicy } from '@zhengwu/module';

/** Addresses of calls are written by clients, and may hold a person's number: it is masked. */
const reader = { who: 'official', permission: 'exchange.read', audit: null, found: 'mask' } as const;
const keep = (audit: string) => ({ who: 'official', permission: 'exchange.manage', audit }) as const;

export const policy = definePolicy({
  'exchange.membership': { who: 'public', audit: null },
  'exchange.entry': { who: 'public', audit: null },
  'exchange.state': reader,
  'exchange.subsystems': reader,
  'exchange.putSubsystem': keep('exchange.subsystemPut'),
  'exchange.services': reader,
  'exchange.putService': keep('exchange.servicePut'),
  'exchange.dropService': keep('exchange.serviceDropped'),
  'exchange.rights': reader,
  'exchange.giveRight': keep('exchange.rightGiven'),
  'exchange.withdrawRight': keep('exchange.rightWithdrawn'),
  'exchange.groups': reader,
  'exchange.putGroup': keep('exchange.groupPut'),
  'exchange.messages': reader,
  'exchange.message': reader,
  'exchange.container': { who: 'official', permission: 'exchange.log', audit: 'exchange.messageOpened', personal: true, purpose: 'audit', recorded: 'gate' },
}, {
  'exchange.subsystemPut': { zh: '登记或更改交换子系统', en: 'Subsystem of the exchange registered or changed' },
  'exchange.servicePut': { zh: '登记或更改交换服务', en: 'Service of the exchange registered or changed' },
  'exchange.serviceDropped': { zh: '删除交换服务', en: 'Service of the exchange taken away' },
  'exchange.rightGiven': { zh: '授予交换访问权', en: 'Right to call a service given' },
  'exchange.rightWithdrawn': { zh: '收回交换访问权', en: 'Right to call a service withdrawn' },
  'exchange.groupPut': { zh: '设置交换本地组', en: 'Local group of the exchange set' },
  'exchange.messageOpened': { zh: '下载交换消息的签名容器', en: 'Container of an exchanged message downloaded', personal: true },
});
