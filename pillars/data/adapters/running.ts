import { fail } from './errors.ts';
import type { Outcome } from './flow.ts';
import { asPlatform, type Ground } from './ground.ts';
import * as store from './store.ts';
import { takeFiles } from './taking-files.ts';
import { takeTable } from './taking-table.ts';
import { inTurn, type Turn } from './taking.ts';

/** See `Adapters.run`. */
export const run = async (ground: Ground, code: string, signal?: AbortSignal, heard: Turn['heard'] = () => Promise.resolve()): Promise<Outcome> => {
  const flow = await asPlatform(ground, (tx) => store.getFlow(tx, code));
  if (!flow) throw fail('adapter.unknown', { flow: code });
  const { source } = flow;
  // Messages of a topic are handed over as they come.
  if (source.kind === 'topic') return { files: 0, rows: 0, refused: 0 };
  return inTurn(ground, flow, { signal, heard }, (turn) => (source.kind === 'table' ? takeTable(ground, turn, source) : takeFiles(ground, turn, source)));
};
