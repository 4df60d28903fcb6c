import type { Migration } from '@zhengwu/database';

const PLATFORM = ['register', 'entry', 'frequency'];
const KEEPERS = ['weights', 'run', 'pair', 'merge'];

/**
 * What records are compared by, kept beside them: an entry a current record, with up to six blocking keys, each indexed by
 * itself, so that a batch finds its candidates in one statement whatever the size of the register.
 */
export const migration: Migration = {
  id: '0001-matching',
  sql: `
create table matching.register (
  register text primary key,
  entries bigint not null default 0,
  -- Up to which key the records have been entered; null once all are.
  position text default '',
  -- The version of the weights in force; 0 are the module's own.
  weights int not null default 0,
  indexed_at timestamptz
);
create table matching.entry (
  id bigint generated always as identity primary key,
  register text not null,
  key text not null,
  features text[] not null,
  b1 bigint, b2 bigint, b3 bigint, b4 bigint, b5 bigint, b6 bigint
);
create unique index entry_key on matching.entry (register, key);
create index entry_b1 on matching.entry (b1, id) where b1 is not null;
create index entry_b2 on matching.entry (b2, id) where b2 is not null;
create index entry_b3 on matching.entry (b3, id) where b3 is not null;
create index entry_b4 on matching.entry (b4, id) where b4 is not null;
create index entry_b5 on matching.entry (b5, id) where b5 is not null;
create index entry_b6 on matching.entry (b6, id) where b6 is not null;
-- Values that more than one record has: agreement on them says less.
create table matching.frequency (register text not null, field text not null, value text not null, share double precision not null, primary key (register, field, value));

create table matching.weights (
  register text not null, version int not null check (version > 0), department int,
  chances jsonb not null, certain double precision not null, possible double precision not null,
  pairs bigint not null, decided int not null, learned_at timestamptz not null default now(), name text not null, used_at timestamptz, used_by text,
  primary key (register, version)
);
create table matching.run (
  id uuid primary key, register text not null, department int, state text not null default 'running' check (state in ('running', 'done')),
  position bigint not null default 0, entries bigint not null default 0, total bigint not null default 0, scored bigint not null default 0,
  certain int not null default 0, possible int not null default 0, started_at timestamptz not null default now(), finished_at timestamptz, name text not null
);
create unique index run_running on matching.run (register) where state = 'running';
create index run_list on matching.run (started_at desc);
create table matching.pair (
  id uuid primary key default kernel.uuidv7(), register text not null, department int,
  -- The record of the register, and the other: one of the register too, or what somebody brought.
  key text not null, other text, incoming jsonb, origin text not null default 'register', reference text,
  score double precision not null, band text not null check (band in ('certain', 'possible')), fields jsonb not null, weights int not null,
  state text not null default 'open' check (state in ('open', 'same', 'different')), put_off_until timestamptz,
  version int not null default 0, run uuid, found_at timestamptz not null default now(), decided_at timestamptz, decided_by uuid, decided_name text, note text,
  check ((other is null) <> (incoming is null))
);
create unique index pair_records on matching.pair (register, key, other) where other is not null;
create unique index pair_reference on matching.pair (register, origin, reference, key) where other is null;
create index pair_open on matching.pair (department, register, score desc, id) where state = 'open';
create index pair_decided on matching.pair (register, decided_at) where state <> 'open';
create table matching.merge (
  id uuid primary key, register text not null, department int, survivor text not null, absorbed text not null, pair uuid references matching.pair,
  -- Field by field what the survivor said before and says since: {field: [before, since]}.
  changed jsonb not null, valid_from date not null, seq bigint generated always as identity,
  at timestamptz not null default now(), person uuid, name text not null,
  undone_at timestamptz, undone_by uuid, undone_name text, reason text,
  check (survivor <> absorbed)
);
create unique index merge_absorbed on matching.merge (register, absorbed) where undone_at is null;
create index merge_survivor on matching.merge (register, survivor, seq);
create index merge_list on matching.merge (at desc);
${[...PLATFORM, ...KEEPERS].map((table) => `alter table matching.${table} enable row level security; alter table matching.${table} force row level security;`).join('\n')}
${PLATFORM.map((table) => `create policy platform on matching.${table} using ((select kernel.is_system())) with check ((select kernel.is_system()));`).join('\n')}
-- Those who keep the register, and whoever reaches all.
${KEEPERS.map((table) => `create policy keepers on matching.${table} using ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[]));`).join('\n')}
select kernel.label_table('matching-pair', 'matching.pair', 'id', 1);
select kernel.label_follows('matching.pair', 'register', 'registers.register', 'code');

-- Entries that share a blocking key with one asked for; of one key no more than cap.
create function matching.candidates(asked jsonb, cap int) returns table (n int, key text, features text[]) language sql stable as $$
  select a.n, e.key, e.features
  from jsonb_to_recordset(asked) as a(n int, b1 bigint, b2 bigint, b3 bigint, b4 bigint, b5 bigint, b6 bigint),
  lateral (
    (select id from matching.entry where b1 = a.b1 order by b1, id limit cap) union (select id from matching.entry where b2 = a.b2 order by b2, id limit cap)
    union (select id from matching.entry where b3 = a.b3 order by b3, id limit cap) union (select id from matching.entry where b4 = a.b4 order by b4, id limit cap)
    union (select id from matching.entry where b5 = a.b5 order by b5, id limit cap) union (select id from matching.entry where b6 = a.b6 order by b6, id limit cap)
  ) c join matching.entry e on e.id = c.id
$$;
`,
};
