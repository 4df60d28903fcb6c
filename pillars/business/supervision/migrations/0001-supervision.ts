import type { Migration } from '@zhengwu/database';

/** Cards, chases and the figures of days that are over. A card is issued once for a case, a rule and a limit: an extension makes a new limit. */
export const migration: Migration = {
  id: '0001-supervision',
  sql: `
create table supervision.card (
  id uuid primary key,
  number text not null unique,
  rule text not null,
  kind text not null check (kind in ('warning', 'yellow', 'red')),
  case_id uuid not null,
  case_number text not null,
  service text not null,
  department int not null,
  content_zh text not null,
  content_en text not null,
  issued_at timestamptz not null,
  status text not null default 'open' check (status in ('open', 'explained', 'closed')),
  result text,
  answered_by uuid,
  answered_name text,
  answered_at timestamptz,
  -- Working days by which the limit had been extended; 0 for rules that no limit of the case sets off.
  extended int not null default 0,
  unique (case_id, rule, extended)
);
create index card_department on supervision.card (department, issued_at desc, id desc);
create index card_issued on supervision.card (issued_at desc, id desc);

create table supervision.chase (
  id uuid primary key,
  case_id uuid not null,
  department int not null,
  text text not null,
  answer_by date not null,
  chased_by uuid,
  chased_name text,
  chased_at timestamptz not null
);
create index chase_case on supervision.chase (case_id, chased_at desc);
create index chase_department on supervision.chase (department, answer_by);

-- A day that is over never changes, so it is counted once.
create table supervision.day_figure (
  day date not null,
  department int not null,
  service text not null,
  received int not null,
  closed int not null,
  on_time int not null,
  late int not null,
  working_days numeric not null,
  clerk_seconds bigint not null,
  applicant_seconds bigint not null,
  rated int not null,
  satisfied int not null,
  primary key (day, department, service)
);
-- One row: every day up to this one is in day_figure.
create table supervision.counted (
  single boolean primary key default true check (single),
  until_day date not null
);

do $$
declare name text;
begin
  foreach name in array array['card', 'chase', 'day_figure', 'counted'] loop
    execute format('alter table supervision.%I enable row level security', name);
    execute format('alter table supervision.%I force row level security', name);
    execute format('create policy owner on supervision.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on supervision.%I to $app, $relay using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('grant select on supervision.%I to $app, $relay', name);
  end loop;
  foreach name in array array['card', 'chase', 'day_figure'] loop
    execute format('create policy reach on supervision.%I for select to $app using (
      (select kernel.reaches_all()) or department = any ((select kernel.reach())::int[]))', name);
  end loop;
end $$;
create policy officials on supervision.counted for select to $app using ((select kernel.kind()) = 'official');
revoke update, delete on supervision.card, supervision.chase from $app, $relay;
grant insert on supervision.card, supervision.chase to $app, $relay;
grant update (status, result, answered_by, answered_name, answered_at) on supervision.card to $app, $relay;
grant insert, update, delete on supervision.day_figure, supervision.counted to $app, $relay;
create policy answer on supervision.card for update to $app using ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[]));
create policy chased on supervision.chase for insert to $app with check ((select kernel.kind()) = 'official');

-- Issues what was not issued yet; sets the case's card, tells other modules, sets it down. Answers how many are new.
create function supervision.issue(wanted jsonb, at_ timestamptz) returns int language plpgsql as $$
declare
  one record;
  id_ uuid;
  issued int := 0;
begin
  for one in select * from jsonb_to_recordset(wanted) r ("caseId" uuid, number text, service text, department int, rule text, kind text, zh text, en text, extended int) order by "caseId" loop
    continue when exists (select 1 from supervision.card k where k.case_id = one."caseId" and k.rule = one.rule and k.extended = one.extended);
    id_ := kernel.uuidv7();
    insert into supervision.card (id, number, rule, kind, case_id, case_number, service, department, content_zh, content_en, issued_at, extended)
      values (id_, 'JC' || to_char(at_ at time zone 'Asia/Shanghai', 'YYYY') || lpad(kernel.next_number('supervision.card')::text, 7, '0'),
        one.rule, one.kind, one."caseId", one.number, one.service, one.department, one.zh, one.en, at_, one.extended)
      on conflict (case_id, rule, extended) do nothing;
    continue when not found;
    perform cases.raise_card(one."caseId", one.kind);
    perform events.append('supervision.carded', one."caseId"::text, jsonb_build_object('card', id_, 'kind', one.kind, 'rule', one.rule, 'department', one.department));
    perform audit.record(kernel.actor(), 'supervision.carded', one."caseId"::text, jsonb_build_object('card', id_, 'kind', one.kind, 'rule', one.rule));
    issued := issued + 1;
  end loop;
  return issued;
end $$;

-- Counts the days up to and including until_ that were not counted yet.
create function supervision.count_until(until_ date) returns void language plpgsql as $$
declare
  from_ date;
begin
  perform pg_advisory_xact_lock(hashtext('supervision.count_until'));
  select c.until_day + 1 into from_ from supervision.counted c;
  from_ := coalesce(from_, cases.first_day());
  if from_ is null or from_ > until_ then return; end if;
  insert into supervision.day_figure select * from cases.count_days(from_::timestamp at time zone 'Asia/Shanghai', (until_ + 1)::timestamp at time zone 'Asia/Shanghai');
  insert into supervision.counted (until_day) values (until_) on conflict (single) do update set until_day = excluded.until_day;
end $$;

-- Figures of a period: counted days from the table, the rest counted now.
create function supervision.figures(from_ date, to_ date) returns table (day date, department int, service text, received bigint, closed bigint, on_time bigint, late bigint,
  working_days numeric, clerk_seconds bigint, applicant_seconds bigint, rated bigint, satisfied bigint) language plpgsql stable as $$
declare
  live date := greatest(from_, coalesce((select c.until_day + 1 from supervision.counted c), from_));
begin
  return query
    select f.day, f.department, f.service, f.received::bigint, f.closed::bigint, f.on_time::bigint, f.late::bigint, f.working_days, f.clerk_seconds, f.applicant_seconds, f.rated::bigint, f.satisfied::bigint
      from supervision.day_figure f where f.day between from_ and to_ and f.day < live;
  if live <= to_ then
    return query select * from cases.count_days(live::timestamp at time zone 'Asia/Shanghai', (to_ + 1)::timestamp at time zone 'Asia/Shanghai');
  end if;
end $$;
`,
};
