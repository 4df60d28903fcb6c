import { definePolicy } from '@zhengwu/module';

const READ = { who: 'official', permission: 'monitoring.read', audit: null } as const;
const manage = (audit: string) => ({ who: 'official', permission: 'monitoring.manage', audit }) as const;

/** Looking is the system administrator's everyday work; registering targets is recorded. */
export const policy = definePolicy({
  'monitoring.health': READ,
  'monitoring.history': READ,
  'monitoring.probes': READ,
  'monitoring.addProbe': manage('monitoring.probeAdded'),
  'monitoring.changeProbe': manage('monitoring.probeChanged'),
  'monitoring.removeProbe': manage('monitoring.probeRemoved'),
  'monitoring.devices': READ,
  'monitoring.addDevice': manage('monitoring.deviceAdded'),
  'monitoring.removeDevice': manage('monitoring.deviceRemoved'),
  'monitoring.traps': READ,
  'monitoring.lines': READ,
}, {
  'monitoring.deviceAdded': { zh: '登记了网络设备', en: 'A network device was registered' },
  'monitoring.deviceRemoved': { zh: '删除了网络设备', en: 'A network device was removed' },
  'monitoring.probeAdded': { zh: '登记了探测目标', en: 'A target of probes was registered' },
  'monitoring.probeChanged': { zh: '更改了探测目标', en: 'A target of probes was changed' },
  'monitoring.probeRemoved': { zh: '删除了探测目标', en: 'A target of probes was removed' },
});
