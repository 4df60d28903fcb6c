export { Devices, withDevices } from './admission.ts';
export { devicesModule } from './module.ts';
