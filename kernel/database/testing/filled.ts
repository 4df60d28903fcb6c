import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../postgres/postmaster.ts';
import type { Database } from '../database.ts';
import { testFolder } from './test-cluster.ts';

/** What many test files begin with: made once in a run, then cloned. */
export interface Filling {
  /** Says all on which the content depends, but for the schema. */
  name: string;
  /** Fills the database and the folder; what lies in the folder belongs to the rows (keys, files). */
  fill(database: Database, folder: string): Promise<void>;
}

const root = join(testFolder, 'filled');
/** The run of vitest that made it; a filling never outlives its run, so the code that made it is the code under test. */
const run = (): string => process.env['ZHENGWU_TEST_RUN'] ?? String(process.pid);

export const filledName = (template: string, { name }: Filling): string =>
  `filled_${run()}_${createHash('sha256').update(`${template} ${name}`).digest('hex').slice(0, 20)}`;

/** The folder of a filling: empty when it is to be made, as it was left when it is to be copied. */
export const filledFolder = (name: string, fresh = false): string => {
  const folder = join(root, name);
  if (fresh) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** Folders of a run that ends, and of runs that were killed. */
export const dropFilledFolders = (ended?: number): void => {
  mkdirSync(root, { recursive: true });
  for (const name of readdirSync(root)) {
    const pid = Number(name.split('_')[1]);
    if (pid === ended || !isAlive(pid)) rmSync(join(root, name), { recursive: true, force: true });
  }
};
