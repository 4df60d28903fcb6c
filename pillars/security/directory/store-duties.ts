import type { Exclusion, ResponseOf, listDuties } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

type Duties = ResponseOf<typeof listDuties>;
export type ProposalKind = 'role' | 'posts';

const values = async <T>(tx: Tx, name: string, text: string, given: readonly unknown[] = []): Promise<T[]> =>
  (await tx.named<{ value: T }>(name, text, given)).rows.map((row) => row.value);

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`;
const RULE = `jsonb_build_object('code', e.code, 'name', jsonb_build_object('zh', e.name_zh, 'en', e.name_en), 'one', e.one, 'other', e.other, 'basis', e.basis, 'fixed', e.fixed, 'version', e.version)`;

export const duties = (tx: Tx): Promise<Duties['duties']> => values(tx, 'duty.list', `select jsonb_build_object('code', d.code, 'name', jsonb_build_object('zh', d.name_zh, 'en', d.name_en), 'powers', d.powers,
  'holders', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name) from directory.person p
    where p.id in (select w.person from directory.powers(null) w where w.name = 'duty:' || d.code)), '[]')) as value from directory.duty d order by d.code desc`);
export const exclusions = (tx: Tx): Promise<Exclusion[]> => values(tx, 'duty.rules', `select ${RULE} as value from directory.exclusion e order by not e.fixed, e.code`);
export const dutiesOf = async (tx: Tx, person: string): Promise<string[]> => (await values<string[]>(tx, 'duty.of', 'select to_jsonb(directory.duties_of($1)) as value', [person]))[0] ?? [];

/** What waits for a second administrator, and what was decided of late. */
export const proposals = (tx: Tx, me: string): Promise<Duties['proposals']> => values(tx, 'duty.proposals', `select jsonb_build_object('id', p.id, 'kind', p.kind, 'subject', p.subject,
  'name', case p.kind when 'role' then (select jsonb_build_object('zh', r.name_zh, 'en', r.name_en) from directory.role r where r.code = p.subject)
    else (select jsonb_build_object('zh', o.name, 'en', o.name) from directory.person o where o.id::text = p.subject) end,
  'reason', p.reason, 'by', jsonb_build_object('id', a.id, 'name', a.name), 'duties', p.duties, 'at', to_char(p.proposed_at at time zone 'utc', ${INSTANT}), 'status', p.status,
  'decidedBy', case when b.id is not null then jsonb_build_object('id', b.id, 'name', b.name) end, 'decidedAt', to_char(p.decided_at at time zone 'utc', ${INSTANT}), 'opinion', p.opinion,
  'grants', p.change->'grants', 'posts', case when p.kind = 'posts' then (select coalesce(jsonb_agg(jsonb_build_object('zh', s.name_zh, 'en', s.name_en) order by s.code), '[]') from directory.post s
    where p.change->'posts' ? s.id::text) end, 'mine', p.proposed_by = $1) as value
  from directory.proposal p join directory.person a on a.id = p.proposed_by left join directory.person b on b.id = p.decided_by order by (p.status = 'open') desc, p.proposed_at desc limit 100`, [me]);

export const insertProposal = async (tx: Tx, row: { id: string; kind: ProposalKind; subject: string; change: object; reason: string; by: string }): Promise<void> => {
  await tx.named('duty.propose', `insert into directory.proposal (id, kind, subject, change, reason, proposed_by, duties) values ($1, $2, $3, $4::jsonb, $5, $6, directory.duties_of($6))`,
    [row.id, row.kind, row.subject, JSON.stringify(row.change), row.reason, row.by]);
};

export type Decided = { kind: ProposalKind; subject: string; change: unknown; reason: string };
export const decideProposal = async (tx: Tx, id: string, approve: boolean, opinion: string): Promise<Decided> =>
  (await tx.named<{ value: Decided }>('duty.decide', 'select directory.decide_proposal($1, $2, $3) as value', [id, approve, opinion])).rows[0]?.value as Decided;

export const putExclusion = async (tx: Tx, code: string, rule: Pick<Exclusion, 'name' | 'one' | 'other' | 'basis'>): Promise<Exclusion> => {
  await tx.named('duty.put', `insert into directory.exclusion as e (code, name_zh, name_en, one, other, basis) values ($1, $2, $3, $4, $5, $6)
    on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, one = excluded.one, other = excluded.other, basis = excluded.basis, version = e.version + 1 where not e.fixed`,
    [code, rule.name.zh, rule.name.en, rule.one, rule.other, rule.basis]);
  return (await values<Exclusion>(tx, 'duty.rule', `select ${RULE} as value from directory.exclusion e where e.code = $1`, [code]))[0] as Exclusion;
};
export const dropExclusion = async (tx: Tx, code: string): Promise<boolean> => (await tx.named('duty.drop', 'delete from directory.exclusion where code = $1', [code])).rowCount > 0;
