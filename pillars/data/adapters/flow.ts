import type { AdapterFlow, AdapterSink, AdapterSource, AdapterStep } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { key } from '@zhengwu/module';

export type Flow = AdapterFlow;
export type Step = AdapterStep;
export type Sink = AdapterSink;
export type Source = AdapterSource;
type SourceOf<K extends Source['kind']> = Extract<Source, { kind: K }>;
export type FolderSource = SourceOf<'folder'>;
export type RemoteSource = SourceOf<'remote'>;
export type TableSource = SourceOf<'table'>;
export type TopicSource = SourceOf<'topic'>;
/** Sources whose rows lie in files. */
export type FileSource = FolderSource | RemoteSource;
/** What a preview needs of a flow. */
export type Draft = Pick<Flow, 'source' | 'steps' | 'sink'>;

export interface Refusal {
  row: number;
  /** `adapter.*`, `import.*` or the code with which the sink refused. */
  code: string;
  field?: string;
}

export interface Preview {
  /** Whole files at the source, those still to do first. */
  files: string[];
  /** The one that was looked into; null where there is none. */
  file: string | null;
  columns: string[];
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
  /** Makes a flow known; what is said later replaces. Throws `adapter.*` when it cannot run. Answers its version. */
  define(tx: Tx, flow: Flow): Promise<number>;
  /** What the first rows of a file (the next one to do unless named) would become; nothing is written. At most 100 rows; what a join brings is masked. */
  preview(draft: Draft, look?: { file?: string; rows?: number }): Promise<Preview>;
  /** Takes what is new at the source, from where it stands; a row has its effect once, however often a run dies. `heard` is told after each chunk. */
  run(code: string, signal?: AbortSignal, heard?: (outcome: Outcome) => Promise<void>): Promise<Outcome>;
}

export const Adapters = key<Adapters>('adapters');
