import type { Migration } from '@zhengwu/database';

const COLUMNS = `c.id, c.number, c.service, c.service_zh, c.service_en, c.applicant_name, c.state, c.department, c.submitted_at, c.closed_at, c.promised_due, c.card, c.channel`;
const FILTER = `(service_ is null or c.service = service_) and (card_ is null or c.card = card_)
        and c.submitted_at >= from_ and c.submitted_at < to_ and (open_ is null or (c.closed_at is null) = open_)`;

/** A direction through the same index: newest first goes down it from the cursor, oldest first goes up. */
interface Way {
  beyond: '<' | '>';
  order: 'desc' | 'asc';
}
const NEWEST: Way = { beyond: '<', order: 'desc' };
const OLDEST: Way = { beyond: '>', order: 'asc' };

const beyond = (way: Way): string => `(c.submitted_at, c.id) ${way.beyond} (at_, id_)`;
const ordered = ({ order }: Way): string => `order by c.submitted_at ${order}, c.id ${order}`;

/** One branch a plan: the columns that choose the index are fixed in it, so that its cached plan is right for every call. */
const everywhere = (way: Way, fixed: string): string => `
      return query select ${COLUMNS} from cases.case c
        where ${fixed} and ${beyond(way)} and ${FILTER} ${ordered(way)} limit limit_;`;

/**
 * The first of each department, then the first of those: no more rows are read than departments times the page. "offset 0" keeps
 * it that the cases are looked up for those involved, never the involved for all cases.
 */
const inDepartments = (way: Way, fixed: string): string => `
      return query select ${COLUMNS} from (
        select f.id, f.submitted_at from unnest(kernel.departments()) d, lateral (
          (select c.id, c.submitted_at from cases.case c where c.department = d and ${fixed} and ${beyond(way)} and ${FILTER}
            ${ordered(way)} limit limit_)
          union all
          (select k.id, i.submitted_at from cases.involved i, lateral (
              select c.id from cases.case c where c.id = i.case_id and c.department <> all (kernel.departments()) and ${fixed} and ${FILTER} offset 0) k
            where i.department = d and (i.submitted_at, i.case_id) ${way.beyond} (at_, id_)
            order by i.submitted_at ${way.order}, i.case_id ${way.order} limit limit_)) f
        group by f.id, f.submitted_at order by f.submitted_at ${way.order}, f.id ${way.order} limit limit_) n,
        lateral (select * from cases.case k where k.id = n.id offset 0) c order by n.submitted_at ${way.order}, n.id ${way.order};`;

const listing = (name: string, way: Way): string => `
-- A person's own cases are few: they are fetched by key and sorted.
create function cases.${name}_own(own uuid[], ${PARAMETERS}) ${RESULT} language plpgsql set enable_sort = on set enable_seqscan = off set enable_bitmapscan = on as $$
begin
  return query select ${COLUMNS} from cases.case c
    where c.id = any (own) and (state_ is null or c.state = state_) and ${beyond(way)} and ${FILTER} ${ordered(way)} limit limit_;
end $$;

create function cases.${name}(actor jsonb, ${PARAMETERS}) ${RESULT} language plpgsql set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off as $$
begin
  perform kernel.enter(actor);
  if kernel.scope() = 'all' then
    if state_ is not null then ${everywhere(way, 'c.state = state_')}
    elsif service_ is not null then ${everywhere(way, 'c.service = service_')}
    else ${everywhere(way, 'true')}
    end if;
  elsif kernel.scope() = 'departments' then
    if state_ is not null then ${inDepartments(way, 'c.state = state_')}
    else ${inDepartments(way, 'true')}
    end if;
  else
    return query select * from cases.${name}_own(array(select cases.own_ids()), state_, service_, card_, open_, from_, to_, at_, id_, limit_);
  end if;
end $$;
`;

const PARAMETERS = `state_ int, service_ text, card_ text, open_ boolean, from_ timestamptz, to_ timestamptz, at_ timestamptz, id_ uuid, limit_ int`;
const RESULT = `returns table (id uuid, number text, service text, service_zh text, service_en text, applicant_name text, state smallint, department int,
  submitted_at timestamptz, closed_at timestamptz, promised_due date, card text, channel text)`;

/** What the list by due day walks past; the number of open cases bounds it. */
const REACHED = `(departments_ is null or c.department = any (departments_)
        or exists (select 1 from cases.involved i where i.case_id = c.id and i.department = any (departments_))) and (state_ is null or c.state = state_)`;
const AFTER_DAY = `case when day_ is null then c.promised_due is null and c.id > id_ else c.promised_due is null or (c.promised_due, c.id) > (day_, id_) end`;

const RESULT_WITH_TOTAL = RESULT.replace(/\)$/, ', total int)');

