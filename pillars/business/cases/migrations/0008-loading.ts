import type { Migration } from '@zhengwu/database';

/** Cases whose life is over or under way elsewhere, entered in bulk: an import from an older system, a demonstration's past year. */
export const migration: Migration = {
  id: '0008-loading',
  sql: `
create function cases.load_past(rows_ jsonb) returns void language plpgsql security definer set search_path = '' as $$
declare
  one jsonb;
begin
  if not kernel.is_system() then perform kernel.fail('access.denied'); end if;
  insert into cases.case select * from jsonb_populate_recordset(null::cases.case, rows_->'cases');
  insert into cases.application select * from jsonb_populate_recordset(null::cases.application, rows_->'applications');
  insert into cases.search select w.case_id, w.department, w.submitted_at, to_tsvector('simple', w.words), w.plain
    from jsonb_to_recordset(rows_->'words') w(case_id uuid, department int, submitted_at timestamptz, words text, plain text);
  insert into cases.involved select * from jsonb_populate_recordset(null::cases.involved, rows_->'involved') on conflict do nothing;
  insert into cases.material select * from jsonb_populate_recordset(null::cases.material, rows_->'materials');
  insert into cases.task select * from jsonb_populate_recordset(null::cases.task, rows_->'tasks');
  insert into cases.history select * from jsonb_populate_recordset(null::cases.history, rows_->'history');
  insert into cases.correction select * from jsonb_populate_recordset(null::cases.correction, rows_->'corrections');
  insert into cases.correction_item select * from jsonb_populate_recordset(null::cases.correction_item, rows_->'correctionItems');
  insert into cases.suspension select * from jsonb_populate_recordset(null::cases.suspension, rows_->'suspensions');
  insert into cases.rating select * from jsonb_populate_recordset(null::cases.rating, rows_->'ratings');
  insert into cases.effort select * from jsonb_populate_recordset(null::cases.effort, rows_->'efforts');
  -- Several steps of one instance follow each other.
  for one in select value from jsonb_array_elements(rows_->'instances') loop
    perform processes.write(jsonb_build_array(one));
  end loop;
  if jsonb_array_length(rows_->'orders') > 0 then perform payments.write(rows_->'orders'); end if;
end $$;
revoke execute on function cases.load_past(jsonb) from public;
grant execute on function cases.load_past(jsonb) to $app;
`,
};
