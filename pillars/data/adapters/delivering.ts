import type { Tx } from '@zhengwu/database';
import { isZhengwuError } from '@zhengwu/errors';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { Topics } from '@zhengwu/topics';
import { fail } from './errors.ts';
import type { Flow, Refusal, Sink } from './flow.ts';
import * as store from './store.ts';
import { isRefused, type Cells, type Passing } from './transforming.ts';

const keyOf = (sink: Sink, cells: Cells): string => {
  const key = cells[sink.key];
  return typeof key === 'string' || typeof key === 'number' ? String(key).trim() : '';
};

const deliver = ({ use }: Pick<Site, 'use'>, tx: Tx, { code, sink }: Flow, cells: Cells): Promise<void> => {
  const key = keyOf(sink, cells);
  if (key === '') throw fail('adapter.no-key');
  return 'topic' in sink
    ? use(Topics).publish(tx, { topic: sink.topic, key, payload: cells })
    : use(Registers).write(tx, { register: sink.register, key, data: cells, validFrom: sink.validFrom, cause: `adapter:${code}` });
};

/** Hands the rows to the sink; answers which were refused. What is no refusal of a row ends the run. */
export const sinkRows = async (site: Pick<Site, 'use'>, tx: Tx, flow: Flow, rows: readonly Passing[]): Promise<Refusal[]> => {
  const refusals: Refusal[] = [];
  for (const one of rows) {
    if (isRefused(one)) refusals.push(one);
    else {
      const error = await store.attempt(tx, async () => deliver(site, tx, flow, one.cells));
      if (error === undefined) continue;
      if (!isZhengwuError(error)) throw error;
      refusals.push({ row: one.row, code: error.code });
    }
  }
  return refusals;
};
