import type { ResponseOf, listAccess, listReviews, myAccess, reviewItems } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

type Request = ResponseOf<typeof listAccess>['items'][number];
const values = async <T>(tx: Tx, name: string, text: string, given: readonly unknown[] = []): Promise<T[]> =>
  (await tx.named<{ value: T }>(name, text, given)).rows.map((row) => row.value);
const instant = (moment: string): string => `to_char(${moment} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const POST = `jsonb_build_object('id', s.id, 'name', jsonb_build_object('zh', s.name_zh, 'en', s.name_en), 'department', jsonb_build_object('zh', d.name_zh, 'en', d.name_en))`;
const REQUEST = `select jsonb_build_object('id', r.id, 'person', jsonb_build_object('id', p.id, 'name', p.name), 'post', ${POST}, 'endsOn', r.ends_on::text, 'reason', r.reason, 'askedAt', ${instant('r.asked_at')}, 'status', r.status,
    'vouched', case when r.vouched_at is not null then jsonb_build_object('by', r.vouched_by_name, 'at', ${instant('r.vouched_at')}, 'opinion', r.vouch_opinion) end,
    'decided', case when r.decided_at is not null then jsonb_build_object('by', r.decided_by_name, 'at', ${instant('r.decided_at')}, 'opinion', r.opinion) end) as value
  from directory.access_request r join directory.person p on p.id = r.person join directory.post s on s.id = r.post join directory.department d on d.id = s.department`;

export const requestsOf = (tx: Tx, person: string): Promise<Request[]> => values(tx, 'access.mine', `${REQUEST} where r.person = $1 order by r.asked_at desc limit 100`, [person]);
export const requests = (tx: Tx): Promise<Request[]> => values(tx, 'access.list', `${REQUEST} where r.status <> 'withdrawn' order by (r.status in ('asked', 'vouched')) desc, r.asked_at desc limit 200`);
export const request = async (tx: Tx, id: string): Promise<Request | undefined> => (await values<Request>(tx, 'access.one', `${REQUEST} where r.id = $1`, [id]))[0];
/** Posts that a person does not hold. */
export const postsToAsk = (tx: Tx, person: string): Promise<ResponseOf<typeof myAccess>['posts']> => values(tx, 'access.posts', `select ${POST} as value from directory.post s join directory.department d on d.id = s.department
  where not exists (select from directory.holding h where h.post = s.id and h.person = $1 and h.until is null) order by d.id, s.code limit 2000`, [person]);

export const ask = async (tx: Tx, id: string, post: string, endsOn: string, reason: string): Promise<void> => void (await tx.named('access.ask', 'select directory.ask_access($1, $2, $3, $4)', [id, post, endsOn, reason]));
export const step = async (tx: Tx, id: string, name: 'vouch' | 'decide' | 'withdraw', agree: boolean, opinion: string | null): Promise<void> =>
  void (await tx.named('access.step', 'select directory.step_access($1, $2, $3, $4)', [id, name, agree, opinion]));

export const reviews = (tx: Tx): Promise<ResponseOf<typeof listReviews>['items']> => values(tx, 'review.list', `select jsonb_build_object('id', r.id, 'department', jsonb_build_object('zh', d.name_zh, 'en', d.name_en),
    'openedBy', r.opened_by_name, 'openedAt', ${instant('r.opened_at')}, 'dueOn', r.due_on::text, 'lapseOn', r.lapse_on::text, 'closedAt', ${instant('r.closed_at')},
    'figures', (select jsonb_build_object('all', count(*), 'kept', count(*) filter (where i.answer = 'kept'), 'withdrawn', count(*) filter (where i.answer = 'withdrawn'), 'lapsed', count(*) filter (where i.answer = 'lapsed'),
      'gone', count(*) filter (where i.answer = 'gone'), 'open', count(*) filter (where i.answer is null), 'escalated', count(*) filter (where i.answer is null and i.escalated_at is not null)) from directory.review_item i where i.review = r.id)) as value
  from directory.review r join directory.department d on d.id = r.department order by (r.closed_at is null) desc, r.opened_at desc limit 100`);
export const items = (tx: Tx, review: string, me: string): Promise<ResponseOf<typeof reviewItems>['items']> => values(tx, 'review.items', `select jsonb_build_object('person', jsonb_build_object('id', p.id, 'name', p.name), 'post', ${POST}, 'roles', s.roles,
    'since', ${instant('i.since')}, 'answer', i.answer, 'by', i.by_name, 'at', ${instant('i.at')}, 'reason', i.reason, 'escalated', i.escalated_at is not null, 'mine', i.person = $2) as value
  from directory.review_item i join directory.person p on p.id = i.person join directory.post s on s.id = i.post join directory.department d on d.id = s.department where i.review = $1 order by s.code, p.name limit 1000`, [review, me]);
export const openReview = async (tx: Tx, id: string, department: number, dueOn: string, lapseOn: string): Promise<number> =>
  (await tx.named<{ n: number }>('review.open', 'select directory.open_review($1, $2, $3, $4) as n', [id, department, dueOn, lapseOn])).rows[0]?.n ?? 0;
export const answer = async (tx: Tx, review: string, item: { person: string; post: string; keep: boolean; reason: string }): Promise<void> =>
  void (await tx.named('review.answer', 'select directory.answer_review($1, $2, $3, $4, $5)', [review, item.person, item.post, item.keep, item.reason]));

/** What time brings about; how many holdings ended. */
export const sweepAccess = async (tx: Tx, now: Date): Promise<number> => (await tx.named<{ n: number }>('access.sweep', 'select directory.sweep_access($1) as n', [now])).rows[0]?.n ?? 0;
