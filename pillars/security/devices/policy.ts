import { definePolicy } from '@zhengwu/module';

/** The register is the system administrator's; a device acts by its certificate; EST proves who asks by itself. */
export const policy = definePolicy({
  'device.list': { who: 'official', permission: 'device.manage', audit: null },
  'device.register': { who: 'official', permission: 'device.manage', audit: 'device.registered' },
  'device.enrolment': { who: 'official', permission: 'device.manage', audit: 'device.enrolment-opened' },
  'device.place': { who: 'official', permission: 'device.manage', audit: 'device.placed' },
  'device.block': { who: 'official', permission: 'device.manage', audit: 'device.blocked' },
  'device.release': { who: 'official', permission: 'device.manage', audit: 'device.released' },
  'device.hello': { who: 'device', audit: null, audits: ['device.refused'], rate: { address: 600 } },
  'device.self': { who: 'device', audit: null, audits: ['device.refused'] },
  'est.authority': { who: 'public', audit: null },
  'est.enrol': { who: 'public', audit: 'device.enrolled', audits: ['device.enrolment-refused'], rate: { address: 30 } },
  'est.reenrol': { who: 'device', audit: 'device.reenrolled', audits: ['device.refused'], rate: { address: 30 } },
}, {
  'device.registered': { zh: '登记设备', en: 'A device was registered' },
  'device.enrolment-opened': { zh: '发放设备注册口令', en: 'An enrolment secret was given out for a device' },
  'device.placed': { zh: '变更设备地点', en: 'A device was moved to another place' },
  'device.blocked': { zh: '封锁设备', en: 'A device was blocked' },
  'device.released': { zh: '解除设备封锁', en: 'A blocked device was released' },
  'device.enrolled': { zh: '设备取得首张证书', en: 'A device got its first certificate' },
  'device.enrolment-refused': { zh: '设备注册口令错误', en: 'A wrong enrolment secret was given for a device' },
  'device.reenrolled': { zh: '设备更新证书', en: 'A device renewed its certificate' },
  'device.refused': { zh: '拒绝设备接入', en: 'A device was refused' },
});
