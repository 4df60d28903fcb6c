import type { Migration } from '@zhengwu/database';

/** Running cases and their tasks follow when departments merge or split; ended ones stay with the department that decided them. */
export const migration: Migration = {
  id: '0013-reassigning',
  sql: `
create function cases.running_in(departments_ int[]) returns int language sql stable security definer set search_path = '' as $$
  select count(*)::int from cases.case c where kernel.is_system() and c.department = any (departments_) and c.closed_at is null
$$;
create function cases.open_tasks_in(departments_ int[]) returns int language sql stable security definer set search_path = '' as $$
  select count(*)::int from cases.task t where kernel.is_system() and t.department = any (departments_) and t.status in ('open', 'claimed', 'waiting')
$$;

-- Called by the platform within the reorganisation. Tasks of a department move with it also in other departments' cases.
create function cases.reassign(actor jsonb, from_ int, to_ int, services_ text[], document_ text) returns int
language plpgsql security definer set search_path = '' as $$
declare
  moved int;
begin
  if not kernel.is_system() then perform kernel.fail('case.unknown'); end if;
  with cases_ as (
    update cases.case c set department = to_, version = c.version + 1 where c.department = from_ and c.closed_at is null and (services_ is null or c.service = any (services_)) returning c.id),
  searched as (update cases.search s set department = to_ from cases_ where s.case_id = cases_.id),
  told as (insert into cases.history (id, case_id, at, kind, title_zh, title_en, detail_zh, detail_en, person, person_name, department, internal)
    select kernel.uuidv7(), cases_.id, now(), 'reassigned', '机构调整，承办部门变更', 'Reorganised: another department handles it', document_, document_, (actor->>'personId')::uuid, actor->>'name', to_, true from cases_)
  select count(*) into moved from cases_;
  with tasks_ as (
    update cases.task t set department = to_, version = t.version + 1 from cases.case c
      where c.id = t.case_id and t.department = from_ and t.status in ('open', 'claimed', 'waiting') and (services_ is null or c.service = any (services_)) returning c.id, c.submitted_at, c.department)
  insert into cases.involved (department, submitted_at, case_id) select distinct to_, submitted_at, id from tasks_ where department <> to_ on conflict do nothing;
  return moved;
end $$;
`,
};
