import type { ReorganisationResult, ReorganisationStep, ResponseOf, listReorganisations } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

export interface Plan {
  document: string;
  effectiveOn: string;
  steps: readonly ReorganisationStep[];
}
export interface Stepped {
  posts: number;
  moves: { from: number; to: number; services: string[] | null }[];
}
type Listed = ResponseOf<typeof listReorganisations>['items'][number];

const values = async <T>(tx: Tx, name: string, text: string, given: readonly unknown[] = []): Promise<T[]> =>
  (await tx.named<{ value: T }>(name, text, given)).rows.map((row) => row.value);
const instant = (moment: string): string => `to_char(${moment} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const PLAN = `select jsonb_build_object('id', r.id, 'document', r.document, 'effectiveOn', r.effective_on::text, 'steps', r.steps, 'plannedBy', r.planned_by_name, 'plannedAt', ${instant('r.planned_at')},
  'status', r.status, 'doneBy', r.done_by_name, 'doneAt', ${instant('r.done_at')}, 'result', r.result) as value from directory.reorganisation r`;

export const plans = (tx: Tx): Promise<Listed[]> => values(tx, 'reorganisation.list', `${PLAN} order by r.planned_at desc limit 100`);
export const openPlan = async (tx: Tx, id: string): Promise<Listed | undefined> => {
  await tx.named('reorganisation.lock', `select 1 from directory.reorganisation where id = $1 and status = 'planned' for update`, [id]);
  return (await values<Listed>(tx, 'reorganisation.one', `${PLAN} where r.id = $1 and r.status = 'planned'`, [id]))[0];
};
/** Plans whose day has come, in order, with who made them. */
export const duePlans = async (tx: Tx, today: string): Promise<{ id: string; person: string; name: string }[]> =>
  (await tx.named<{ id: string; person: string; name: string }>('reorganisation.due', `select id, planned_by as person, planned_by_name as name from directory.reorganisation where status = 'planned' and effective_on <= $1 order by effective_on, planned_at`, [today])).rows;
export const insertPlan = async (tx: Tx, id: string, plan: Plan, by: { id: string; name: string }): Promise<void> => {
  await tx.named('reorganisation.plan', 'insert into directory.reorganisation (id, document, effective_on, steps, planned_by, planned_by_name) values ($1, $2, $3, $4::jsonb, $5, $6)',
    [id, plan.document, plan.effectiveOn, JSON.stringify(plan.steps), by.id, by.name]);
};
export const closePlan = async (tx: Tx, id: string, by: string, result: ReorganisationResult): Promise<void> => {
  await tx.named('reorganisation.done', `update directory.reorganisation set status = 'done', done_by_name = $2, done_at = now(), result = $3::jsonb where id = $1`, [id, by, JSON.stringify(result)]);
};
export const cancelPlan = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.named('reorganisation.cancel', `update directory.reorganisation set status = 'cancelled' where id = $1 and status = 'planned'`, [id])).rowCount > 0;

export const step = async (tx: Tx, one: ReorganisationStep): Promise<Stepped> => (await tx.named<{ value: Stepped }>('reorganisation.step', 'select directory.reorganise($1::jsonb) as value', [JSON.stringify(one)])).rows[0]?.value as Stepped;

/** Departments that each person in office reaches, by any permission. */
export const reaches = async (tx: Tx): Promise<Map<string, { name: string; departments: Set<number> }>> => {
  const { rows } = await tx.named<{ id: string; name: string; departments: number[] }>('reorganisation.reaches', `select p.id, p.name, coalesce((select array_agg(distinct d::int) from jsonb_each(directory.grants_of(p.id)) g
    cross join lateral jsonb_array_elements_text(g.value->'departments') d), '{}') as departments from directory.person p where exists (select from directory.holding h where h.person = p.id and h.until is null) order by p.name`);
  return new Map(rows.map(({ id, name, departments }) => [id, { name, departments: new Set(departments) }]));
};
export const peopleIn = async (tx: Tx, departments: readonly number[]): Promise<number> =>
  (await tx.named<{ n: number }>('reorganisation.people', 'select count(distinct h.person)::int as n from directory.holding h join directory.post p on p.id = h.post where h.until is null and p.department = any ($1::int[])', [departments])).rows[0]?.n ?? 0;
export const conflicts = (tx: Tx): Promise<ReorganisationResult['conflicts']> => values(tx, 'reorganisation.conflicts', `select jsonb_build_object('person', p.name, 'rule', jsonb_build_object('zh', e.name_zh, 'en', e.name_en)) as value
  from directory.conflicts(null) c join directory.person p on p.id = c.person join directory.exclusion e on e.code = c.exclusion limit 100`);

/** Services whose old department gave them to another. */
export const successions = async (tx: Tx): Promise<{ department: number; service: string; successor: number }[]> =>
  (await tx.named<{ department: number; service: string; successor: number }>('directory.successions', 'select department, service, successor from directory.succession')).rows;
