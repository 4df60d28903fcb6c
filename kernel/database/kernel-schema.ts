import { calendar, context, idempotency, numbers } from './migrations/kernel.ts';
import type { SchemaModule } from './schema-module.ts';

/** The schema every site has; `migrate` puts it before all others. */
export const kernelSchema: SchemaModule = {
  name: 'kernel',
  migrations: [context, idempotency, numbers, calendar],
  internal: ['kernel.migration'],
};
