export { Services, type After, type Answers, type Forms, type Measures } from './services.ts';
export type { FrozenPack, FrozenService } from './frozen.ts';
export type { HeldLicence, Known, KnownApplicant, LicencesOnFile } from './known.ts';
export type { AskedMaterial } from './materials.ts';
export { checkPackDirectory, loadPacks, type Checked } from './loading.ts';
export { engines } from './engines.ts';
export { openServices, type OpenServices } from './open.ts';
export { usccOf } from './uscc.ts';
export { servicesModule } from './module.ts';
