import type { SchemaModule } from '@zhengwu/database';
import { migration as record } from './migrations/0001-record.ts';

export const auditSchema: SchemaModule = { name: 'audit', requires: ['kernel'], migrations: [record] };
