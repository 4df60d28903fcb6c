import type { SchemaModule } from '@zhengwu/database';
import { migration } from './migrations/0001-certificates.ts';

export const certificatesSchema = { name: 'certificates', requires: ['events', 'jobs', 'audit', 'directory'], migrations: [migration] } satisfies SchemaModule;
