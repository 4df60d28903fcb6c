import type { Tx } from '@zhengwu/database';
import type { Format } from '@zhengwu/imports';
import { key } from '@zhengwu/module';

/** One change of each row. They are carried out in their order. */
export type Step =
  /** Keeps these fields only, each from the column that is named. */
  | { do: 'pick'; fields: Record<string, string> }
  | { do: 'set'; field: string; value: string | number | boolean | null }
  /** The text as a number; a row whose text is none is refused. */
  | { do: 'number'; field: string }
  /** A code of the source becomes ours; a row with one that the table lacks is refused. */
  | { do: 'translate'; field: string; codes: Record<string, string> }
  /** Every character but the first and last so many becomes `*`; a text too short to hide anything is hidden whole. */
  | { do: 'mask'; field: string; first: number; last: number }
  /** Fields of the record of that key, as it is true today; a row without one is refused. */
  | { do: 'join'; register: string; by: string; fields: Record<string, string> };

/** Where rows go: a register, or a topic that others follow. */
export type Sink = { register: string; key: string; validFrom: string } | { topic: string; key: string };

/** A way of rows into the platform, declared as data. */
export interface Flow {
  code: string;
  /** A folder below the folder of sources: one name, no path. */
  source: { folder: string; format: Format; encoding: 'utf-8' | 'gb18030' };
  steps: Step[];
  sink: Sink;
}

export interface Refusal {
  row: number;
  /** `adapter.*`, `import.*` or the code with which the sink refused. */
  code: string;
  field?: string;
}

export interface Preview {
  before: Record<string, unknown>[];
  /** What the sink would get, in the same order; null where the row would be refused. */
  after: (Record<string, unknown> | null)[];
  refusals: Refusal[];
}

export interface Outcome {
  files: number;
  rows: number;
  refused: number;
}

export interface Adapters {
  /** Makes a flow known; what is said later replaces. Throws `adapter.*` when it cannot run. */
  define(tx: Tx, flow: Flow): Promise<void>;
  /** What the first rows of the first file would become; nothing is written. At most 100 rows. */
  preview(flow: Flow, rows?: number): Promise<Preview>;
  /** Takes every settled file of the folder, each from where it stands; a row has its effect once, however often a run dies. */
  run(code: string, signal?: AbortSignal): Promise<Outcome>;
}

export const Adapters = key<Adapters>('adapters');
