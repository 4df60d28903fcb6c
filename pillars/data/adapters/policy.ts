import { definePolicy } from '@zhengwu/module';

const reader = { who: 'official', permission: 'adapter.read' } as const;
const keeper = { who: 'official', permission: 'adapter.manage' } as const;

/** A flow writes as the platform: who declares one proves lately who it is, and may fill what it leads to. */
export const policy = definePolicy({
  'adapter.list': { ...reader, audit: null },
  'adapter.read': { ...reader, audit: null },
  'adapter.refusals': { ...reader, audit: null },
  'adapter.define': { ...keeper, audit: 'adapter.defined', assurance: 1, freshMinutes: 60 },
  'adapter.preview': { ...keeper, audit: 'adapter.looked', readsOnly: true, recorded: 'gate', personal: true, purpose: 'register-filling', found: 'mask', rate: { account: 60 } },
  'adapter.run': { ...keeper, audit: 'adapter.begun', rate: { account: 60 } },
  'adapter.pause': { ...keeper, audit: 'adapter.paused' },
  'adapter.resume': { ...keeper, audit: 'adapter.resumed' },
  'adapter.connections': { ...keeper, audit: null },
  'adapter.connect': { ...keeper, audit: 'adapter.connected', assurance: 1, freshMinutes: 60 },
  'adapter.try': { ...keeper, audit: 'adapter.tried', rate: { account: 30 } },
}, {
  'adapter.defined': { zh: '建立或修改数据通道', en: 'A flow was made or changed' },
  'adapter.looked': { zh: '预览来源中的行', en: 'Rows of a source looked at', personal: true },
  'adapter.begun': { zh: '手动运行数据通道', en: 'A turn of a flow begun by hand' },
  'adapter.paused': { zh: '暂停数据通道', en: 'A flow was held back' },
  'adapter.connected': { zh: '登记或修改外部系统连接', en: 'A connection to another system was registered or changed' },
  'adapter.tried': { zh: '测试外部系统连接', en: 'A connection to another system was tried' },
  'adapter.resumed': { zh: '恢复数据通道', en: 'A flow goes on' },
});
