import { auditSchema, openAudit } from '@zhengwu/audit';
import type { Clock } from '@zhengwu/clock';
import type { Config } from '@zhengwu/config';
import { inOrder, type Database, type SchemaModule } from '@zhengwu/database';
import { events, eventsSchema } from '@zhengwu/events';
import type { Files } from '@zhengwu/files';
import type { Http } from '@zhengwu/http';
import { jobs, jobsSchema, startJobs, type RunningJobs } from '@zhengwu/jobs';
import type { Log } from '@zhengwu/log';
import type { Key, Module, Site } from './module.ts';
import { Datasets, Holdings, Rules } from './rules.ts';
import type { Policy, Rule } from './policy.ts';

/** What the process brings along; the rest of a site is made of it. */
export interface Ground {
  config: Config;
  log: Log;
  clock: Clock;
  database: Database;
  files: Files;
}

/** A site whose modules are set up, not yet at work. */
export interface AssembledSite {
  site: Site;
  /** In the order of their requirements. */
  modules: readonly Module[];
  policy: Policy;
  /** Lets every module register its routes. */
  routes(http: Http): void;
  /** Starts modules in order, then background work. */
  start(): Promise<void>;
  /** Stops background work, which finishes what is in hand, then modules in reverse order. */
  stop(): Promise<void>;
}

const kernelSchemas: readonly SchemaModule[] = [eventsSchema, jobsSchema, auditSchema];

/** Schemas to migrate for these modules: the kernel's and theirs. */
export const schemasOf = (modules: readonly Module[]): SchemaModule[] => [...kernelSchemas, ...modules];

const checkRequirements = (modules: readonly Module[]): void => {
  const present = new Set([...modules, ...kernelSchemas, { name: 'kernel' }].map(({ name }) => name));
  if (new Set(modules.map(({ name }) => name)).size < modules.length) throw new Error('two modules have one name');
  for (const { name, requires } of modules) {
    const missing = requires.find((required) => !present.has(required));
    if (missing !== undefined) throw new Error(`module ${name} requires ${missing}, which is not part of this site`);
  }
};

/** All rules of a site; one operation has one rule. */
export const policyOf = (modules: readonly Module[]): Policy => {
  const rules = new Map<string, Rule>();
  for (const { name, policy } of modules) {
    for (const [operation, rule] of Object.entries(policy ?? {})) {
      if (rules.has(operation)) throw new Error(`module ${name} declares a rule for ${operation}, which has one already`);
      rules.set(operation, rule);
    }
  }
  return Object.freeze(Object.fromEntries(rules));
};

const openSite = (ground: Ground): Site => {
  const offers = new Map<string, unknown>();
  return {
    ...ground,
    events,
    jobs,
    audit: openAudit(ground.database),
    provide: ({ name }, value) => {
      if (offers.has(name)) throw new Error(`${name} is provided twice`);
      offers.set(name, value);
    },
    use: <T>({ name }: Key<T>): T => {
      if (!offers.has(name)) throw new Error(`nobody provides ${name}: require the module that does`);
      return offers.get(name) as T;
    },
    find: <T>({ name }: Key<T>): T | undefined => offers.get(name) as T | undefined,
  };
};

/** Sets the modules up on a migrated database, in the order of their requirements. */
export const assemble = async (listed: readonly Module[], ground: Ground): Promise<AssembledSite> => {
  checkRequirements(listed);
  const modules = inOrder(listed);
  const policy = policyOf(modules);
  const site = openSite(ground);
  site.provide(Rules, policy);
  site.provide(Holdings, () => modules.flatMap((module) => [...(module.holdings?.(site) ?? [])]));
  site.provide(Datasets, () => modules.flatMap((module) => [...(module.datasets?.(site) ?? [])]));
  for (const module of modules) await module.setup?.(site);
  let running: RunningJobs | undefined;
  const started: Module[] = [];
  const stop = async (): Promise<void> => {
    await running?.stop();
    running = undefined;
    for (const module of started.splice(0).reverse()) await module.stop?.(site);
  };
  const start = async (): Promise<void> => {
    for (const module of modules) {
      await module.start?.(site);
      started.push(module);
    }
    const work = modules.flatMap((module) => [...(module.jobs?.(site) ?? [])]);
    const subscriptions = modules.flatMap((module) => [...(module.subscriptions?.(site) ?? [])]);
    running = await startJobs({ database: site.database, log: site.log, jobs: work, subscriptions });
  };
  const routes = (http: Http): void => {
    for (const module of modules) module.routes?.(site, http);
  };
  return { site, modules, policy, routes, start, stop };
};
