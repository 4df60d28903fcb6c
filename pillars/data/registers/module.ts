import { defineModule } from '@zhengwu/module';
import { holdings } from './holdings.ts';
import { migration } from './migrations/0001-registers.ts';
import { openRegisters } from './open.ts';
import { Registers } from './registers.ts';

export const registersModule = defineModule({
  name: 'registers',
  requires: [],
  holdings,
  migrations: [migration],
  setup: async (site) => {
    site.provide(Registers, await openRegisters(site.database));
  },
});
