import type { Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

export interface PartRow {
  service: string;
  draft: string;
  after: string[];
  state: 'filling' | 'waiting' | 'begun' | 'dropped' | 'held';
  case_id: string | null;
  note: Text | null;
}

export interface ApplicationRow {
  id: string;
  event: string;
  submission_key: string;
  owner: string;
  owner_name: string;
  applicant: string;
  applicant_name: string;
  created_at: Date;
  updated_at: Date;
  submitted_at: Date | null;
}

export interface Whole {
  application: ApplicationRow;
  parts: PartRow[];
}

export const insert = async (tx: Tx, { application: row, parts }: Whole): Promise<void> => {
  await tx.query(
    `insert into life_events.application (id, event, submission_key, owner, owner_name, applicant, applicant_name, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
    [row.id, row.event, row.submission_key, row.owner, row.owner_name, row.applicant, row.applicant_name, row.created_at],
  );
  await tx.query(
    `insert into life_events.part (application, position, service, draft, after)
     select $1, p.position, p.service, p.draft, p.after from jsonb_to_recordset($2::jsonb) p(position int, service text, draft uuid, after text[])`,
    [row.id, JSON.stringify(parts.map((part, position) => ({ ...part, position })))],
  );
};

export const select = async (tx: Tx, id: string): Promise<Whole | null> => {
  const [application] = (await tx.query<ApplicationRow & Record<string, unknown>>('select * from life_events.application where id = $1', [id])).rows;
  if (!application) return null;
  const { rows: parts } = await tx.query<PartRow & Record<string, unknown>>('select service, draft, after, state, case_id, note from life_events.part where application = $1 order by position', [id]);
  return { application, parts };
};

export const list = async (tx: Tx, owner: string): Promise<ApplicationRow[]> =>
  (await tx.query<ApplicationRow & Record<string, unknown>>('select * from life_events.application where owner = $1 order by updated_at desc limit 50', [owner])).rows;

/** What somebody applied for as one, as it is handed out to them. */
export const held = async (tx: Tx, person: string): Promise<Record<string, unknown>[]> =>
  (await tx.query(
    `select a.event, a.created_at as "createdAt", a.submitted_at as "submittedAt", a.applicant_name as "applicant",
       (select jsonb_agg(jsonb_build_object('service', p.service, 'state', p.state, 'case', p.case_id) order by p.position) from life_events.part p where p.application = a.id) as parts
     from life_events.application a where a.owner = $1 or a.applicant = $1 order by a.created_at`, [person],
  )).rows;

export const touch = async (tx: Tx, id: string, at: Date): Promise<void> => void (await tx.query('update life_events.application set updated_at = $2 where id = $1', [id, at]));

/** The hand-in begins here; the parts tell later whether it was carried through. */
export const markHandedIn = async (tx: Tx, id: string, at: Date): Promise<void> =>
  void (await tx.query('update life_events.application set submitted_at = coalesce(submitted_at, $2), updated_at = $2 where id = $1', [id, at]));

export const unmark = async (tx: Tx, id: string): Promise<void> =>
  void (await tx.query(`update life_events.application set submitted_at = null where id = $1 and not exists (select 1 from life_events.part where application = $1 and state <> 'filling')`, [id]));

/** Moves a part on, unless somebody else has done so meanwhile. */
export const movePart = async (tx: Tx, application: string, service: string, from: readonly PartRow['state'][], to: Pick<PartRow, 'state' | 'case_id' | 'note'>): Promise<boolean> =>
  (await tx.query('update life_events.part set state = $4, case_id = $5, note = $6::jsonb where application = $1 and service = $2 and state = any ($3)',
    [application, service, from, to.state, to.case_id, to.note ? JSON.stringify(to.note) : null])).rowCount > 0;

export const remove = async (tx: Tx, id: string): Promise<boolean> => (await tx.query('delete from life_events.application where id = $1 and submitted_at is null', [id])).rowCount > 0;

export const applicationOfCase = async (tx: Tx, caseId: string): Promise<string | null> =>
  (await tx.query<{ application: string }>('select application from life_events.part where case_id = $1', [caseId])).rows[0]?.application ?? null;

/** Handed in more than a minute ago, with parts whose turn may have come. */
export const unsettled = async (tx: Tx, before: Date, most: number): Promise<string[]> =>
  (await tx.query<{ id: string }>(
    `select a.id from life_events.application a where a.submitted_at < $1
       and exists (select 1 from life_events.part p where p.application = a.id and p.state in ('filling', 'waiting')) order by a.submitted_at limit $2`, [before, most],
  )).rows.map(({ id }) => id);
