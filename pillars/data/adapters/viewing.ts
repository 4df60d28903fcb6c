import type { AdapterRefusal, AdapterRow, AdapterRun, ResponseOf, Text, previewAdapter, readAdapter } from '@zhengwu/contracts';
import { declaredErrors, fillIn } from '@zhengwu/errors';
import type { Preview, Sink, Source } from './flow.ts';
import type { FlowRow, PlaceRow, RefusalRow, RunRow } from './store-flows.ts';
import type { Problem } from './store.ts';
import type { Static } from 'typebox';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** What a code means, in both languages. */
export const textOf = (code: string, params: Problem['params'] = {}): Text => {
  const known = declaredErrors().find((one) => one.code === code);
  return known ? { zh: fillIn(known.zh, params), en: fillIn(known.en, params) } : { zh: code, en: code };
};
export const problemOf = (problem: Problem | null): AdapterRun['problem'] => problem && { code: problem.code, text: textOf(problem.code, problem.params) };

export const runView = ({ id, state, asked_by: by, begun_at: begun, finished_at: finished, files, rows, refused, problem }: RunRow): AdapterRun =>
  ({ id, state, by, begunAt: begun.toISOString(), finishedAt: iso(finished), files, rows, refused, problem: problemOf(problem) });

const sourceText = (source: Source): string => {
  if (source.kind === 'folder') return `${source.folder}/*.${source.format}`;
  if (source.kind === 'topic') return source.topic;
  return `${source.connection}: ${source.kind === 'table' ? source.table : source.path}`;
};
const sinkText = (sink: Sink): string => ('register' in sink ? sink.register : 'topic' in sink ? sink.topic : 'drop' in sink ? `${sink.connection === null ? 'drops' : sink.connection}: ${sink.drop}/*.${sink.format}` : `${sink.connection}: ${'table' in sink ? sink.table : sink.post}`);

export const rowView = (row: FlowRow, last: RunRow | undefined): AdapterRow => {
  const { source, sink, schedule, name } = row.definition;
  return {
    code: row.code, name, source: sourceText(source), sink: sinkText(sink), schedule,
    nextAt: row.paused_at ? null : iso(row.next_at), paused: row.paused_at && { at: row.paused_at.toISOString(), by: row.paused_by ?? '', reason: row.paused_why ?? '' },
    rows: Number(row.rows), refused: Number(row.refused), last: last ? runView(last) : null,
  };
};

export const placeView = ({ file, position, refused, begun_at: begun, finished_at: finished, problem }: PlaceRow): ResponseOf<typeof readAdapter>['places'][number] =>
  ({ file, position, refused, begunAt: begun.toISOString(), finishedAt: iso(finished), problem: problemOf(problem) });

export const refusalView = ({ id, file, row, code, field }: RefusalRow): Static<typeof AdapterRefusal> => ({ id: String(id), file, row, field, code, text: textOf(code) });

export const previewView = ({ files, file, columns, before, after, refusals }: Preview): ResponseOf<typeof previewAdapter> => ({
  files, file, columns,
  rows: before.map((cells, at) => {
    const refusal = refusals.find(({ row }) => row === at + 1);
    return { row: at + 1, before: cells, after: after[at] ?? null, refusal: refusal ? { field: refusal.field ?? null, code: refusal.code, text: textOf(refusal.code) } : null };
  }),
});
