/** Time-stamps of heads, verifications, bundles in a second place, and the removal of bodies after their time. */
export const migration = {
  id: '0002-keeping',
  sql: `
-- RFC 3161 token over the SHA-256 of the head as it was signed; null on a site without an authority.
alter table trail.head add column token bytea;

create table trail.verification (
  at timestamptz primary key default clock_timestamp(), from_position bigint not null, until_position bigint not null, by_name text not null, findings jsonb not null default '[]'
);
-- Bundles of records in the second place, each written whole and verified where it lies.
create table trail.bundle (
  number int primary key, from_position bigint not null, until_position bigint not null check (until_position > from_position), place text not null,
  -- Right edge of the tree at until_position, where the next bundle begins.
  edge bytea[] not null, verified_at timestamptz not null default clock_timestamp()
);
alter table trail.verification enable row level security;
alter table trail.verification force row level security;
alter table trail.bundle enable row level security;
alter table trail.bundle force row level security;
create policy platform on trail.verification using ((select kernel.is_system()));
create policy platform on trail.bundle using ((select kernel.is_system()));
revoke update, delete on trail.verification, trail.bundle from $app, $relay;

create policy retention on audit.record for delete using ((select kernel.is_system()) and current_setting('zhengwu.retention', true) = 'on');
-- The only way in which a record goes: older than six months at the least (网络安全法 §21 (3)), and verified in the second place. Leaves stay.
create function trail.remove_bodies(until_ bigint) returns bigint language plpgsql security definer set search_path = '' as $$
declare removed bigint; done bigint;
begin
  if not kernel.is_system() then perform kernel.fail('trail.keeps', '{}'); end if;
  select coalesce(max(b.until_position), 0) into done from trail.bundle b;
  if until_ > done then perform kernel.fail('trail.keeps', '{}'); end if;
  if exists (select from trail.entry e join audit.record r on r.id = e.record where e.position < until_ and r.at > now() - interval '184 days') then
    perform kernel.fail('trail.keeps', '{}');
  end if;
  perform set_config('zhengwu.retention', 'on', true);
  delete from audit.record r using trail.entry e where e.record = r.id and e.position < until_;
  get diagnostics removed = row_count;
  perform set_config('zhengwu.retention', '', true);
  update trail.log set retained_from = greatest(retained_from, until_);
  return removed;
end $$;
`,
};
