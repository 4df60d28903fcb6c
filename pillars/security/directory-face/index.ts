export { readLdif } from './ldif-sheets.ts';
export { openLdap, type LdapListener } from './listener.ts';
export { directoryFaceModule } from './module.ts';
