export type { Event, Events, NewEvent, Subscription } from './events.ts';
