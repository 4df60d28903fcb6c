import { defineModule } from '@zhengwu/module';
import { migration as first } from './migrations/0001-provisioning.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';

export const provisioningModule = defineModule({ name: 'provisioning', requires: ['audit', 'directory', 'identity'], migrations: [first], policy, routes });
