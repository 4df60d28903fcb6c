import type { Actor, CaseSummary, QueryOf, TaskSummary } from '@zhengwu/contracts';
import type { listCases, myCases, workList } from '@zhengwu/contracts';
import { addDays, dayOf, startOfDay } from '@zhengwu/clock';
import { departmentOf, iso, myCaseOf } from './case-view.ts';
import type { Desk } from './commands.ts';
import { remainingOf } from './limits.ts';
import { CAP, FIRST, type CaseFilter, type CaseLine, type Cursor, type TaskLine, type WorkStore } from './store-work.ts';
import { queryWords } from './words.ts';

interface Place extends Cursor {
  /** The capped count of the first page, carried along so that it is counted once. */
  total: number;
}

const encode = (place: Place): string => Buffer.from(JSON.stringify([place.at, place.id, place.total])).toString('base64url');
const decode = (text: string | undefined): Place | null => {
  if (!text) return null;
  try {
    const [at, id, total] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, string, number];
    return Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id) ? null : { at, id, total: Number(total) || 0 };
  } catch {
    return null;
  }
};

/** Words that must all occur; a text without words to search for (`%`, one letter) is matched as it stands. */
const searchOf = (text: string | undefined): Pick<CaseFilter, 'words' | 'plain'> => {
  const q = text?.trim().toLowerCase() ?? '';
  if (q === '') return { words: null, plain: null };
  const words = queryWords(q);
  const digits = /^\d{3,20}$/.test(q);
  if (words.length === 0 || digits) return { words: null, plain: q.replace(/[\\%_]/g, '\\$&') };
  return { words: words.map((word) => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`).join(' & '), plain: null };
};

const filterOf = (query: QueryOf<typeof listCases>): CaseFilter => ({
  state: query.state, service: query.service, card: query.card, open: query.open,
  from: query.from ? startOfDay(query.from).toISOString() : undefined,
  to: query.to ? startOfDay(addDays(query.to, 1)).toISOString() : undefined,
  ...searchOf(query.q),
});

const lineOf = (desk: Desk, line: CaseLine): CaseSummary => {
  const department = departmentOf(desk.ground, line.department);
  return {
    id: line.id, number: line.number, service: { code: line.service, name: { zh: line.service_zh, en: line.service_en } }, applicant: line.applicant_name,
    state: line.state, department: { code: department.code, name: department.name }, submittedAt: iso(line.submitted_at),
    closedAt: line.closed_at ? iso(line.closed_at) : null, promisedDue: line.promised_due, card: line.card, channel: line.channel,
  };
};

/** The reader's narrower wish: one department of those in reach. */
const within = (desk: Desk, actor: Actor, code: string | undefined): Actor => {
  if (!code) return actor;
  const department = desk.ground.departmentByCode(code);
  const reached = department && (actor.scope === 'all' || actor.departments.includes(department.id));
  return { ...actor, scope: 'departments', departments: reached ? [department.id] : [] };
};

/** Cases within scope, newest first; the count is capped and made once, on the first page. */
export const caseList = async (desk: Desk, store: WorkStore, actor: Actor, query: QueryOf<typeof listCases>) => {
  const reader = within(desk, actor, query.department);
  const filter = filterOf(query);
  const limit = query.limit ?? 20;
  const after = decode(query.after);
  const searching = filter.words !== null || filter.plain !== null;
  const [rows, counted] = await Promise.all([
    store.list(reader, filter, after ?? FIRST, searching && !after ? CAP + 1 : limit + 1),
    after || searching ? null : store.count(reader, filter),
  ]);
  const total = after?.total ?? counted ?? rows.length;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((line) => lineOf(desk, line)),
    next: rows.length > limit && last ? encode({ at: iso(last.submitted_at), id: last.id, total }) : null,
    total: Math.min(total, CAP), totalCapped: total > CAP,
  };
};

const taskOf = (desk: Desk, line: TaskLine, today: string): TaskSummary => {
  const department = departmentOf(desk.ground, line.department);
  return {
    id: line.id, version: line.version, caseId: line.case_id, number: line.number, service: { code: line.service, name: { zh: line.service_zh, en: line.service_en } },
    name: { zh: line.name_zh, en: line.name_en }, kind: line.kind, stage: line.stage, applicant: line.applicant_name, state: line.state,
    department: { code: department.code, name: department.name }, openedAt: iso(line.opened_at), dueDay: line.due_on,
    remaining: line.due_on ? remainingOf(desk.ground.calendar(), today, line.due_on) : null, card: line.card,
    claimedBy: line.assignee ? { id: line.assignee, name: line.assignee_name ?? '—' } : null, chased: line.chased,
  };
};

/** One queue of the workbench. */
export const queueList = async (desk: Desk, store: WorkStore, actor: Actor, query: QueryOf<typeof workList>) => {
  const today = dayOf(desk.now());
  const limit = query.limit ?? 20;
  const offset = Math.min(CAP, Math.max(0, Number(query.after ?? 0) || 0));
  const queue = query.queue ?? 'todo';
  const rows = await store.tasks(actor, {
    queue, today, service: query.service ?? null, stage: query.stage ?? null, text: query.q?.trim() || null, sort: query.sort ?? 'due', offset, limit: limit + 1,
  });
  const counts = await store.counts(actor, today);
  const total = counts[queue] ?? 0;
  return {
    items: rows.slice(0, limit).map((line) => taskOf(desk, line, today)), next: rows.length > limit ? String(offset + limit) : null,
    total: Math.min(total, CAP), totalCapped: total > CAP,
  };
};

/** The counts at the left of the workbench. */
export const queueCounts = async (desk: Desk, store: WorkStore, actor: Actor) => {
  const counts = await store.counts(actor, dayOf(desk.now()));
  const queues = ['mine', 'todo', 'waiting', 'circulated', 'chased', 'overdue', 'done'] as const;
  return { queues: queues.map((queue) => ({ queue, count: Math.min(CAP, counts[queue] ?? 0), capped: (counts[queue] ?? 0) > CAP })), at: desk.now().toISOString() };
};

/** The applicant's cases; what waits for them comes first within the page. */
export const applicantList = async (desk: Desk, store: WorkStore, actor: Actor, query: QueryOf<typeof myCases>) => {
  const limit = query.limit ?? 20;
  const rows = await store.mine(actor, query.open ?? null, decode(query.after) ?? FIRST, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = page.map((row) => myCaseOf(desk.ground.calendar(), row, desk.now()));
  items.sort((a, b) => Number(b.todo !== null && b.todo !== 'rate') - Number(a.todo !== null && a.todo !== 'rate'));
  return { items, next: rows.length > limit && last ? encode({ at: iso(last.submitted_at), id: last.id, total: 0 }) : null, total: page.length, totalCapped: rows.length > limit };
};
