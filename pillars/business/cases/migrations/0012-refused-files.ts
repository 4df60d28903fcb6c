import type { Migration } from '@zhengwu/database';

/** A file that waited for the malware scanner was found infected: what refers to it asks for another. */
export const migration: Migration = {
  id: '0012-refused-files',
  sql: `
create index material_file on cases.material (file_hash) where file_hash is not null;
create index upload_file on cases.upload (file_hash) where file_hash is not null;

-- Uploads that were not handed in yet are gone; materials of cases are not in order, with the reason. Answers the cases.
create function cases.refuse_file(hash_ text) returns table (case_id uuid, code text) language plpgsql security definer set search_path = '' as $$
begin
  if not kernel.is_system() then raise insufficient_privilege; end if;
  update cases.upload u set removed = true where u.file_hash = hash_ and not u.removed;
  return query update cases.material m set verdict = 'incomplete', note = '未通过安全检查，文件已删除，请要求补正。Failed the malware check; the file is gone, ask for another.'
    where m.file_hash = hash_ and not m.replaced returning m.case_id, m.code;
end $$;
`,
};
