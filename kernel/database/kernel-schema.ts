import { calendar, context, idempotency, numbers, reach } from './migrations/kernel.ts';
import { labels } from './migrations/labels.ts';
import { who } from './migrations/who.ts';
import type { SchemaModule } from './schema-module.ts';

/** The schema every site has; `migrate` puts it before all others. */
export const kernelSchema: SchemaModule = {
  name: 'kernel',
  migrations: [context, idempotency, numbers, calendar, reach, labels, who],
  internal: ['kernel.migration'],
};
