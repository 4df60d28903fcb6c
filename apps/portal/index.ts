export { buildPortal, type PortalOptions } from './portal.ts';
export { startPortal } from './start.ts';
export { portalSigner, PORTAL_HEADER, CITIZEN_HEADER, BEHALF_HEADER, ADDRESS_HEADER } from './server/credential.ts';
