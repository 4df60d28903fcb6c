import { defineModule } from '@zhengwu/module';
import { migration } from './migrations/0001-labels.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';

export const labelsModule = defineModule({ name: 'labels', requires: ['audit', 'directory'], migrations: [migration], policy, routes });
