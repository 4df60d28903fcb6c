import type { SchemaModule } from '@zhengwu/database';
import { migration as log } from './migrations/0001-log.ts';
import { migration as keeping } from './migrations/0002-keeping.ts';

export const trailSchema = { name: 'trail', requires: ['audit'], migrations: [log, keeping] } satisfies SchemaModule;
