import type { Tx } from '@zhengwu/database';

export interface MessageRow {
  id: string;
  recipient: string;
  template: string;
  params: Record<string, unknown>;
  case_id: string | null;
  key: string;
  sent_at: string | Date;
  read_at: Date | null;
}

export const mine = async (tx: Tx, subjects: readonly string[], after: { at: string; id: string }, limit: number): Promise<MessageRow[]> =>
  (await tx.named<MessageRow & Record<string, unknown>>('messages.mine',
    'select * from messages.message where recipient = any ($1::uuid[]) and (sent_at, id) < ($2::timestamptz, $3::uuid) order by sent_at desc, id desc limit $4', [subjects, after.at, after.id, limit])).rows;
/** Writes one message; the same key again writes none. */
export const tellPerson = async (tx: Tx, { id, recipient, template, key, at }: { id: string; recipient: string; template: string; key: string; at: Date }): Promise<void> => {
  await tx.query('insert into messages.message (id, recipient, template, key, sent_at) values ($1, $2, $3, $4, $5) on conflict (key) do nothing', [id, recipient, template, key, at]);
};
/** Everything one recipient was told, oldest first. */
export const told = async (tx: Tx, recipient: string): Promise<MessageRow[]> =>
  (await tx.query<MessageRow & Record<string, unknown>>('select * from messages.message where recipient = $1 order by sent_at limit 5000', [recipient])).rows;
export const unread = async (tx: Tx, subjects: readonly string[]): Promise<number> =>
  (await tx.named<{ count: number }>('messages.unread', 'select count(*)::int as count from (select 1 from messages.message where recipient = any ($1::uuid[]) and read_at is null limit 1000) n', [subjects])).rows[0]?.count ?? 0;
export const markRead = async (tx: Tx, id: string): Promise<Date | null> =>
  (await tx.named<{ read_at: Date }>('messages.read', 'update messages.message set read_at = coalesce(read_at, now()) where id = $1 returning read_at', [id])).rows[0]?.read_at ?? null;

/** Messages not mailed yet, claimed for this worker for a while: longer after each failure. */
export const claimUnmailed = async (tx: Tx, most: number): Promise<MessageRow[]> =>
  (await tx.named<MessageRow & Record<string, unknown>>('messages.unmailed', `update messages.message m set mail_attempts = mail_attempts + 1, mail_claimed_until = now() + make_interval(secs => least(3600, 60 * power(2, m.mail_attempts))::int)
    where m.id in (select id from messages.message where mailed_at is null and mail_attempts < 20 and (mail_claimed_until is null or mail_claimed_until < now())
      order by sent_at limit $1 for update skip locked) returning m.*`, [most])).rows;
export const markMailed = async (tx: Tx, ids: readonly string[]): Promise<void> => void (await tx.named('messages.mailed', 'update messages.message set mailed_at = now() where id = any ($1::uuid[])', [ids]));

export const keepMail = async (tx: Tx, mails: readonly { id: string; recipient: string; subject: string; body: string }[]): Promise<void> => {
  await tx.query(`insert into messages.mail (id, recipient, subject, body, at) select id, recipient, subject, body, now()
    from jsonb_to_recordset($1::jsonb) r (id uuid, recipient text, subject text, body text)`, [JSON.stringify(mails)]);
};
export const mailbox = async (tx: Tx, to: string | null): Promise<{ id: string; recipient: string; subject: string; body: string; at: Date }[]> =>
  (await tx.named<{ id: string; recipient: string; subject: string; body: string; at: Date }>('messages.mailbox', 'select * from messages.mail where $1::text is null or recipient = $1 order by at desc limit 100', [to])).rows;

export const insertRemark = async (tx: Tx, row: { id: string; number: string; page: string; body: string; contact: string | null }): Promise<void> => {
  await tx.named('remark.insert', 'insert into messages.remark (id, number, page, body, contact, at) values ($1, $2, $3, $4, $5, now())', [row.id, row.number, row.page, row.body, row.contact]);
};

/** E-mail address of an official. */
export const officialAddress = async (tx: Tx, person: string): Promise<string | null> =>
  (await tx.named<{ email: string | null }>('messages.official', 'select email from directory.person where id = $1 and active', [person])).rows[0]?.email ?? null;

/** Officials who hold a role by a post of theirs now, at most 50. */
export const holdersOfRole = async (tx: Tx, role: string): Promise<string[]> =>
  (await tx.named<{ id: string }>('messages.holders_of_role', 'select p.id from directory.person p where p.active and exists (select from directory.posts_of(p.id) o where $1 = any (o.roles)) order by p.id limit 50', [role])).rows.map(({ id }) => id);
/** Officials in office who hold a permission by a post of theirs now, at most 50. */
export const holdersOfPermission = async (tx: Tx, permission: string): Promise<string[]> =>
  (await tx.named<{ id: string }>('messages.holders_of_permission', `select p.id from directory.person p where p.active
    and exists (select from directory.posts_of(p.id) o join directory.role_grant g on g.role = any (o.roles) where g.permission = $1) order by p.id limit 50`, [permission])).rows.map(({ id }) => id);
/** Whose account it is: an official, or a citizen's principal. */
export const ownerOfAccount = async (tx: Tx, account: string): Promise<string | null> =>
  (await tx.named<{ person: string }>('messages.owner_of_account', 'select person from identity.account where id::text = $1', [account])).rows[0]?.person ?? null;
export const writeAll = async (tx: Tx, rows: readonly unknown[]): Promise<void> => {
  if (rows.length > 0) await tx.named('messages.write_all', 'select messages.write($1::jsonb)', [JSON.stringify(rows)]);
};
