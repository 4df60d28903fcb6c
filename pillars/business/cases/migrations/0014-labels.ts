import type { Migration } from '@zhengwu/database';

/**
 * Labels of cases and of what belongs to them: what a service declares for its cases, otherwise internal. Materials, tasks and the
 * words for the search carry the case's label and follow it; the rest is seen by whoever sees the case.
 */
export const migration: Migration = {
  id: '0014-labels',
  sql: `
select kernel.label_table('case', 'cases.case', 'id', 1);
select kernel.label_table('material', 'cases.material', 'id', 1);
select kernel.label_table('task', 'cases.task', 'id', 1);
alter table cases.search add column secrecy smallint not null default 1;
select kernel.label_follows('cases.material', 'case_id', 'cases.case', 'id');
select kernel.label_follows('cases.task', 'case_id', 'cases.case', 'id');
select kernel.label_follows('cases.search', 'case_id', 'cases.case', 'id');
select kernel.label_follows(to_regclass(one), 'case_id', 'cases.case', 'id')
  from unnest(array['licences.licence', 'payments.order', 'messages.message']) one where to_regclass(one) is not null;

-- The candidates of a search as before, of those alone whose label the reader reads.
create or replace function cases.search_ids(departments_ int[], query_ text, plain_ text, at_ timestamptz, id_ uuid, page_ int, cap int) returns cases.candidates
language plpgsql security definer set search_path = 'pg_catalog', 'public' as $$
declare
  wanted tsquery := query_::tsquery;
  expected float8;
  -- How far to walk for a page: thrice what the expected share of matches asks for.
  walk int;
  ids uuid[];
  reads int := kernel.reads_up_to();
begin
  if plain_ is not null then
    return row(array(select s.case_id from (select s.case_id, s.submitted_at from cases.search s where s.plain like '%' || plain_ || '%' and s.secrecy <= reads
      and (s.submitted_at, s.case_id) < (at_, id_) and (departments_ is null or s.department = any (departments_)
        or exists (select 1 from cases.involved i where i.case_id = s.case_id and i.department = any (departments_))) limit cap) s order by s.submitted_at desc, s.case_id desc), false);
  end if;
  expected := cases.expected_matches(wanted, departments_);
  if expected > 1.2 * cap then
    walk := least(20000, greatest(4000, 3 * page_ * (select c.reltuples from pg_class c where c.oid = 'cases.search'::regclass) / expected));
    if departments_ is null then
      ids := array(select s.case_id from (select s.case_id, s.words from cases.search s where (s.submitted_at, s.case_id) < (at_, id_) and s.secrecy <= reads
        order by s.submitted_at desc, s.case_id desc limit walk) s where s.words @@ wanted limit page_);
    else
      ids := array(select f.case_id from unnest(departments_) d, lateral (
          select s.case_id, s.submitted_at from (select s.case_id, s.submitted_at, s.words from cases.search s
            where s.department = d and (s.submitted_at, s.case_id) < (at_, id_) and s.secrecy <= reads order by s.submitted_at desc, s.case_id desc limit walk) s
          where s.words @@ wanted limit page_) f
        order by f.submitted_at desc, f.case_id desc limit page_);
    end if;
    if cardinality(ids) >= page_ then return row(ids, true); end if;
  end if;
  -- Planned anew for these words and departments: by the word index or through the departments, whichever is shorter.
  -- A case in which a department is only involved is found by its words too.
  execute 'with found_ as materialized (select s.case_id, s.submitted_at from cases.search s where s.words @@ ' || quote_literal(wanted::text) || '::tsquery and s.secrecy <= ' || reads
    || case when departments_ is null then '' else format(' and s.department = any (%1$L::int[]) union select s.case_id, s.submitted_at
      from cases.involved i join cases.search s on s.case_id = i.case_id where i.department = any (%1$L::int[]) and s.words @@ %2$L::tsquery and s.secrecy <= %3$s', departments_::text, wanted::text, reads) end
    || ') select array(select f.case_id from found_ f where (f.submitted_at, f.case_id) < ($1, $2) order by f.submitted_at desc, f.case_id desc limit $3)'
    into ids using at_, id_, cap;
  return row(ids, false);
end $$;

-- Candidates among the reader's own cases, which are few.
create or replace function cases.search_own(query_ text, plain_ text, at_ timestamptz, id_ uuid, cap int) returns cases.candidates
language sql stable security definer set search_path = 'pg_catalog', 'public' as $$
  select row(array(select s.case_id from cases.search s where s.secrecy <= kernel.reads_up_to() and s.case_id in (select cases.own_ids()) and (s.submitted_at, s.case_id) < (at_, id_)
    and (query_ is null or s.words @@ query_::tsquery) and (plain_ is null or s.plain like '%' || plain_ || '%')
    order by s.submitted_at desc, s.case_id desc limit cap), false)::cases.candidates
$$;

`,
};
