export { deliver, dueSubscribers, forgetEvents } from './deliver.ts';
export type { Event, Events, NewEvent, Subscription } from './events.ts';
export { events } from './outbox.ts';
export { jobType, relayOnce, startRelay, type Handover, type RelayOptions } from './relay.ts';
export { eventsSchema } from './schema.ts';
