export { Consents, PREFILL } from './consents.ts';
export { privacyModule } from './module.ts';
export { purposes } from './purposes.ts';
