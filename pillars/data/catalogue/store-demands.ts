import type { SupplyRow } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

export interface Demand {
  id: string;
  department: number;
  title: string;
  items: string;
  purpose: string;
  basis: string;
  state: 'open' | 'assigned' | 'met' | 'refused' | 'withdrawn';
  raisedAt: Date;
  raisedBy: string;
  provider: string | null;
  providerDepartment: number | null;
  dueDay: string | null;
  resource: string | null;
  answer: string | null;
  law: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
}

const columns = `d.id, d.department, d.title, d.items, d.purpose, d.basis, d.state, d.raised_at as "raisedAt", d.raised_by as "raisedBy", d.provider, d.provider_department as "providerDepartment", d.due_day as "dueDay", d.resource, d.answer, d.law, d.decided_by as "decidedBy", d.decided_at as "decidedAt"`;

export const insertDemand = async (tx: Tx, one: Pick<Demand, 'department' | 'title' | 'items' | 'purpose' | 'basis' | 'raisedBy'>): Promise<string> =>
  (await tx.query<{ id: string }>('insert into catalogue.demand (department, title, items, purpose, basis, raised_by) values ($1, $2, $3, $4, $5, $6) returning id', [one.department, one.title, one.items, one.purpose, one.basis, one.raisedBy])).rows[0]?.id as string;

export const lockDemand = async (tx: Tx, id: string): Promise<Demand | undefined> => (await tx.query<Demand>(`select ${columns} from catalogue.demand d where d.id = $1 for update`, [id])).rows[0];

/** Demands that the reader may see, those first that wait for an answer soonest. */
export const selectDemands = async (tx: Tx, isOpen: boolean | null): Promise<Demand[]> =>
  (await tx.query<Demand>(`select ${columns} from catalogue.demand d where $1::boolean is null or (d.state in ('open', 'assigned')) = $1 order by d.state in ('open', 'assigned') desc, d.due_day nulls first, d.raised_at desc limit 500`, [isOpen])).rows;

/** Names who is to provide it, anew where somebody else was named; answers the day of the answer. */
export const assign = async (tx: Tx, id: string, to: { provider: string; department: number; by: string; today: string; days: number }): Promise<string> =>
  (await tx.query<{ dueDay: string }>(`update catalogue.demand set state = 'assigned', provider = $2, provider_department = $3, assigned_by = $4, assigned_at = now(), due_day = kernel.add_working_days($5::date, $6), escalated_at = null where id = $1 returning due_day as "dueDay"`, [id, to.provider, to.department, to.by, to.today, to.days])).rows[0]?.dueDay as string;

export const settleDemand = async (tx: Tx, id: string, one: { state: 'met' | 'refused' | 'withdrawn'; resource: string | null; by: string; answer: string; law: string | null }): Promise<void> => {
  await tx.query('update catalogue.demand set state = $2, resource = $3, decided_by = $4, decided_at = now(), answer = $5, law = $6 where id = $1', [id, one.state, one.resource, one.by, one.answer, one.law]);
};

export interface Late {
  kind: 'request' | 'demand';
  id: string;
  subject: string;
  department: number | null;
  dueDay: string;
}

/** Marks what is late and was not taken further yet; answers it. */
export const markLate = async (tx: Tx, today: string): Promise<Late[]> => (await tx.query<Late>(`with requests as (
    update catalogue.request set escalated_at = now() where state = 'open' and due_day < $1 and escalated_at is null returning id, resource, provider_department, due_day),
  demands as (update catalogue.demand set escalated_at = now() where state = 'assigned' and due_day < $1 and escalated_at is null returning id, title, provider_department, due_day)
  select 'request' as kind, id, resource as subject, provider_department as department, due_day as "dueDay" from requests
  union all select 'demand', id, title, provider_department, due_day from demands`, [today])).rows;

type Supply = Omit<SupplyRow, 'provider' | 'published'> & { provider: string; free: number; conditional: number; withheld: number };

/** What each department provides, and what waits for it. */
export const selectSupply = async (tx: Tx, today: string): Promise<Supply[]> => (await tx.query<Supply>(`with entries as (
    select r.provider, r.id, p.metadata->'sharing'->>'class' as sharing, coalesce((p.metadata->'openness'->>'isOpen')::boolean, false) as is_open, r.published is null and not r.is_retired as is_draft
    from catalogue.resource r left join catalogue.version p on p.resource = r.id and p.version = r.published
    union all select distinct provider, null, null, false, false from catalogue.demand where state = 'assigned')
  select e.provider, count(*) filter (where sharing = '1')::int as free, count(*) filter (where sharing = '2')::int as conditional, count(*) filter (where sharing = '3')::int as withheld, count(*) filter (where is_open)::int as open,
    count(*) filter (where is_draft)::int as drafts, coalesce(sum(q.uses), 0)::int as uses, coalesce(sum(q.waiting), 0)::int as waiting, coalesce(sum(q.overdue), 0)::int + coalesce(max(d.overdue), 0)::int as overdue, coalesce(max(d.waiting), 0)::int as demands
  from entries e
  left join (select resource, count(*) filter (where state = 'granted') as uses, count(*) filter (where state = 'open') as waiting, count(*) filter (where state = 'open' and due_day < $1) as overdue from catalogue.request group by resource) q on q.resource = e.id
  left join (select provider, count(*) as waiting, count(*) filter (where due_day < $1) as overdue from catalogue.demand where state = 'assigned' group by provider) d on d.provider = e.provider
  group by e.provider order by e.provider`, [today])).rows;