export const migration: Migration = {
  id: '0004-lists',
  sql: `
-- Cases that have passed through the reader's own hands or were circulated to them.
create function cases.own_ids() returns setof uuid language sql stable as $$
  select t.case_id from cases.task t where t.assignee = (select kernel.person()) and t.status in ('claimed', 'waiting')
  union
  select t.case_id from cases.task t where t.assignee = (select kernel.person()) and t.status in ('done', 'cancelled')
  union
  select r.case_id from cases.circulation r where r.person = (select kernel.person())
$$;

-- Cases within the reader's scope, newest or oldest first. Runs under the reader's row-level security.
-- Read along an index and stop: a plan kept for all arguments must not sort them all first.
${listing('list', NEWEST)}
${listing('list_oldest', OLDEST)}

-- Open cases within the reader's scope, the nearest promised day first, those without one last (day_ null: only those are left).
create function cases.due_ids(departments_ int[], own uuid[], state_ int, service_ text, card_ text, open_ boolean, from_ timestamptz, to_ timestamptz,
  day_ date, id_ uuid, limit_ int) returns uuid[] language plpgsql security definer set search_path = 'pg_catalog' set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  dated uuid[] := '{}';
begin
  if own is not null then
    return array(select c.id from cases.case c where c.id = any (own) and c.closed_at is null and ${AFTER_DAY} and (state_ is null or c.state = state_) and ${FILTER}
      order by c.promised_due nulls last, c.id limit limit_);
  end if;
  if day_ is not null then
    dated := array(select c.id from cases.case c where c.closed_at is null and (c.promised_due, c.id) > (day_, id_) and ${REACHED} and ${FILTER}
      order by c.promised_due, c.id limit limit_);
    if cardinality(dated) = limit_ then return dated; end if;
  end if;
  return dated || array(select c.id from cases.case c where c.closed_at is null and c.promised_due is null and (day_ is not null or c.id > id_) and ${REACHED} and ${FILTER}
    order by c.id limit limit_ - cardinality(dated));
end $$;
create function cases.list_due(actor jsonb, state_ int, service_ text, card_ text, open_ boolean, from_ timestamptz, to_ timestamptz, day_ date, id_ uuid, limit_ int) ${RESULT}
language plpgsql as $$
declare
  found_ uuid[];
begin
  perform kernel.enter(actor);
  found_ := cases.due_ids(case when kernel.scope() = 'departments' then kernel.departments() end,
    case when kernel.scope() in ('all', 'departments') then null else array(select cases.own_ids()) end, state_, service_, card_, open_, from_, to_, day_, id_, limit_);
  return query select ${COLUMNS} from cases.case c where c.id = any (found_) order by c.promised_due nulls last, c.id;
end $$;

-- How many, counted no further than the cap.
create function cases.count_capped(actor jsonb, state_ int, service_ text, card_ text, open_ boolean, from_ timestamptz, to_ timestamptz, cap int)
returns int language plpgsql set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  department_ int;
  found_ int := 0;
  more_ int;
  own uuid[];
begin
  perform kernel.enter(actor);
  if kernel.scope() = 'departments' then
    foreach department_ in array kernel.departments() loop
      if state_ is not null then
        select count(*) into more_ from (select 1 from cases.case c where c.department = department_ and c.state = state_ and ${FILTER} limit cap - found_) n;
      else
        select count(*) into more_ from (select 1 from cases.case c where c.department = department_ and ${FILTER} limit cap - found_) n;
      end if;
      found_ := found_ + more_;
      exit when found_ >= cap;
      -- Those in which the department is only involved, each counted for the first department that reaches it.
      select count(*) into more_ from (select 1 from cases.involved i, lateral (
          select 1 from cases.case c where c.id = i.case_id and c.department <> all (kernel.departments()) and (state_ is null or c.state = state_) and ${FILTER} offset 0) k
        where i.department = department_ and i.submitted_at >= from_ and i.submitted_at < to_
          and not exists (select 1 from cases.involved j where j.case_id = i.case_id and j.department < department_ and j.department = any (kernel.departments()))
        limit cap - found_) n;
      found_ := found_ + more_;
      exit when found_ >= cap;
    end loop;
  elsif kernel.scope() <> 'all' then
    own := array(select cases.own_ids());
    select count(*) into found_ from (select 1 from cases.case c where c.id = any (own) and (state_ is null or c.state = state_) and ${FILTER} limit cap) n;
  elsif state_ is not null then
    select count(*) into found_ from (select 1 from cases.case c where c.state = state_ and ${FILTER} limit cap) n;
  else
    select count(*) into found_ from (select 1 from cases.case c where ${FILTER} limit cap) n;
  end if;
  return found_;
end $$;

create extension if not exists pg_trgm with schema public;
create index search_words on cases.search using gin (words);
create index search_newest on cases.search (department, submitted_at desc, case_id desc);
create index search_all on cases.search (submitted_at desc, case_id desc);
create index search_plain on cases.search using gin (plain public.gin_trgm_ops);

-- How many rows the planner expects for a search: it knows the frequent words and departments from its statistics.
create function cases.expected_matches(wanted tsquery, departments_ int[]) returns float8 language plpgsql security definer set search_path = 'pg_catalog' as $$
declare
  plan json;
begin
  execute format('explain (format json) select from cases.search s where s.words @@ %L::tsquery', wanted::text)
    || case when departments_ is null then '' else format(' and s.department = any (%L::int[])', departments_::text) end into plan;
  return (plan->0->'Plan'->>'Plan Rows')::float8;
end $$;

create type cases.candidates as (ids uuid[], many boolean);

-- Candidates for a full-text search below the cursor, newest first; the reader's row-level security is applied to them
-- afterwards. departments_ null means everywhere. Rare words come from the word index, all of them up to the cap. Frequent
-- ones are met soon walking from the newest: then a page of them is enough, and many says that there are more than the cap.
create function cases.search_ids(departments_ int[], query_ text, plain_ text, at_ timestamptz, id_ uuid, page_ int, cap int) returns cases.candidates
language plpgsql security definer set search_path = 'pg_catalog', 'public' as $$
declare
  wanted tsquery := query_::tsquery;
  expected float8;
  -- How far to walk for a page: thrice what the expected share of matches asks for.
  walk int;
  ids uuid[];
begin
  if plain_ is not null then
    return row(array(select s.case_id from (select s.case_id, s.submitted_at from cases.search s where s.plain like '%' || plain_ || '%'
      and (s.submitted_at, s.case_id) < (at_, id_) and (departments_ is null or s.department = any (departments_)
        or exists (select 1 from cases.involved i where i.case_id = s.case_id and i.department = any (departments_))) limit cap) s order by s.submitted_at desc, s.case_id desc), false);
  end if;
  expected := cases.expected_matches(wanted, departments_);
  if expected > 1.2 * cap then
    walk := least(20000, greatest(4000, 3 * page_ * (select c.reltuples from pg_class c where c.oid = 'cases.search'::regclass) / expected));
    if departments_ is null then
      ids := array(select s.case_id from (select s.case_id, s.words from cases.search s where (s.submitted_at, s.case_id) < (at_, id_)
        order by s.submitted_at desc, s.case_id desc limit walk) s where s.words @@ wanted limit page_);
    else
      ids := array(select f.case_id from unnest(departments_) d, lateral (
          select s.case_id, s.submitted_at from (select s.case_id, s.submitted_at, s.words from cases.search s
            where s.department = d and (s.submitted_at, s.case_id) < (at_, id_) order by s.submitted_at desc, s.case_id desc limit walk) s
          where s.words @@ wanted limit page_) f
        order by f.submitted_at desc, f.case_id desc limit page_);
    end if;
    if cardinality(ids) >= page_ then return row(ids, true); end if;
  end if;
  -- Planned anew for these words and departments: by the word index or through the departments, whichever is shorter.
  -- A case in which a department is only involved is found by its words too.
  execute 'with found_ as materialized (select s.case_id, s.submitted_at from cases.search s where s.words @@ ' || quote_literal(wanted::text) || '::tsquery'
    || case when departments_ is null then '' else format(' and s.department = any (%1$L::int[]) union select s.case_id, s.submitted_at
      from cases.involved i join cases.search s on s.case_id = i.case_id where i.department = any (%1$L::int[]) and s.words @@ %2$L::tsquery', departments_::text, wanted::text) end
    || ') select array(select f.case_id from found_ f where (f.submitted_at, f.case_id) < ($1, $2) order by f.submitted_at desc, f.case_id desc limit $3)'
    into ids using at_, id_, cap;
  return row(ids, false);
end $$;

-- Candidates among the reader's own cases, which are few.
create function cases.search_own(query_ text, plain_ text, at_ timestamptz, id_ uuid, cap int) returns cases.candidates
language sql stable security definer set search_path = 'pg_catalog', 'public' as $$
  select row(array(select s.case_id from cases.search s where s.case_id in (select cases.own_ids()) and (s.submitted_at, s.case_id) < (at_, id_)
    and (query_ is null or s.words @@ query_::tsquery) and (plain_ is null or s.plain like '%' || plain_ || '%')
    order by s.submitted_at desc, s.case_id desc limit cap), false)::cases.candidates
$$;

-- A page of what a search finds; total is how many, counted no further than the cap.
create function cases.find(actor jsonb, query_ text, plain_ text, ${PARAMETERS}, cap int) ${RESULT_WITH_TOTAL} language plpgsql as $$
declare
  found_ cases.candidates;
  filtered boolean := state_ is not null or service_ is not null or card_ is not null or open_ is not null or from_ > '-infinity' or to_ < 'infinity';
begin
  perform kernel.enter(actor);
  if kernel.scope() in ('all', 'departments') then
    found_ := cases.search_ids(case when kernel.scope() = 'all' then null else kernel.departments() end, query_, plain_, at_, id_, case when filtered then cap else limit_ end, cap);
  else
    found_ := cases.search_own(query_, plain_, at_, id_, cap);
  end if;
  if not filtered then
    return query select ${COLUMNS}, case when found_.many then cap else cardinality(found_.ids) end from cases.case c
      where c.id = any (found_.ids[1:limit_]) order by c.submitted_at desc, c.id desc;
    return;
  end if;
  return query select ${COLUMNS}, (count(*) over ())::int from cases.case c
    where c.id = any (found_.ids) and (state_ is null or c.state = state_) and ${FILTER} order by c.submitted_at desc, c.id desc limit limit_;
end $$;
`,
};
