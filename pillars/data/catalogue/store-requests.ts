import type { Tx } from '@zhengwu/database';

export interface Request {
  id: string;
  resource: string;
  department: number;
  providerDepartment: number | null;
  purpose: string;
  basis: string;
  subsystem: string | null;
  personal: boolean;
  state: 'open' | 'granted' | 'refused' | 'withdrawn';
  raisedAt: Date;
  raisedBy: string;
  dueDay: string;
  until: string | null;
  answer: string | null;
  law: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
}

const columns = `q.id, q.resource, q.department, q.provider_department as "providerDepartment", q.purpose, q.basis, q.subsystem, q.personal, q.state, q.raised_at as "raisedAt", q.raised_by as "raisedBy",
  q.due_day as "dueDay", q.until, q.answer, q.law, q.decided_by as "decidedBy", q.decided_at as "decidedAt"`;

export const insertRequest = async (tx: Tx, one: Pick<Request, 'resource' | 'department' | 'providerDepartment' | 'purpose' | 'basis' | 'subsystem' | 'personal' | 'raisedBy'> & { today: string; days: number }): Promise<Request> => {
  const { rows } = await tx.query<Request>(`with q as (insert into catalogue.request (resource, department, provider_department, purpose, basis, subsystem, personal, raised_by, due_day)
    values ($1, $2, $3, $4, $5, $6, $7, $8, kernel.add_working_days($9::date, $10)) returning *) select ${columns} from q`,
  [one.resource, one.department, one.providerDepartment, one.purpose, one.basis, one.subsystem, one.personal, one.raisedBy, one.today, one.days]);
  return rows[0] as Request;
};

export const lockRequest = async (tx: Tx, id: string): Promise<Request | undefined> => (await tx.query<Request>(`select ${columns} from catalogue.request q where q.id = $1 for update`, [id])).rows[0];

export const settle = async (tx: Tx, id: string, state: Request['state'], by: string, answer: string | null, law: string | null, until: string | null): Promise<void> => {
  await tx.query('update catalogue.request set state = $2, decided_by = $3, decided_at = now(), answer = $4, law = $5, until = $6 where id = $1', [id, state, by, answer, law, until]);
};

export const isAsked = async (tx: Tx, resource: string, department: number, subsystem: string | null): Promise<boolean> =>
  (await tx.query(`select from catalogue.request where resource = $1 and department = $2 and subsystem is not distinct from $3 and state in ('open', 'granted') limit 1`, [resource, department, subsystem])).rowCount === 1;

export const selectRequests = async (tx: Tx, isOpen: boolean | null): Promise<Request[]> =>
  (await tx.query<Request>(`select ${columns} from catalogue.request q where $1::boolean is null or (q.state = 'open') = $1 order by q.state <> 'open', q.due_day, q.raised_at desc limit 500`, [isOpen])).rows;

export const selectGranted = async (tx: Tx, resource: string): Promise<Request[]> =>
  (await tx.query<Request>(`select ${columns} from catalogue.request q where q.resource = $1 and q.state = 'granted' for update`, [resource])).rows;

export const countUsage = async (tx: Tx, resource: string, day: string, kind: 'page' | 'rows' | 'file'): Promise<void> => {
  await tx.named('catalogue.usage', `insert into catalogue.usage (resource, day, kind, count) values ($1, $2, $3, 1) on conflict (resource, day, kind) do update set count = catalogue.usage.count + 1`, [resource, day, kind]);
};
export const selectUsage = async (tx: Tx): Promise<Map<string, number>> =>
  new Map((await tx.query<{ resource: string; n: number }>(`select resource, sum(count)::bigint as n from catalogue.usage where kind <> 'page' group by resource`)).rows.map(({ resource, n }) => [resource, Number(n)]));
