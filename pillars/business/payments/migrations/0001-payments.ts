import type { Migration } from '@zhengwu/database';

export const migration: Migration = {
  id: '0001-payments',
  sql: `
create table payments.order (
  id uuid primary key,
  number text not null unique,
  case_id uuid not null,
  payer uuid not null,
  department int not null,
  -- Integer fen.
  amount bigint not null check (amount >= 0),
  items jsonb not null,
  provider text not null,
  status text not null check (status in ('created', 'paid', 'failed', 'refunded', 'closed')),
  provider_transaction text,
  created_at timestamptz not null,
  paid_at timestamptz,
  refunded_at timestamptz,
  version int not null default 1
);
create index order_case on payments.order (case_id, created_at desc);
create index order_payer on payments.order (payer, created_at desc);
create index order_day on payments.order (provider, created_at);

-- Callbacks taken: a nonce is good once.
create table payments.callback (
  provider text not null,
  nonce text not null,
  order_id uuid not null,
  result text not null,
  at timestamptz not null default now(),
  primary key (provider, nonce)
);

-- The sandbox bank's own books; the site sees them only through the provider interface.
create table payments.sandbox (
  order_number text primary key,
  transaction text not null unique,
  amount bigint not null,
  status text not null check (status in ('waiting', 'paid', 'declined', 'refunded')),
  callback text not null,
  return_to text not null,
  opened_at timestamptz not null default now(),
  settled_at timestamptz
);

do $$
declare name text;
begin
  foreach name in array array['order', 'callback', 'sandbox'] loop
    execute format('alter table payments.%I enable row level security', name);
    execute format('alter table payments.%I force row level security', name);
    execute format('create policy owner on payments.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on payments.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('grant select, insert, update on payments.%I to $app, $relay', name);
  end loop;
end $$;
create policy payer on payments.order for select to $app using ((select kernel.kind()) = 'citizen' and payer = any ((select kernel.subjects())::uuid[]));
create policy official on payments.order for select to $app using (
  (select kernel.kind()) = 'official' and ((select kernel.scope()) = 'all' or department = any ((select kernel.departments())::int[])));

-- Orders of other modules' units of work.
create function payments.write(rows jsonb) returns void language sql as $$
  insert into payments.order (id, number, case_id, payer, department, amount, items, provider, status, created_at)
  select id, number, case_id, payer, department, amount, items, provider, 'created', created_at
  from jsonb_to_recordset(rows) r (id uuid, number text, case_id uuid, payer uuid, department int, amount bigint, items jsonb, provider text, created_at timestamptz)
$$;

-- The order of a case as its page shows it; who may see the case may see this.
create function payments.of_case(wanted uuid) returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', o.id, 'amount', o.amount, 'status', o.status, 'items', o.items)
  from payments.order o where o.case_id = wanted order by o.created_at desc limit 1
$$;

-- The unpaid order of a case that has ended; who pays it all the same gets the money back.
create function payments.void(case_ uuid) returns void language sql as $$
  update payments.order set status = 'closed', version = version + 1 where case_id = case_ and status in ('created', 'failed')
$$;

-- Takes a verified callback once. Answers what it changed: 'paid', 'failed', 'refunded', 'repeated', 'unknown', 'amount', 'late',
-- or 'owed': a void order was paid, so the money is to be returned.
create function payments.take(provider_ text, nonce_ text, number_ text, transaction_ text, amount_ bigint, result_ text) returns text language plpgsql as $$
declare
  found_ payments.order;
begin
  select * into found_ from payments.order o where o.number = number_ and o.provider = provider_ for update;
  if not found then return 'unknown'; end if;
  insert into payments.callback (provider, nonce, order_id, result) values (provider_, nonce_, found_.id, result_) on conflict do nothing;
  if not found then return 'repeated'; end if;
  if found_.amount <> amount_ then return 'amount'; end if;
  if result_ = 'paid' and found_.status in ('created', 'failed') then
    update payments.order set status = 'paid', paid_at = now(), provider_transaction = transaction_, version = version + 1 where id = found_.id;
    perform events.append('payments.paid', found_.id::text, jsonb_build_object('caseId', found_.case_id, 'orderId', found_.id));
    return 'paid';
  elsif result_ = 'failed' and found_.status = 'created' then
    update payments.order set status = 'failed', version = version + 1 where id = found_.id;
    return 'failed';
  elsif result_ = 'paid' and found_.status = 'closed' then
    if found_.paid_at is not null then return 'repeated'; end if;
    update payments.order set paid_at = now(), provider_transaction = transaction_, version = version + 1 where id = found_.id;
    return 'owed';
  elsif result_ = 'failed' and found_.status = 'closed' then
    return 'failed';
  elsif result_ = 'refunded' and (found_.status in ('paid', 'refunded') or found_.status = 'closed' and found_.paid_at is not null) then
    update payments.order set status = 'refunded', refunded_at = coalesce(refunded_at, now()), version = version + 1 where id = found_.id;
    perform events.append('payments.refunded', found_.id::text, jsonb_build_object('caseId', found_.case_id, 'orderId', found_.id, 'amount', found_.amount));
    return 'refunded';
  elsif found_.status = result_ then
    return 'repeated';
  end if;
  return 'late';
end $$;
`,
};
