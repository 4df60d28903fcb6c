import type { SchemaModule } from '@zhengwu/database';
import { migration as log } from './migrations/0001-log.ts';

export const trailSchema = { name: 'trail', requires: ['audit'], migrations: [log] } satisfies SchemaModule;
