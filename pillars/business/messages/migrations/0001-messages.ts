import type { Migration } from '@zhengwu/database';

export const migration: Migration = {
  id: '0001-messages',
  sql: `
create table messages.message (
  id uuid primary key,
  recipient uuid not null,
  template text not null,
  params jsonb not null default '{}',
  case_id uuid,
  -- What makes it be sent once.
  key text not null unique,
  sent_at timestamptz not null,
  read_at timestamptz,
  mailed_at timestamptz,
  -- Until then a worker has it in hand.
  mail_claimed_until timestamptz,
  mail_attempts smallint not null default 0
);
create index message_recipient on messages.message (recipient, sent_at desc, id desc);
create index message_unmailed on messages.message (sent_at) where mailed_at is null;

create table messages.mail (
  id uuid primary key,
  recipient text not null,
  subject text not null,
  body text not null,
  at timestamptz not null
);
create index mail_at on messages.mail (at desc);

create table messages.remark (
  id uuid primary key,
  number text not null unique,
  page text not null,
  body text not null,
  contact text,
  at timestamptz not null
);

do $$
declare name text;
begin
  foreach name in array array['message', 'mail', 'remark'] loop
    execute format('alter table messages.%I enable row level security', name);
    execute format('alter table messages.%I force row level security', name);
    execute format('create policy owner on messages.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on messages.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('grant select, insert, update on messages.%I to $app, $relay', name);
  end loop;
end $$;
create policy mine on messages.message to $app using ((select kernel.kind()) = 'citizen' and recipient = any ((select kernel.subjects())::uuid[]))
  with check ((select kernel.kind()) = 'citizen' and recipient = any ((select kernel.subjects())::uuid[]));

create policy told on messages.message to $app using ((select kernel.kind()) = 'official' and recipient = (select kernel.person()))
  with check ((select kernel.kind()) = 'official' and recipient = (select kernel.person()));

-- Rows of other modules' units of work; one key is one message.
create function messages.write(rows jsonb) returns void language sql as $$
  insert into messages.message (id, recipient, template, params, case_id, key, sent_at)
  select id, recipient, template, params, case_id, key, sent_at
  from jsonb_to_recordset(rows) r (id uuid, recipient uuid, template text, params jsonb, case_id uuid, key text, sent_at timestamptz)
  on conflict (key) do nothing
$$;
`,
};
