import type { SchemaModule } from '@zhengwu/database';
import { migration as outbox } from './migrations/0001-outbox.ts';

export const eventsSchema: SchemaModule = { name: 'events', requires: ['kernel'], migrations: [outbox] };
