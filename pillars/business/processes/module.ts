import { defineModule } from '@zhengwu/module';
import { migration } from './migrations/0001-processes.ts';
import { openProcesses, Processes, type OpenProcesses } from './processes.ts';
import { fireDueTimers } from './timers.ts';

export const processesModule = defineModule({
  name: 'processes',
  requires: [],
  migrations: [migration],
  setup: (site) => site.provide(Processes, openProcesses(site.database)),
  jobs: (site) => [
    {
      name: 'processes.fire-timers',
      everySeconds: 2,
      run: async (_, { signal }) => {
        const handler = (site.use(Processes) as OpenProcesses).timerHandler();
        if (handler) await fireDueTimers(site.database, handler, site.log, signal);
      },
    },
  ],
});
