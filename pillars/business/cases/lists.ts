import type { Actor, CaseSummary, QueryOf, TaskSummary } from '@zhengwu/contracts';
import type { listCases, myCases, workList } from '@zhengwu/contracts';
import { addDays, dayOf, startOfDay } from '@zhengwu/clock';
import { departmentOf, iso, myCaseOf } from './case-view.ts';
import type { Desk } from './commands.ts';
import { fail } from './errors.ts';
import { remainingOf } from './limits.ts';
import { CAP, FIRST, type CaseFilter, type CaseLine, type CaseSort, type Cursor, type TaskLine, type WorkStore } from './store-work.ts';
import { queryWords } from './words.ts';

interface Place extends Cursor {
  /** The capped count of the first page, carried along so that it is counted once. */
  total: number;
}

export const encode = (place: Place): string => Buffer.from(JSON.stringify([place.at, place.id, place.total])).toString('base64url');
// What another may have written into an address: only what we write ourselves is read.
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const DAY = /^(\d{4}-\d\d-\d\d)?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A place in a list sorted by instant, or by day (empty: no day); null for anything that is none. */
export const decode = (text: string | undefined, by: RegExp = INSTANT): Place | null => {
  if (!text) return null;
  try {
    const [at, id, total] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (typeof at !== 'string' || typeof id !== 'string' || !by.test(at) || !UUID.test(id) || (at !== '' && Number.isNaN(Date.parse(at)))) return null;
    return { at, id, total: Number.isSafeInteger(total) ? Math.max(0, total as number) : 0 };
  } catch {
    return null;
  }
};

/** Words that must all occur; a text without words to search for (`%`, one letter) is matched as it stands. */
export const searchOf = (text: string | undefined): Pick<CaseFilter, 'words' | 'plain'> => {
  const q = text?.replaceAll('\0', '').trim().toLowerCase() ?? '';
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

type Found = { rows: CaseLine[]; total: number };

const listed = async (store: WorkStore, reader: Actor, filter: CaseFilter, sort: CaseSort, after: Place | null, limit: number): Promise<Found> => {
  const [rows, total] = await Promise.all([store.list(reader, filter, sort, after, limit), after?.total ?? store.count(reader, filter)]);
  return { rows, total };
};

const found = async (store: WorkStore, reader: Actor, filter: CaseFilter, after: Place | null, limit: number): Promise<Found> => {
  const { rows, total } = await store.find(reader, filter, after ?? FIRST, limit);
  return { rows, total: after?.total ?? total };
};

/**
 * Cases within scope; the count is capped and made once, on the first page. By due day they are the open ones.
 * What a search finds comes newest first; another order of it throws `case.sort-with-search`.
 */
export const caseList = async (desk: Desk, store: WorkStore, actor: Actor, query: QueryOf<typeof listCases>) => {
  const reader = within(desk, actor, query.department);
  const sort = query.sort ?? '-submitted';
  const filter = sort === 'due' ? { ...filterOf(query), open: true } : filterOf(query);
  const limit = query.limit ?? 20;
  const after = decode(query.after, sort === 'due' ? DAY : INSTANT);
  const searching = filter.words !== null || filter.plain !== null;
  if (searching && sort !== '-submitted') throw fail('case.sort-with-search');
  const { rows, total } = searching ? await found(store, reader, filter, after, limit + 1) : await listed(store, reader, filter, sort, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((line) => lineOf(desk, line)),
    next: rows.length > limit && last ? encode({ at: sort === 'due' ? (last.promised_due ?? '') : iso(last.submitted_at), id: last.id, total }) : null,
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

/** How many tasks to leave out; nothing that was written by another hand gets further than the cap. */
export const offsetOf = (text: string | undefined): number => (/^\d{1,6}$/.test(text ?? '') ? Math.min(CAP, Number(text)) : 0);

/** One queue of the workbench; with a filter the total is of what it leaves. */
export const queueList = async (desk: Desk, store: WorkStore, actor: Actor, query: QueryOf<typeof workList>) => {
  const today = dayOf(desk.now());
  const limit = query.limit ?? 20;
  const offset = offsetOf(query.after);
  const queue = query.queue ?? 'todo';
  const wanted = { service: query.service ?? null, stage: query.stage ?? null, text: query.q?.replaceAll('\0', '').trim() || null };
  const filtered = Object.values(wanted).some((one) => one !== null);
  const rows = await store.tasks(actor, { ...wanted, queue, today, sort: query.sort ?? 'due', offset, limit: filtered ? CAP + 1 : limit + 1 });
  const total = filtered ? offset + rows.length : ((await store.counts(actor, today))[queue] ?? 0);
  return {
    items: rows.slice(0, limit).map((line) => taskOf(desk, line, today)), next: rows.length > limit && offset + limit < CAP ? String(offset + limit) : null,
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
