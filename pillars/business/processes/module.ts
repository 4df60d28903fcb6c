import { defineModule, type Site } from '@zhengwu/module';
import type { Tx } from '@zhengwu/database';
import type { Event } from '@zhengwu/events';
import type { Variables } from './engine/model.ts';
import { migration as tables } from './migrations/0001-processes.ts';
import { migration as starts } from './migrations/0002-starts.ts';
import { openProcesses, Processes, type OpenProcesses } from './processes.ts';
import { fireAlone, fireDueStarts, hearAlone } from './starts.ts';
import { hasBegun } from './store-starts.ts';
import { fireDueTimers, type TimerHandler } from './timers.ts';

const opened = (site: Site): OpenProcesses => site.use(Processes) as OpenProcesses;

/** Timers of instances that began by themselves are carried out here, all others by the owner of the instance. */
const handlerOf = (site: Site, handle: TimerHandler): TimerHandler => async (instance, timer) => {
  const around = opened(site).surroundings();
  const isAlone = await site.database.as(site.database.system, async (tx) => {
    if (!around || !(await hasBegun(tx, instance))) return false;
    await fireAlone(tx, instance, timer, site.clock.now(), around);
    return true;
  });
  if (!isAlone) await handle(instance, timer);
};

/** Whoever wants to send a message or signal to the processes appends an event `process.message` or `process.signal` with its name and variables. */
const announced = async (site: Site, event: Event, tx: Tx): Promise<void> => {
  const { name, variables } = event.payload as { name: string; variables?: Variables };
  await opened(site).announce(tx, { kind: event.type === 'process.signal' ? 'signal' : 'message', name, key: event.id, variables }, site.clock.now());
  const around = opened(site).surroundings();
  if (around && event.type === 'process.signal') await hearAlone(tx, name, variables, event.subject, site.clock.now(), around);
};

export const processesModule = defineModule({
  name: 'processes',
  requires: [],
  migrations: [tables, starts],
  setup: (site) => site.provide(Processes, openProcesses(site.database)),
  subscriptions: (site) => [{ name: 'processes.announced', types: ['process.message', 'process.signal'], handle: (event, tx) => announced(site, event, tx) }],
  jobs: (site) => [
    {
      name: 'processes.fire-timers',
      everySeconds: 2,
      run: async (_, { signal }) => {
        const handler = opened(site).timerHandler();
        if (handler) await fireDueTimers(site.database, handlerOf(site, handler), site.log, signal);
      },
    },
    {
      name: 'processes.fire-starts',
      everySeconds: 2,
      run: async (_, { signal }) => {
        const around = opened(site).surroundings();
        if (around) await fireDueStarts(site.database, site.clock.now(), around, site.log, signal);
      },
    },
  ],
});
