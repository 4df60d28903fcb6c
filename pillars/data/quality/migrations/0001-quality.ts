import type { Migration } from '@zhengwu/database';

const place = (at: number): string => `(ascii(substr(number, ${at}, 1)) - 48)`;
const citizenSum = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].map((weight, i) => `${place(i + 1)} * ${weight}`).join(' + ');
const among = (alphabet: string, at: number): string => `(strpos('${alphabet}', substr(number, ${at}, 1)) - 1)`;
const USCC = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const usccSum = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28].map((weight, i) => `${among(USCC, i + 1)} * ${weight}`).join(' + ');
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const organisationSum = [3, 7, 9, 10, 5, 8, 4, 2].map((weight, i) => `${among(LETTERS, i + 1)} * ${weight}`).join(' + ');

const KEPT = ['run', 'score'];
const PLATFORM = ['finger', 'duplicate'];

/** Measurements of registers, their scores over time, and checks of national numbers as the module ids makes them. */
export const migration: Migration = {
  id: '0001-quality',
  sql: `
create function quality.is_day(text_ text) returns boolean language sql stable parallel safe as $$
  select case when text_ ~ '^\\d{4}-\\d{2}-\\d{2}$' then pg_input_is_valid(text_, 'date') else false end
$$;
-- GB 11643.
create function quality.is_citizen_number(number text) returns boolean language sql stable parallel safe as $$
  select case when number ~ '^[1-9]\\d{16}[\\dXx]$' and substr(number, 15, 3) <> '000'
    then pg_input_is_valid(substr(number, 7, 8), 'date') and substr('10X98765432', (${citizenSum}) % 11 + 1, 1) = upper(substr(number, 18, 1)) else false end
$$;
-- GB 32100.
create function quality.is_uscc(number text) returns boolean language sql stable parallel safe as $$
  select case when number ~ '^[0-9A-HJ-NPQRTUWXY]{2}\\d{6}[0-9A-HJ-NPQRTUWXY]{10}$'
    then substr('${USCC}', (31 - (${usccSum}) % 31) % 31 + 1, 1) = substr(number, 18, 1) else false end
$$;
-- GB 11714, with or without the dash.
create function quality.is_organisation_code(number text) returns boolean language sql stable parallel safe as $$
  select case when number ~ '^[0-9A-Z]{8}-?[0-9X]$' then substr('0123456789X0', 12 - (${organisationSum}) % 11, 1) = right(number, 1) else false end
$$;
-- GB/T 2260, and the statistical code of twelve digits.
create function quality.is_division(number text) returns boolean language sql stable parallel safe as $$
  select case when number ~ '^[1-9]\\d{5}(\\d{6})?$' then
    not ((substr(number, 3, 2) = '00' and (substr(number, 5, 2) <> '00' or substr(number || '000000', 7, 3) <> '000'))
      or (substr(number || '000000', 7, 3) = '000' and substr(number || '000000', 10, 3) <> '000')) else false end
$$;
create function quality.is_pattern(pattern text) returns boolean language plpgsql stable as $$
begin
  perform '' ~ pattern;
  return true;
exception when invalid_regular_expression then
  return false;
end $$;

create table quality.run (
  id uuid primary key,
  register text not null,
  -- The department that keeps the register.
  keeper int,
  state text not null default 'running' check (state in ('running', 'done')),
  -- Up to which key the records have been looked at.
  position text not null default '',
  rows bigint not null default 0,
  -- By rule: how many records it was asked of, how many break it, the first that do.
  tallies jsonb not null default '{}',
  -- Who asked for it; null where the night did.
  name text,
  started_at timestamptz not null,
  finished_at timestamptz
);
create unique index run_running on quality.run (register) where state = 'running';
create index run_latest on quality.run (register, state, started_at desc, id desc);
create index run_ended on quality.run (register, finished_at desc, id desc) where state = 'done';

create table quality.score (
  run uuid not null references quality.run (id) on delete cascade,
  register text not null,
  keeper int,
  dimension text not null check (dimension in ('completeness', 'validity', 'uniqueness', 'timeliness', 'consistency')),
  rule text not null,
  weight double precision not null,
  judged bigint not null,
  failing bigint not null check (failing <= judged),
  -- Share of the judged records that keep the rule; null where there was none to judge.
  score double precision,
  -- Keys of the first records that break it.
  samples text[] not null,
  measured_at timestamptz not null,
  primary key (run, rule)
);

-- What the values of a rule of uniqueness hash to, while the register is measured; emptied after.
create table quality.finger (run uuid not null, rule text not null, hash bigint not null, key text not null);
-- Records whose values another record has too, as of the last measurement.
create table quality.duplicate (register text not null, rule text not null, key text not null, hash bigint not null, primary key (register, rule, key));
create index duplicate_hash on quality.duplicate (register, rule, hash);

-- One run at a time measures, so that nobody else's are in it. Emptied at once: deleting millions one by one would leave as much dead.
create function quality.clear_fingers() returns void language sql security definer set search_path = quality, pg_temp as $$ truncate quality.finger $$;
revoke all on function quality.clear_fingers() from public;
grant execute on function quality.clear_fingers() to $app;

${[...KEPT, ...PLATFORM].map((table) => `
alter table quality.${table} enable row level security;
alter table quality.${table} force row level security;
create policy platform on quality.${table} using ((select kernel.is_system())) with check ((select kernel.is_system()));
grant select, insert, update, delete on quality.${table} to $app;`).join('')}
${KEPT.map((table) => `
create policy keepers on quality.${table} for select using ((select kernel.kind()) = 'official' and ((select kernel.reaches_all()) or keeper = any ((select kernel.reach())::int[])));`).join('')}
`,
};
