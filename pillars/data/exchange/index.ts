export { exchangeModule } from './module.ts';
export { Exchange, type IncomingAnswer, type OutgoingCall } from './exchange.ts';
export { Fault } from './faults.ts';
export { installCertificate, signingRequest } from './identity.ts';
export { composeMembership, FEDERATION_PURPOSE, readAnchors, readEntry, readMembership, signMembership, type Membership, type ServerEntry } from './membership.ts';
export type { Provided, ProvidedAnswer, ProvidedCall } from './registry.ts';
export { verifyContainer, type Proved } from './verifying.ts';
