import type { Migration } from '@zhengwu/database';

/** Accounts that came from outside have no password until their owner sets one; the gate is told which means an account has. */
export const migration: Migration = {
  id: '0003-outside',
  sql: `
alter table identity.account alter column password_hash drop not null;
-- Somebody outside vouched for the identity (level 2): which source, where no clerk did.
alter table identity.account add column verified_source text;

-- As before, with whether there is a password.
create or replace function identity.session_of(actor jsonb, hash text, idle interval) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  found_ identity.session;
  owner_ identity.account;
begin
  select * into found_ from identity.session s where s.token_hash = hash and s.ends_at > now() and s.idle_until > now();
  if not found then return null; end if;
  select * into owner_ from identity.account a where a.id = found_.account and not a.disabled;
  if not found then return null; end if;
  if found_.seen_at < now() - interval '1 minute' then
    update identity.session set seen_at = now(), idle_until = now() + idle where id = found_.id;
  end if;
  return jsonb_build_object('session', found_.id, 'account', owner_.id, 'kind', owner_.kind, 'person', owner_.person, 'name', owner_.person_name,
    'mustChange', owner_.must_change, 'assurance', found_.assurance, 'endsAt', found_.ends_at,
    'provedAt', found_.proved_at, 'provedLevel', found_.proved_level, 'means', found_.means,
    'coolingUntil', case when owner_.cooling_until > now() then owner_.cooling_until end, 'verified', owner_.verified_at is not null,
    'hasPassword', owner_.password_hash is not null,
    'hasCode', exists (select 1 from identity.one_time_code c where c.account = owner_.id and c.confirmed_at is not null),
    'hasPasskey', exists (select 1 from identity.passkey k where k.account = owner_.id),
    'posts', case when owner_.kind = 'official' then (
      select coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'roles', p.roles, 'department', p.department, 'name', jsonb_build_object('zh', p.name_zh, 'en', p.name_en),
        'departmentName', jsonb_build_object('zh', d.name_zh, 'en', d.name_en))), '[]')
      from directory.posts_of(owner_.person) p join directory.department d on d.id = p.department) else '[]'::jsonb end,
    'grants', case when owner_.kind = 'official' then directory.grants_of(owner_.person) else '{}'::jsonb end,
    'clearance', coalesce((select p.clearance from directory.person p where p.id = owner_.person and p.active), 0),
    'subjects', case when owner_.kind = 'citizen' then (
      select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'kind', p.kind) order by array_position(directory.subjects_of(owner_.person), p.id))
      from directory.principal p where p.id = any (directory.subjects_of(owner_.person))) else '[]'::jsonb end);
end $$;
`,
};
