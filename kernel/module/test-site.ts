import { systemClock } from '@zhengwu/clock';
import { readConfig } from '@zhengwu/config';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { createLog } from '@zhengwu/log';
import { assemble, schemasOf, type AssembledSite, type Ground } from './assemble.ts';
import type { Module } from './module.ts';

export interface TestSite extends AssembledSite {
  database: TestDatabase;
  /** Stops the site and drops its database; call it in `afterAll`. */
  drop(): Promise<void>;
}

/** A part that a test did not bring: it says so when it is used. */
const absent = (part: string): never =>
  new Proxy({}, {
    get: () => {
      throw new Error(`the test site has no ${part}: pass one to createTestSite`);
    },
  }) as never;

/** A site of these modules, set up on a database of its own (or on the one that is brought); call `start` for background work. */
export const createTestSite = async (options: { modules: readonly Module[]; database?: TestDatabase } & Partial<Omit<Ground, 'database'>>): Promise<TestSite> => {
  const { modules, ...brought } = options;
  const database = options.database ?? (await createTestDatabase({ modules: schemasOf(modules) }));
  const ground: Ground = {
    config: readConfig({}),
    log: createLog({ level: 'silent' }),
    clock: systemClock,
    files: absent('files'),
    ...brought,
    database,
  };
  const assembled = await assemble(modules, ground);
  const drop = async (): Promise<void> => {
    await assembled.stop();
    await database.drop();
  };
  return { ...assembled, database, drop };
};
