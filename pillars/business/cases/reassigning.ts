import type { Follower } from '@zhengwu/directory';
import { countRunningIn, reassign } from './store-moving.ts';

/** Running cases follow their department; tasks are counted beside them, so that none is lost either. */
export const runningCases = (changed: () => void): Follower[] => [
  {
    code: 'cases', name: { zh: '在办办件', en: 'Running cases' },
    count: async (tx, departments) => (await countRunningIn(tx, departments)).cases,
    follow: async (tx, { actor, ...following }) => {
      const moved = await reassign(tx, actor, following);
      changed();
      return moved;
    },
  },
  // They moved with their cases a moment ago.
  { code: 'tasks', name: { zh: '在办任务', en: 'Open tasks' }, count: async (tx, departments) => (await countRunningIn(tx, departments)).tasks, follow: () => Promise.resolve(0) },
];
