import type { Migration } from '@zhengwu/database';

const COLUMNS = `c.id, c.number, c.service, c.service_zh, c.service_en, c.applicant_name, c.state, c.department, c.submitted_at, c.closed_at, c.promised_due, c.card, c.channel`;
const FILTER = `(service_ is null or c.service = service_) and (card_ is null or c.card = card_)
        and c.submitted_at >= from_ and c.submitted_at < to_ and (open_ is null or (c.closed_at is null) = open_)`;
const BEFORE = `(c.submitted_at, c.id) < (at_, id_)`;

/** One branch a plan: the columns that choose the index are fixed in it, so that its cached plan is right for every call. */
const everywhere = (fixed: string): string => `
      return query select ${COLUMNS} from cases.case c
        where ${fixed} and ${BEFORE} and ${FILTER} order by c.submitted_at desc, c.id desc limit limit_;`;

/** The newest of each department, then the newest of those: no more rows are read than departments times the page. */
const inDepartments = (fixed: string): string => `
      return query select ${COLUMNS} from (
        select f.id from unnest(kernel.departments()) d, lateral (
          (select c.id, c.submitted_at from cases.case c where c.department = d and ${fixed} and ${BEFORE} and ${FILTER}
            order by c.submitted_at desc, c.id desc limit limit_)
          union all
          (select c.id, c.submitted_at from cases.involved i join cases.case c on c.id = i.case_id
            where i.department = d and (i.submitted_at, i.case_id) < (at_, id_) and c.department <> all (kernel.departments()) and ${fixed} and ${FILTER}
            order by i.submitted_at desc, i.case_id desc limit limit_)) f
        group by f.id, f.submitted_at order by f.submitted_at desc, f.id desc limit limit_) n
        join cases.case c on c.id = n.id order by c.submitted_at desc, c.id desc;`;

const PARAMETERS = `state_ int, service_ text, card_ text, open_ boolean, from_ timestamptz, to_ timestamptz, at_ timestamptz, id_ uuid, limit_ int`;
const RESULT = `returns table (id uuid, number text, service text, service_zh text, service_en text, applicant_name text, state smallint, department int,
  submitted_at timestamptz, closed_at timestamptz, promised_due date, card text, channel text)`;

export const migration: Migration = {
  id: '0004-lists',
  sql: `
-- Cases within the reader's scope, newest first. Runs under the reader's row-level security.
create function cases.list(actor jsonb, ${PARAMETERS}) ${RESULT} language plpgsql as $$
begin
  perform kernel.enter(actor);
  if kernel.scope() = 'all' then
    if state_ is not null then ${everywhere('c.state = state_')}
    elsif service_ is not null then ${everywhere('c.service = service_')}
    else ${everywhere('true')}
    end if;
  elsif kernel.scope() = 'departments' then
    if state_ is not null then ${inDepartments('c.state = state_')}
    else ${inDepartments('true')}
    end if;
  else
    return query select ${COLUMNS} from cases.case c
      where c.id in (select t.case_id from cases.task t where t.assignee = kernel.person())
        and (state_ is null or c.state = state_) and ${BEFORE} and ${FILTER} order by c.submitted_at desc, c.id desc limit limit_;
  end if;
end $$;

-- How many, counted no further than the cap.
create function cases.count_capped(actor jsonb, state_ int, service_ text, card_ text, open_ boolean, from_ timestamptz, to_ timestamptz, cap int)
returns int language plpgsql as $$
declare
  department_ int;
  found_ int := 0;
  more_ int;
begin
  perform kernel.enter(actor);
  if kernel.scope() = 'departments' then
    foreach department_ in array kernel.departments() loop
      select count(*) into more_ from (select 1 from cases.case c where c.department = department_ and (state_ is null or c.state = state_) and ${FILTER} limit cap - found_) n;
      found_ := found_ + more_;
      exit when found_ >= cap;
    end loop;
    return found_;
  end if;
  select count(*) into found_ from (select 1 from cases.case c where (state_ is null or c.state = state_) and ${FILTER} limit cap) n;
  return found_;
end $$;

create extension if not exists pg_trgm with schema public;
create index search_words on cases.search using gin (words);
create index search_newest on cases.search (department, submitted_at desc, case_id desc);
create index search_all on cases.search (submitted_at desc, case_id desc);
create index search_plain on cases.search using gin (plain public.gin_trgm_ops);

-- Candidates for a full-text search, no more than the cap; the caller's row-level security is applied to them afterwards.
-- Rare words come from the word index; common ones are met soon enough walking from the newest within the scope.
create function cases.search_ids(departments_ int[], everywhere_ boolean, query_ text, plain_ text, cap int) returns uuid[]
language plpgsql stable security definer set search_path = 'pg_catalog', 'public' as $$
declare
  wanted tsquery := query_::tsquery;
  found_ uuid[];
begin
  if plain_ is not null then
    return array(select s.case_id from cases.search s where s.plain like '%' || plain_ || '%' and (everywhere_ or s.department = any (departments_)) limit cap);
  end if;
  found_ := array(select s.case_id from cases.search s where s.words @@ wanted limit cap);
  if coalesce(array_length(found_, 1), 0) < cap then
    return found_;
  end if;
  if everywhere_ then
    return array(select s.case_id from cases.search s where s.words @@ wanted order by s.submitted_at desc, s.case_id desc limit cap);
  end if;
  return array(
    select f.case_id from unnest(departments_) d, lateral (
      select s.case_id, s.submitted_at from cases.search s where s.department = d and s.words @@ wanted
      order by s.submitted_at desc, s.case_id desc limit cap) f
    order by f.submitted_at desc limit cap);
end $$;

create function cases.find(actor jsonb, query_ text, plain_ text, ${PARAMETERS}) ${RESULT} language plpgsql as $$
declare
  ids uuid[];
begin
  perform kernel.enter(actor);
  ids := cases.search_ids(kernel.departments(), kernel.scope() = 'all', query_, plain_, 1001);
  return query select ${COLUMNS} from cases.case c
    where c.id = any (ids) and (state_ is null or c.state = state_) and ${BEFORE} and ${FILTER} order by c.submitted_at desc, c.id desc limit limit_;
end $$;
`,
};
