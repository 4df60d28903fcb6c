import { Gauge, Registry } from 'prom-client';
import { key, type Site } from '@zhengwu/module';
import { openHttpFigures } from './http-figures.ts';
import { addRequests } from './store-objectives.ts';
import { openCount } from './store-alerts.ts';
import { readings } from './store.ts';
import { sessionCount } from './store-state.ts';

/** The registry behind /metrics, which the server of this process fills too. */
export const Metrics = key<Registry>('monitoring.metrics');

const STATES = { unknown: -1, good: 0, warning: 1, bad: 2 } as const;

/** Metrics of the site as a whole, read from the database when they are asked for: every process of a site answers the same. */
export const openMetrics = ({ database, log }: Pick<Site, 'database' | 'log'>): Registry => {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name, help, labelNames, registers: [registry] });
  const state = gauge('zhengwu_health_state', 'State of what is watched: 0 good, 1 warning, 2 bad, -1 unknown', ['series']);
  const value = gauge('zhengwu_health_value', 'Last figure of what is watched, in the unit named', ['series', 'unit']);
  const alerts = gauge('zhengwu_alerts_open', 'Operational alerts that are not resolved');
  const sessions = gauge('zhengwu_sessions', 'Sessions that have not ended');
  (state as Gauge & { collect: () => Promise<void> }).collect = async () => {
    try {
      const [list, open, live] = await database.as(database.system, async (tx) => [await readings(tx), await openCount(tx), await sessionCount(tx)] as const, { readOnly: true });
      state.reset();
      value.reset();
      for (const one of list) {
        state.set({ series: one.series }, STATES[one.state]);
        if (one.value !== null) value.set({ series: one.series, unit: one.unit ?? '' }, one.value);
      }
      alerts.set(open);
      sessions.set(live ?? 0);
    } catch (error) {
      // The rest of the page is worth most when the database is away.
      log.warn({ err: error }, 'metrics of the site could not be read');
    }
  };
  return registry;
};

const EVERY_MS = 20_000;

/** Adds this process's answers to the site's figures three times a minute. Answers how to stop, which adds what is left. */
export const countRequests = ({ database, clock, log }: Pick<Site, 'database' | 'clock' | 'log'>, registry: Registry): (() => Promise<void>) => {
  const grown = openHttpFigures(registry);
  const add = async (): Promise<void> => {
    const figures = await grown();
    if (figures.size > 0) await database.as(database.system, (tx) => addRequests(tx, clock.now(), figures));
  };
  const timer = setInterval(() => void add().catch((error: unknown) => log.warn({ err: error }, 'figures of requests could not be kept')), EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await add().catch(() => undefined);
  };
};
