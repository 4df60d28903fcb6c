import { definePolicy } from '@zhengwu/module';

/** What devices and requests say may be anything: a number in it is masked and hides nothing else. */
const READ = { who: 'official', permission: 'monitoring.read', audit: null, found: 'mask' } as const;
const manage = (audit: string) => ({ who: 'official', permission: 'monitoring.manage', audit }) as const;

const handle = (audit: string) => ({ who: 'official', permission: 'alert.handle', audit }) as const;

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
  'monitoring.objectives': READ,
  'monitoring.requests': READ,
  'monitoring.request': READ,
  'monitoring.requestRecords': { who: 'official', permission: 'audit.read', audit: 'audit.searched', personal: true, purpose: 'audit', found: 'mask' },
  'alert.list': READ,
  'alert.rules': READ,
  'alert.silences': READ,
  'alert.putRule': manage('alert.ruleChanged'),
  'alert.acknowledge': handle('alert.acknowledged'),
  'alert.silence': handle('alert.silenced'),
  'alert.endSilence': handle('alert.silenceEnded'),
}, {
  'alert.ruleChanged': { zh: '更改了运行告警规则', en: 'A rule of operational alerts was changed' },
  'alert.acknowledged': { zh: '接手了运行告警', en: 'An operational alert was taken in hand' },
  'alert.silenced': { zh: '静默了运行告警', en: 'Operational alerts were silenced' },
  'alert.silenceEnded': { zh: '结束了静默', en: 'A silence was ended' },
  'monitoring.deviceAdded': { zh: '登记了网络设备', en: 'A network device was registered' },
  'monitoring.deviceRemoved': { zh: '删除了网络设备', en: 'A network device was removed' },
  'monitoring.probeAdded': { zh: '登记了探测目标', en: 'A target of probes was registered' },
  'monitoring.probeChanged': { zh: '更改了探测目标', en: 'A target of probes was changed' },
  'monitoring.probeRemoved': { zh: '删除了探测目标', en: 'A target of probes was removed' },
});
