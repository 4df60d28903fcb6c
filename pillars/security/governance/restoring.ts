import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import type { Database } from '@zhengwu/database';
import { addProof, entriesIn } from './store.ts';

/** What a trial restore brought back. */
export interface Restored {
  at: string;
  rows: number;
  tables: number;
  files: number;
  seconds: number;
  /** What differed from the backup's manifest; empty when nothing did. */
  faults: readonly string[];
}

/** Sets a trial restore down as evidence at every entry of the backup register that is in use; answers at how many. */
export const noteRestore = ({ database, audit }: { database: Database; audit: Site['audit'] }, { faults, ...restored }: Restored): Promise<number> =>
  database.as(database.system, async (tx) => {
    const entries = await entriesIn(tx, 'backup', ['unproved', 'proved']);
    const outcome = faults.length === 0 ? 'passed' : 'failed';
    for (const entry of entries) await addProof(tx, uuidv7(), entry, { kind: 'restore', outcome, detail: { ...restored, faults: faults.slice(0, 20) } });
    await audit.record(tx, { event: 'governance.restoreProved', subject: restored.at, detail: { outcome, rows: restored.rows, files: restored.files } });
    return entries.length;
  });
