import type { Migration } from '@zhengwu/database';

/** Licences with their signed text; what the public may see is behind one narrow function. */
export const migration: Migration = {
  id: '0001-licences',
  sql: `
create table licences.licence (
  -- GB/T 36904
  id text primary key,
  type text not null,
  name_zh text not null,
  name_en text not null,
  -- The same through all versions of one licence.
  serial text not null,
  version smallint not null check (version between 1 and 999),
  holder uuid not null,
  holder_kind text not null check (holder_kind in ('person', 'institution')),
  holder_name text not null,
  issuer_zh text not null,
  issuer_en text not null,
  issuer_uscc text not null,
  department int not null,
  case_id uuid,
  -- [{key, label, value, format, personal}], as printed
  fields jsonb not null,
  -- The values as the process gave them, for forms that are filled from licences on file.
  given jsonb not null,
  template jsonb not null,
  portrait text,
  replaces boolean not null,
  issued_at timestamptz not null,
  issued_on date not null,
  valid_until date,
  status text not null default 'valid' check (status in ('valid', 'revoked', 'replaced')),
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  replaced_by text,
  -- Known to whoever holds the licence or its print; without it an identifier tells nothing.
  check_code text not null,
  jws text not null,
  pdf_hash text,
  reminded_at timestamptz,
  unique (type, serial, version)
);
create index licence_holder on licences.licence (holder, type);
create index licence_case on licences.licence (case_id);
create index licence_department on licences.licence (department, issued_at desc);
create index licence_expiry on licences.licence (valid_until) where status = 'valid' and reminded_at is null;

alter table licences.licence enable row level security;
alter table licences.licence force row level security;
create policy owner on licences.licence to $owner using (true) with check (true);
create policy platform on licences.licence using ((select kernel.is_system())) with check ((select kernel.is_system()));
create policy mine on licences.licence for select to $app using ((select kernel.kind()) = 'citizen' and holder = any ((select kernel.subjects())::uuid[]));
create policy officials on licences.licence for select to $app
  using ((select kernel.kind()) = 'official' and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])));
create policy keepers on licences.licence for update to $app
  using ((select kernel.kind()) = 'official' and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])));
grant select, insert, update on licences.licence to $app, $relay;

-- Expired is worked out when asked: no clock has to strike for it to be true.
create function licences.status_of(licence licences.licence) returns text language sql stable as $$
  select case when licence.status = 'valid' and licence.valid_until < (now() at time zone 'Asia/Shanghai')::date then 'expired' else licence.status end
$$;

-- Rows of other modules' units of work. A type that replaces ends the holder's older ones; two at once take turns.
create function licences.write(rows jsonb) returns void language plpgsql as $$
declare
  made licences.licence;
begin
  for made in select * from jsonb_populate_recordset(null::licences.licence, rows) order by id loop
    insert into licences.licence select made.*;
    if made.replaces then
      perform pg_advisory_xact_lock(hashtext('licences.replace'), hashtext(made.holder::text || made.type));
      update licences.licence l set status = 'replaced', ended_at = made.issued_at, replaced_by = made.id
        where l.holder = made.holder and l.type = made.type and l.id <> made.id and l.status = 'valid';
    end if;
  end loop;
end $$;

-- [{id, reason, at, by}]; a licence that is not in force stays as it is.
create function licences.write_revocations(rows jsonb) returns void language sql as $$
  update licences.licence l set status = 'revoked', ended_at = r.at, end_reason = r.reason, ended_by = r.by
  from jsonb_to_recordset(rows) r (id text, reason text, at timestamptz, by uuid)
  where l.id = r.id and l.status = 'valid'
$$;

create function licences.of_case(wanted uuid) returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', jsonb_build_object('zh', l.name_zh, 'en', l.name_en),
    'status', licences.status_of(l)) order by l.issued_at, l.id), '[]')
  from licences.licence l where l.case_id = wanted
$$;

-- Those a holder has in force, newest first; in one round trip without a transaction of its own.
create function licences.held_by(actor jsonb, wanted uuid) returns setof licences.licence language plpgsql stable as $$
begin
  perform kernel.enter(actor);
  return query select * from licences.licence l where l.holder = wanted and licences.status_of(l) = 'valid' order by l.issued_at desc limit 50;
end $$;

-- What the public may learn, given the check code or the signed text; nothing else leaves the table this way.
create function licences.public_facts(wanted text, code text, signed text) returns table (id text, jws text, status text)
language sql stable security definer set search_path = '' as $$
  select l.id, l.jws, licences.status_of(l) from licences.licence l
  where l.id = wanted and (l.check_code = upper(code) or l.jws = signed)
$$;
`,
};
