import { uuidv7 } from '@zhengwu/ids';
import type { Flow } from './flow.ts';
import type { HistoryRow } from './rows.ts';

export interface Note {
  kind: string;
  zh: string;
  en: string;
  detail?: { zh: string; en: string };
  /** For officials alone. */
  internal?: boolean;
}

/** One entry of the case's timeline, in the name of who acts; the platform itself has no name. */
export const historyRow = (flow: Pick<Flow, 'actor' | 'now'> & { row: Pick<Flow['row'], 'id'> }, entry: Note): HistoryRow => ({
  id: uuidv7(),
  case_id: flow.row.id,
  at: flow.now.toISOString(),
  kind: entry.kind,
  title_zh: entry.zh,
  title_en: entry.en,
  detail_zh: entry.detail?.zh ?? null,
  detail_en: entry.detail?.en ?? null,
  person: flow.actor.personId,
  person_name: flow.actor.kind === 'official' || flow.actor.kind === 'citizen' ? flow.actor.name : null,
  department: flow.actor.homeDepartments[0] ?? null,
  internal: entry.internal ?? false,
});

/** Adds to the timeline. */
export const note = (flow: Flow, entry: Note): void => {
  flow.unit.history.push(historyRow(flow, entry));
};
