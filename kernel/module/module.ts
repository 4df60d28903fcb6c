import type { Audit } from '@zhengwu/audit';
import type { Clock } from '@zhengwu/clock';
import type { Config } from '@zhengwu/config';
import type { Database, SchemaModule } from '@zhengwu/database';
import type { Events, Subscription } from '@zhengwu/events';
import type { Files } from '@zhengwu/files';
import type { Http } from '@zhengwu/http';
import type { Job, Jobs } from '@zhengwu/jobs';
import type { Log } from '@zhengwu/log';
import type { Dataset } from './dataset.ts';
import type { Holding } from './holding.ts';
import type { Policy } from './policy.ts';

/** What one installation offers its modules. */
export interface Site {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly database: Database;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly files: Files;
  readonly audit: Audit;
  /** Offers `value` to modules that require this one; a key is provided once. */
  provide<T>(key: Key<T>, value: T): void;
  /** What a required module provided; throws when nothing is there. */
  use<T>(key: Key<T>): T;
  /** The same where the module that provides it may not be part of the site; undefined then. */
  find<T>(key: Key<T>): T | undefined;
}

/** A typed name under which one module offers something to others: `const Directory = key<Directory>('directory')`. */
export interface Key<T> {
  readonly name: string;
  readonly offers?: T;
}

export const key = <T>(name: string): Key<T> => ({ name });

/** A column that a module's sealer seals, as it is found when it is sealed anew under another key. */
export interface SealedColumn {
  /** With its schema. */
  table: string;
  column: string;
  /** By what its rows are told apart and walked, and of which type of SQL that is. */
  key: readonly [column: string, type: 'uuid' | 'text'];
  /** What the sealer is called in the module. */
  purpose: string;
  /** SQL of what a value is bound to, from its row. */
  context: string;
}

/** What a module registers. `routes`, `jobs` and `subscriptions` are asked once, after every required module was. */
export interface Module extends SchemaModule {
  requires: readonly string[];
  policy?: Policy;
  /** Offers values by `site.provide`; runs first, in the order of `requires`. */
  setup?(site: Site): void | Promise<void>;
  routes?(site: Site, http: Http): void;
  jobs?(site: Site): readonly Job[];
  subscriptions?(site: Site): readonly Subscription[];
  /** Columns that it seals with keys that can be renewed. */
  sealed?: readonly SealedColumn[];
  /** What it holds about a person. */
  holdings?(site: Site): readonly Holding[];
  /** Its rows for reckoning; asked anew for each snapshot. */
  datasets?(site: Site): readonly Dataset[];
  start?(site: Site): void | Promise<void>;
  stop?(site: Site): void | Promise<void>;
}

/** Declares a module; `requires` names the modules whose schema or offers it uses. */
export const defineModule = (module: Module): Module => Object.freeze(module);
