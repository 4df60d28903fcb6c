import type { Migration } from '@zhengwu/database';

/** Requests, the certificates issued on them, and what the authority publishes. */
export const migration: Migration = {
  id: '0001-certificates',
  sql: `
create table certificates.request (
  id uuid primary key,
  profile text not null check (profile in ('person', 'institution', 'device')),
  name text not null check (length(name) between 1 and 200),
  -- A credit code in full; a citizen number only masked, with its pseudonym beside.
  identifier text not null,
  pseudonym text,
  institution text,
  device text,
  -- Official of the directory whose certificate it is.
  person uuid,
  requester uuid,
  requester_name text not null,
  department int,
  requested_at timestamptz not null,
  -- PKCS#10, PEM; null: the site makes the key pair and hands it out.
  csr text check (length(csr) <= 16384),
  csr_subject text,
  renews text,
  state text not null check (state in ('waiting', 'approved', 'refused', 'issued')),
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  reason text,
  -- Four eyes, also where a program errs.
  check (decided_by is distinct from requester or decided_by is null),
  check ((profile = 'person') = (pseudonym is not null)),
  check ((profile = 'device') = (device is not null and institution is not null)),
  check ((state = 'waiting') = (decided_at is null))
);
create index request_requester on certificates.request (requester, id);
create index request_person on certificates.request (person) where person is not null;
create index request_waiting on certificates.request (id) where state in ('waiting', 'approved');
create unique index request_renews on certificates.request (renews) where state in ('waiting', 'approved');

create table certificates.certificate (
  serial text primary key check (serial ~ '^[0-9a-f]{2,40}$'),
  request uuid not null unique references certificates.request,
  person uuid,
  pem text not null,
  -- SHA-256 of the SubjectPublicKeyInfo.
  key bytea not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  state text not null check (state in ('valid', 'held', 'revoked')),
  -- RFC 5280 reason; null for a valid one.
  reason text,
  revoked_at timestamptz,
  reminded_at timestamptz,
  check ((state = 'valid') = (revoked_at is null)),
  check ((state = 'valid') = (reason is null))
);
create index certificate_person on certificates.certificate (person) where person is not null;
create index certificate_ends on certificates.certificate (not_after);
create index certificate_listed on certificates.certificate (not_after) where state <> 'valid';
create index certificate_key on certificates.certificate (key);

-- Certificates of the authority's own services (OCSP, time-stamps), by key.
create table certificates.service (
  kid text primary key,
  purpose text not null,
  serial text not null unique,
  pem text not null,
  not_after timestamptz not null
);
create table certificates.revocation_list (
  number bigint primary key,
  der bytea not null,
  this_update timestamptz not null,
  next_update timestamptz not null
);
-- Of a time-stamp token only its serial number and what it stamped are kept.
create table certificates.stamp (
  serial text primary key,
  digest bytea not null,
  algorithm text not null,
  at timestamptz not null
);

do $$
declare name text;
begin
  foreach name in array array['request', 'certificate', 'service', 'revocation_list', 'stamp'] loop
    execute format('alter table certificates.%I enable row level security', name);
    execute format('alter table certificates.%I force row level security', name);
    execute format('create policy platform on certificates.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
  end loop;
end $$;
revoke update on certificates.service, certificates.revocation_list, certificates.stamp from $app, $relay;
revoke delete on certificates.request, certificates.certificate, certificates.service, certificates.stamp from $app, $relay;

-- Their own: what an official requested, and what was requested for them.
create policy own on certificates.request for select using (
  (select kernel.kind()) = 'official' and (requester = (select kernel.person()) or person = (select kernel.person())));
create policy submits on certificates.request for insert with check (
  (select kernel.kind()) = 'official' and requester = (select kernel.person()) and state = 'waiting');
create policy collects on certificates.request for update using (
  (select kernel.kind()) = 'official' and requester = (select kernel.person()) and state = 'approved') with check (state = 'issued');
-- A registrar within the reach of the permission; never on a request of their own.
create policy registrar_reads on certificates.request for select using (
  (select kernel.kind()) = 'official' and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])));
create policy registrar_decides on certificates.request for update using (
  (select kernel.kind()) = 'official' and requester is distinct from (select kernel.person())
  and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])));
-- Who sees a request sees its certificate; the registrars of the request change where it stands.
create policy follows on certificates.certificate for select using (exists (select from certificates.request r where r.id = request));
create policy issued on certificates.certificate for insert with check (exists (select from certificates.request r where r.id = request and r.state = 'approved'));
create policy registrar on certificates.certificate for update using (
  exists (select from certificates.request r where r.id = request and ((select kernel.reaches_all()) or r.department = any ((select kernel.reach())::int[]))));

-- Where certificates and the authority's own stand, in one round trip; what was never issued is not among the rows.
create function certificates.standing(actor jsonb, wanted text[]) returns table (serial text, state text, reason text, revoked_at timestamptz) language plpgsql as $$
begin
  perform kernel.enter(actor);
  return query
    select c.serial, c.state, c.reason, c.revoked_at from certificates.certificate c where c.serial = any (wanted)
    union all
    select s.serial, 'valid', null, null from certificates.service s where s.serial = any (wanted);
end $$;
-- Notes a time-stamp before it is handed out.
create function certificates.note_stamp(actor jsonb, serial_ text, digest_ bytea, algorithm_ text, at_ timestamptz) returns void language plpgsql as $$
begin
  perform kernel.enter(actor);
  insert into certificates.stamp values (serial_, digest_, algorithm_, at_);
end $$;
`,
};
