import type { SchemaModule } from '@zhengwu/database';
import { migration as record } from './migrations/0001-record.ts';
import { migration as readers } from './migrations/0002-readers.ts';
import { migration as trace } from './migrations/0003-trace.ts';

export const auditSchema: SchemaModule = { name: 'audit', requires: ['kernel'], migrations: [record, readers, trace] };
