import type { ResponseOf, departmentPast, personTimeline, postHolders } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

const values = async <T>(tx: Tx, name: string, text: string, given: readonly unknown[]): Promise<T[]> =>
  (await tx.named<{ value: T }>(name, text, given)).rows.map((row) => row.value);
const instant = (moment: string): string => `case when isfinite(${moment}) then to_char(${moment} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end`;
const named = (row: string): string => `jsonb_build_object('zh', ${row}.name_zh, 'en', ${row}.name_en)`;

/** Who entered and who ended a holding, from the first and the last word of history on it. */
const WHO = `left join lateral (select x.by_name, x.reason from directory.history x where x.entity = 'holding' and x.value->>'person' = h.person::text and x.value->>'post' = h.post::text
    and (x.value->>'since')::timestamptz = h.since order by x.id limit 1) opened on true
  left join lateral (select x.by_name, x.reason from directory.history x where h.until is not null and x.entity = 'holding' and x.value->>'person' = h.person::text and x.value->>'post' = h.post::text
    and (x.value->>'since')::timestamptz = h.since and x.value->>'until' is not null order by x.id desc limit 1) closed on true`;

type Timeline = ResponseOf<typeof personTimeline>['items'];
export const timeline = async (tx: Tx, person: string): Promise<Timeline> => {
  const posts = await values<Timeline[number]>(tx, 'history.posts', `select jsonb_build_object('kind', 'post', 'since', ${instant('h.since')}, 'until', ${instant('h.until')}, 'by', opened.by_name, 'reason', opened.reason,
    'endedBy', closed.by_name, 'endReason', closed.reason, 'post', ${named('p')}, 'department', ${named('d')}, 'detail', array_to_string(p.roles, ' '), 'clearance', null) as value
    from directory.holding h join directory.post p on p.id = h.post join directory.department d on d.id = p.department ${WHO} where h.person = $1 order by h.since desc limit 200`, [person]);
  const states = await values<Timeline[number]>(tx, 'history.person', `select jsonb_build_object('kind', 'person', 'since', ${instant('h.since')}, 'until', ${instant('h.until')}, 'by', h.by_name, 'reason', h.reason,
    'endedBy', null, 'endReason', null, 'post', null, 'department', null, 'detail', concat_ws(' ', h.value->>'name', h.value->>'account', case when h.value->>'active' = 'false' then '×' end), 'clearance', (h.value->>'clearance')::int) as value
    from directory.history h where h.entity = 'person' and h.key = $1::text and h.until is distinct from h.since order by h.id desc limit 100`, [person]);
  const away = await values<Timeline[number]>(tx, 'history.delegations', `select jsonb_build_object('kind', 'delegation', 'since', ${instant('g.starts_at')}, 'until', ${instant('least(g.ends_at, g.ended_at)')}, 'by', f.name, 'reason', g.reason,
    'endedBy', null, 'endReason', null, 'post', null, 'department', null, 'detail', f.name || ' → ' || t.name, 'clearance', null) as value
    from directory.delegation_of($1) g join directory.person f on f.id = g.from_person join directory.person t on t.id = g.to_person order by g.starts_at desc limit 100`, [person]);
  return [...posts, ...states, ...away].sort((a, b) => ((a.since ?? '') < (b.since ?? '') ? 1 : -1));
};

export const holders = (tx: Tx, post: string): Promise<ResponseOf<typeof postHolders>['items']> => values(tx, 'history.holders', `select jsonb_build_object('id', p.id, 'person', p.name,
    'since', ${instant('h.since')}, 'until', ${instant('h.until')}, 'by', opened.by_name, 'reason', coalesce(closed.reason, opened.reason)) as value
  from directory.holding h join directory.person p on p.id = h.person ${WHO} where h.post = $1 order by h.since desc limit 200`, [post]);

export const departmentStates = (tx: Tx, department: number): Promise<ResponseOf<typeof departmentPast>['items']> => values(tx, 'history.department', `select jsonb_build_object(
    'since', ${instant('h.since')}, 'until', ${instant('h.until')}, 'by', h.by_name, 'reason', h.reason, 'code', h.value->>'code', 'name', jsonb_build_object('zh', h.value->>'name_zh', 'en', h.value->>'name_en'),
    'regionParent', (select ${named('r')} from directory.department r where r.id = (h.value->>'region_parent')::int), 'lineParent', (select ${named('l')} from directory.department l where l.id = (h.value->>'line_parent')::int)) as value
  from directory.history h where h.entity = 'department' and h.key = $1::text and h.until is distinct from h.since order by h.id desc limit 200`, [department]);
