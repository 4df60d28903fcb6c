import type { Events } from './events.ts';

const append = 'select events.append($1, $2, $3::jsonb) as id';

/** The outbox from TypeScript; SQL functions call `events.append` themselves. */
export const events: Events = {
  append: async (tx, { type, subject, payload }) => {
    const { rows } = await tx.named<{ id: string }>('events.append', append, [type, subject, JSON.stringify(payload ?? {})]);
    const [row] = rows;
    if (!row) throw new Error('events.append answered nothing');
    return row.id;
  },
};
