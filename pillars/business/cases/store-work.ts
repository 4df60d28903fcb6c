import type { Actor } from '@zhengwu/contracts';
import type { Database } from '@zhengwu/database';
import type { CaseWhole } from './case-view.ts';
import type { CaseRow, TaskRow } from './rows.ts';

export interface Cursor {
  at: string;
  id: string;
}
/** Before everything: the first page. */
export const FIRST: Cursor = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
const LEAST: Cursor = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

export type CaseSort = '-submitted' | 'submitted' | 'due';
/** Counts go no further than this: "1,000+". */
export const CAP = 1000;

export interface CaseFilter {
  state?: number;
  service?: string;
  card?: string;
  open?: boolean;
  from?: string;
  to?: string;
  /** tsquery of words that must all occur, or null. */
  words: string | null;
  /** Substring, for what words can't find. */
  plain: string | null;
}

export type CaseLine = Pick<
  CaseRow,
  'id' | 'number' | 'service' | 'service_zh' | 'service_en' | 'applicant_name' | 'state' | 'department' | 'submitted_at' | 'closed_at' | 'promised_due' | 'card' | 'channel'
>;

export interface TaskLine extends TaskRow {
  number: string;
  service: string;
  service_zh: string;
  service_en: string;
  applicant_name: string;
  state: number;
  card: CaseRow['card'];
}

export interface TaskFilter {
  queue: string;
  today: string;
  service: string | null;
  stage: string | null;
  text: string | null;
  sort: string;
  offset: number;
  limit: number;
}

export interface WorkStore {
  /** Null: from the beginning. A cursor of the due day is `YYYY-MM-DD`, or empty where only cases without one are left. */
  list(actor: Actor, filter: CaseFilter, sort: CaseSort, cursor: Cursor | null, limit: number): Promise<CaseLine[]>;
  /** A page of what a search finds, and how many there are from the cursor on, counted to the cap. */
  find(actor: Actor, filter: CaseFilter, cursor: Cursor, limit: number): Promise<{ rows: CaseLine[]; total: number }>;
  count(actor: Actor, filter: CaseFilter): Promise<number>;
  counts(actor: Actor, today: string): Promise<Record<string, number>>;
  tasks(actor: Actor, filter: TaskFilter): Promise<TaskLine[]>;
  view(actor: Actor, id: string): Promise<CaseWhole>;
  /** How many tasks each of these people has in hand. */
  load(people: readonly string[]): Promise<Map<string, number>>;
  mine(actor: Actor, open: boolean | null, cursor: Cursor, limit: number): Promise<CaseRow[]>;
}

const LISTS: Readonly<Record<CaseSort, { name: string; text: string; first: Cursor }>> = {
  '-submitted': { name: 'cases.list', text: 'select * from cases.list($1::jsonb, $2, $3, $4, $5, $6, $7, $8, $9::uuid, $10)', first: FIRST },
  submitted: { name: 'cases.list_oldest', text: 'select * from cases.list_oldest($1::jsonb, $2, $3, $4, $5, $6, $7, $8, $9::uuid, $10)', first: LEAST },
  due: { name: 'cases.list_due', text: `select * from cases.list_due($1::jsonb, $2, $3, $4, $5, $6, $7, nullif($8::text, '')::date, $9::uuid, $10)`, first: LEAST },
};
const FIND = 'select * from cases.find($1::jsonb, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::uuid, $12, $13)';
const COUNT = 'select cases.count_capped($1::jsonb, $2, $3, $4, $5, $6, $7, $8) as count';

const filters = (filter: CaseFilter): unknown[] => [
  filter.state ?? null, filter.service ?? null, filter.card ?? null, filter.open ?? null, filter.from ?? '-infinity', filter.to ?? 'infinity',
];

type Count = (actor: Actor, filter: CaseFilter) => Promise<number>;

const REMEMBERED_MS = 10_000;

/** More than the cap stays more than the cap for a while: it is not counted again at once. Smaller counts always are. */
const remembering = (count: Count): Count => {
  const many = new Map<string, number>();
  return async (actor, filter) => {
    const name = JSON.stringify([actor.scope, actor.departments, actor.scope === 'own' ? actor.personId : null, filter]);
    if ((many.get(name) ?? 0) > Date.now()) return CAP + 1;
    const found = await count(actor, filter);
    if (many.size > 5000) many.clear();
    if (found > CAP) many.set(name, Date.now() + REMEMBERED_MS);
    else many.delete(name);
    return found;
  };
};

/** What lists and pages read; every statement runs under the reader's row-level security. */
export const workStore = (database: Database): WorkStore => ({
  list: async (actor, filter, sort, cursor, limit) => {
    const { name, text, first } = LISTS[sort];
    const { at, id } = cursor ?? first;
    return (await database.ask<CaseLine & Record<string, unknown>>(actor, name, text, [...filters(filter), at, id, limit])).rows;
  },
  find: async (actor, filter, cursor, limit) => {
    const { rows } = await database.ask<CaseLine & { total: number }>(actor, 'cases.find', FIND, [filter.words, filter.plain, ...filters(filter), cursor.at, cursor.id, limit, CAP + 1]);
    return { rows, total: rows[0]?.total ?? 0 };
  },
  count: remembering(async (actor, filter) => {
    const { rows } = await database.ask<{ count: number }>(actor, 'cases.count', COUNT, [...filters(filter), CAP + 1]);
    return rows[0]?.count ?? 0;
  }),
  counts: async (actor, today) => {
    const { rows } = await database.ask<{ counts: Record<string, number> }>(
      actor, 'cases.work_counts', 'select cases.work_counts($1::jsonb, $2, $3, $4) as counts', [actor.posts, today, CAP + 1],
    );
    return rows[0]?.counts ?? {};
  },
  tasks: async (actor, filter) => {
    const { rows } = await database.ask<{ line: TaskLine }>(
      actor, 'cases.work_list', 'select to_jsonb(l) as line from cases.work_list($1::jsonb, $2, $3, $4, $5, $6, $7, $8, $9, $10) l',
      [actor.posts, filter.queue, filter.today, filter.service, filter.stage, filter.text, filter.sort, filter.offset, filter.limit],
    );
    return rows.map((row) => row.line);
  },
  view: async (actor, id) => {
    const { rows } = await database.ask<{ whole: CaseWhole }>(actor, 'cases.view', 'select cases.view($1::jsonb, $2) as whole', [id]);
    return (rows[0] as { whole: CaseWhole }).whole;
  },
  load: (people) => database.as(database.system, async (tx) => {
    const { rows } = await tx.named<{ assignee: string; count: number }>(
      'cases.load_of', `select assignee, count(*)::int as count from cases.task where status in ('claimed', 'waiting') and assignee = any ($1::uuid[]) group by assignee`, [people],
    );
    return new Map(rows.map((row) => [row.assignee, row.count]));
  }, { readOnly: true }),
  mine: async (actor, open, cursor, limit) => {
    const { rows } = await database.ask<{ row: CaseRow }>(
      actor, 'cases.mine', 'select to_jsonb(m) as row from cases.mine($1::jsonb, $2, $3, $4::uuid, $5) m', [open, cursor.at, cursor.id, limit],
    );
    return rows.map((one) => one.row);
  },
});
