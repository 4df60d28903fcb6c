export { correctionLapsed, deemAccepted, paid, platform, timerFired } from './automatic.ts';
export type { Desk } from './commands.ts';
export { casesSchema } from './schema.ts';
