import type { WorkingCalendar } from '@zhengwu/clock';
import type { MyCase, Text, TimelineEntry } from '@zhengwu/contracts';
import type { DepartmentRef, Ground } from './ground.ts';
import { clockView } from './limits.ts';
import { stateText } from './states.ts';
import type {
  ApplicationRow, CaseRow, CorrectionItemRow, CorrectionRow, HistoryRow, MaterialRow, RatingRow, SuspensionRow, TaskRow,
} from './rows.ts';

/** A case with everything that its page shows, as `cases.view` answers it. */
export interface CaseWhole {
  case: CaseRow;
  application: ApplicationRow;
  materials: MaterialRow[];
  tasks: TaskRow[];
  history: HistoryRow[];
  corrections: (CorrectionRow & { items: CorrectionItemRow[] })[];
  suspensions: SuspensionRow[];
  rating: RatingRow | null;
  decision: Record<string, unknown> | null;
  appointment: { place: string; at: string } | null;
  order: { id: string; amount: number; status: string; items: { name: Text; amount: number }[] } | null;
  licences: { id: string; name: Text; status: string }[];
}

const NOWHERE: DepartmentRef = { id: 0, code: 'unknown', name: { zh: '未知部门', en: 'Unknown department' } };
export const departmentOf = (ground: Ground, id: number): DepartmentRef => ground.departmentById(id) ?? NOWHERE;

export const iso = (at: string | Date): string => new Date(at).toISOString();

/** The timeline, oldest first. */
export const timelineOf = (ground: Ground, history: readonly HistoryRow[]): TimelineEntry[] =>
  history.map((entry) => ({
    at: iso(entry.at),
    kind: entry.kind,
    title: { zh: entry.title_zh, en: entry.title_en },
    detail: entry.detail_zh ? { zh: entry.detail_zh, en: entry.detail_en ?? entry.detail_zh } : undefined,
    by: entry.person_name ?? undefined,
    department: entry.department ? departmentOf(ground, entry.department).name : undefined,
  }));

/** One of the applicant's cases, for lists. */
export const myCaseOf = (calendar: WorkingCalendar, row: CaseRow, now: Date): MyCase => ({
  id: row.id,
  number: row.number,
  service: { code: row.service, name: { zh: row.service_zh, en: row.service_en } },
  applicant: { id: row.applicant, name: row.applicant_name },
  state: row.state,
  stateText: stateText(row.state),
  submittedAt: iso(row.submitted_at),
  closedAt: row.closed_at ? iso(row.closed_at) : null,
  clock: clockView(calendar, row, now),
  todo: row.waits_for,
});
