import type { Migration } from '@zhengwu/database';

export const migration: Migration = {
  id: '0001-labels',
  sql: `
-- Each change of a label, done or asked for. It carries the higher of both labels itself.
create table labels.change (
  id uuid primary key default kernel.uuidv7(),
  kind text not null,
  object text not null,
  was smallint not null,
  level smallint not null,
  reason text not null,
  state text not null check (state in ('done', 'asked', 'refused')),
  by_person uuid,
  by_name text not null,
  at timestamptz not null default clock_timestamp(),
  decided_by uuid,
  decided_name text,
  decided_at timestamptz,
  opinion text,
  check (state <> 'done' or level > was or decided_by is distinct from by_person)
);
create unique index change_asked on labels.change (kind, object) where state = 'asked';
create index change_object on labels.change (kind, object, at desc);
alter table labels.change enable row level security;
alter table labels.change force row level security;
create policy owner on labels.change to $owner using (true) with check (true);
create policy platform on labels.change using ((select kernel.is_system())) with check ((select kernel.is_system()));
create policy deciders on labels.change for select to $app using ((select kernel.reaches_all()));
create policy askers on labels.change for select to $app using ((select kernel.kind()) = 'official' and by_person = (select kernel.person()));
revoke delete, truncate on labels.change from $app, $relay;
select kernel.label_table('label-change', 'labels.change', 'id', 1);

-- Puts a label in place of the one that was seen; by the platform, after the program has found that the actor may.
create function labels.put(kind_ text, object_ text, was_ int, level_ int) returns boolean language plpgsql security definer set search_path = '' as $$
declare
  found_ kernel.labelled;
  changed int;
begin
  if not kernel.is_system() then perform kernel.fail('access.denied'); end if;
  select * into found_ from kernel.labelled l where l.kind = kind_;
  if found_.kind is null then return false; end if;
  execute format('update %s set secrecy = $1 where %I::text = $2 and secrecy = $3', found_.target, found_.key) using level_::smallint, object_, was_;
  get diagnostics changed = row_count;
  return changed = 1;
end $$;
`,
};
