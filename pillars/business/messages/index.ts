export { messagesModule } from './module.ts';
export { messageRow } from './rows.ts';
export { TEMPLATES } from './templates.ts';
