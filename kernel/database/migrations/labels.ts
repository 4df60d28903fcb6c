import type { Migration } from '../schema-module.ts';

/**
 * Secrecy labels 密级标识 (GB/T 22239-2019 8.1.4.2 g, 安全标记): 0 public, 1 internal, 2 秘密, 3 机密, 4 绝密.
 * A labelled table has a column `secrecy`; officials read up to their clearance, whichever way they ask, and a site accepts no
 * label above the highest that it may hold: an extranet site nothing classified (from 2), an intranet site what its operator set.
 */
export const labels: Migration = {
  id: '0006-labels',
  sql: `
create table kernel.site (
  one boolean primary key default true check (one),
  zone text not null default 'extranet' check (zone in ('extranet', 'intranet')),
  highest smallint not null default 1 check (highest between 1 and 4),
  check (zone = 'intranet' or highest = 1)
);
insert into kernel.site default values;
-- Labelled tables and how their objects are found.
create table kernel.labelled (
  kind text primary key,
  target text not null,
  key text not null
);
do $$
declare name text;
begin
  foreach name in array array['site', 'labelled'] loop
    execute format('alter table kernel.%I enable row level security', name);
    execute format('alter table kernel.%I force row level security', name);
    execute format('create policy readers on kernel.%I for select using (true)', name);
    execute format('create policy owner on kernel.%I to $owner using (true) with check (true)', name);
    execute format('revoke all on kernel.%I from $app, $relay', name);
    execute format('grant select on kernel.%I to $app, $relay', name);
  end loop;
end $$;

create function kernel.zone() returns text language sql stable as $$ select s.zone from kernel.site s $$;
create function kernel.highest_label() returns int language sql stable as $$ select s.highest::int from kernel.site s $$;

-- The highest label that the actor reads; for policies, evaluated once a statement: secrecy <= (select kernel.reads_up_to()).
-- Citizens read what is their own whatever its label; their policies say what that is.
create function kernel.reads_up_to() returns int language sql stable parallel safe as $$
  select case when current_setting('zhengwu.kind', true) in ('official', 'application', 'device')
    then coalesce(nullif(current_setting('zhengwu.clearance', true), ''), '0')::int else 4 end
$$;

-- Refuses a label that this site may not hold.
create function kernel.check_label(label int) returns void language plpgsql stable as $$
begin
  if label not between 0 and 4 then raise exception 'a label is 0 to 4: %', label; end if;
  if label > kernel.highest_label() then
    perform kernel.fail(case kernel.zone() when 'extranet' then 'label.classified-in-extranet' else 'label.above-site' end, jsonb_build_object('label', label));
  end if;
end $$;

create function kernel.keep_label() returns trigger language plpgsql as $$
begin
  if new.secrecy is null then new.secrecy := tg_argv[0]::smallint; end if;
  if tg_op = 'UPDATE' and new.secrecy <> old.secrecy and kernel.kind() <> 'system' then perform kernel.fail('label.not-here'); end if;
  if new.secrecy not between 0 and 1 then perform kernel.check_label(new.secrecy); end if;
  return new;
end $$;

-- Gives a table its label: the column (existing rows are not rewritten), the policy, the guard.
create function kernel.label_table(kind_ text, target regclass, key_ text, default_ int) returns void language plpgsql as $$
begin
  execute format('alter table %s add column secrecy smallint not null default %s', target, default_);
  execute format('create policy label on %s as restrictive for select using (secrecy <= (select kernel.reads_up_to()))', target);
  execute format('create trigger label_keep before insert or update of secrecy on %s for each row execute function kernel.keep_label(%L)', target, default_);
  insert into kernel.labelled (kind, target, key) values (kind_, target::text, key_);
end $$;

-- What belongs to a labelled object is entered with its label, and follows when that is changed.
create function kernel.label_follows(child regclass, key_ text, parent regclass, parent_key text) returns void language plpgsql as $$
declare
  name_ text := (select format('%I.%I', n.nspname, c.relname || '_label') from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = child);
  after_ text := (select format('%I.%I', n.nspname, c.relname || '_label_follows') from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = child);
begin
  execute format('alter table %s alter column secrecy drop default', child);
  execute format($f$create function %s() returns trigger language plpgsql security definer set search_path = '' as $b$
    begin
      select p.secrecy into new.secrecy from %s p where p.%I = new.%I;
      return new;
    end $b$ $f$, name_, parent, parent_key, key_);
  -- Before label_keep, in the order of names.
  execute format('create trigger label_inherit before insert on %s for each row when (new.secrecy is null) execute function %s()', child, name_);
  execute format($f$create function %s() returns trigger language plpgsql security definer set search_path = '' as $b$
    begin
      update %s c set secrecy = new.secrecy where c.%I = new.%I and (c.secrecy = old.secrecy or c.secrecy < new.secrecy);
      return null;
    end $b$ $f$, after_, child, key_, parent_key);
  execute format('create trigger %I after update of secrecy on %s for each row when (old.secrecy <> new.secrecy) execute function %s()',
    'label_follows_' || replace(replace(child::text, '.', '_'), '"', ''), parent, after_);
end $$;

-- The label of one object, under the asker's own row-level security; null when it is none of theirs.
create function kernel.label_of(kind_ text, key_ text) returns int language plpgsql stable as $$
declare
  found_ kernel.labelled;
  level int;
begin
  select * into found_ from kernel.labelled l where l.kind = kind_;
  if found_.kind is null then return null; end if;
  execute format('select secrecy from %s where %I::text = $1', found_.target, found_.key) into level using key_;
  return level;
end $$;

-- Says in which zone this site stands, at its start; refused while it holds what it then may not.
create function kernel.set_site(zone_ text, highest_ int) returns void language plpgsql as $$
declare
  one kernel.labelled;
  above boolean;
begin
  if exists (select from kernel.site s where s.zone = zone_ and s.highest = highest_) then return; end if;
  perform kernel.enter('{"kind": "system", "scope": "all", "clearance": 4}');
  for one in select * from kernel.labelled loop
    execute format('select exists (select from %s where secrecy > $1)', one.target) into above using highest_;
    if above then raise exception 'this site holds % above the label %', one.target, highest_; end if;
  end loop;
  update kernel.site set zone = zone_, highest = highest_;
end $$;
revoke execute on function kernel.set_site(text, int), kernel.label_table(text, regclass, text, int), kernel.label_follows(regclass, text, regclass, text) from public;
`,
};
