/** The audit trail: written by everybody, changed by nobody. */
export const migration = {
  id: '0001-record',
  sql: `
create table audit.record (
  id uuid primary key default kernel.uuidv7(),
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  account uuid,
  person uuid,
  name text,
  on_behalf_of uuid,
  request text,
  address text,
  event text not null check (event <> ''),
  subject text not null,
  detail jsonb not null default '{}'
);
create index record_at on audit.record (at);
create index record_subject on audit.record (subject, at);
create index record_person on audit.record (person, at);
alter table audit.record enable row level security;
alter table audit.record force row level security;
create policy writers on audit.record for insert with check ((select kernel.kind()) is not null);
create policy readers on audit.record for select using (
  (select kernel.is_system()) or ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all')
  or ((select kernel.kind()) = 'citizen' and person = (select kernel.person())));
revoke update, delete on audit.record from $app, $relay;

create function audit.record(actor jsonb, event_ text, subject_ text, detail_ jsonb) returns void language sql as $$
  insert into audit.record (kind, account, person, name, on_behalf_of, request, address, event, subject, detail)
  values (coalesce(actor->>'kind', 'public'), nullif(actor->>'accountId', '')::uuid, nullif(actor->>'personId', '')::uuid, actor->>'name',
    nullif(actor->>'onBehalfOf', '')::uuid, actor->>'requestId', actor->>'address', event_, subject_, coalesce(detail_, '{}'))
$$;

-- Several at once, [{"actor": …, "event": …, "subject": …, "detail": …}, …], in the transaction of whoever has entered.
create function audit.record_all(entries jsonb) returns void language sql as $$
  insert into audit.record (kind, account, person, name, on_behalf_of, request, address, event, subject, detail)
  select coalesce(e.actor->>'kind', 'public'), nullif(e.actor->>'accountId', '')::uuid, nullif(e.actor->>'personId', '')::uuid, e.actor->>'name',
    nullif(e.actor->>'onBehalfOf', '')::uuid, e.actor->>'requestId', e.actor->>'address', e.event, e.subject, coalesce(e.detail, '{}')
  from jsonb_to_recordset(entries) e(actor jsonb, event text, subject text, detail jsonb)
$$;

-- Reads of personal data, in a transaction of their own.
create function audit.record_reads(system jsonb, reads jsonb) returns void language plpgsql as $$
begin
  perform kernel.enter(system);
  perform audit.record_all(reads);
end $$;
`,
};
