export { correctionLapsed, deemAccepted } from './automatic.ts';
export type { Desk } from './commands.ts';
export type { Counter } from './draft.ts';
export { loadPast, openPast, type Lived, type Past } from './loading.ts';
export { retryHeld } from './mending.ts';
export { Cases, casesModule } from './module.ts';
export { wordsOf } from './words.ts';
