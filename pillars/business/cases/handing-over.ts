import type { Belonging } from '@zhengwu/directory';
import { countInHand, handOverAll } from './store-moving.ts';

/** Tasks in the hands of somebody who moves or leaves: to the successor, or back to their queue. */
export const tasksInHand = (changed: () => void): Belonging => ({
  code: 'tasks', name: { zh: '经办任务', en: 'Tasks in hand' }, moved: true,
  count: countInHand,
  end: async (tx, { person, successor, actor, reason }) => {
    const handed = await handOverAll(tx, actor, person, successor, reason);
    changed();
    return handed;
  },
});
