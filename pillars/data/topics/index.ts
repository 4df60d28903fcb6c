export { knowRegisters, topicOf } from './register-topics.ts';
export { topicsModule } from './module.ts';
export { Topics, type Delivery, type Handler, type Message, type NewMessage, type NewSubscription, type Topic, type Verdict } from './topics.ts';
