export { exchangeModule } from './module.ts';
export { Exchange, type IncomingAnswer, type OutgoingCall } from './exchange.ts';
export { Fault } from './faults.ts';
export type { Provided, ProvidedAnswer, ProvidedCall } from './registry.ts';
