import type { Migration } from '@zhengwu/database';

/**
 * Cases and everything that lives and dies with one. The case row stays narrow, because lists and searches read it;
 * answers, opinions and history stand beside it. Only the platform writes (`cases.write`, as system, after the gate and
 * the reader's own row-level security have let the command through); people read what their scope or their mandate shows.
 */
export const migration: Migration = {
  id: '0001-cases',
  sql: `
create sequence cases.number_block increment by 64 start with 1;

create table cases.case (
  id uuid primary key,
  number text not null unique,
  service text not null,
  service_zh text not null,
  service_en text not null,
  pack_hash text not null,
  department int not null,
  applicant uuid not null,
  applicant_kind text not null check (applicant_kind in ('person', 'institution')),
  applicant_name text not null,
  agent uuid,
  agent_name text,
  channel text not null check (channel in ('portal', 'window')),
  state smallint not null check (state between 1 and 15),
  submitted_at timestamptz not null,
  accepted_at timestamptz,
  closed_at timestamptz,
  delivered_at timestamptz,
  clock jsonb,
  clock_stopped_for text check (clock_stopped_for in ('correction', 'special', 'payment')),
  promised_days smallint not null,
  statutory_days smallint not null,
  promised_due date,
  statutory_due date,
  card text not null default 'none' check (card in ('none', 'warning', 'yellow', 'red')),
  waits_for text check (waits_for in ('correct', 'pay', 'rate', 'collect', 'attend')),
  version int not null default 1
);
create index case_department on cases.case (department, submitted_at desc, id desc);
create index case_department_state on cases.case (department, state, submitted_at desc, id desc);
create index case_submitted on cases.case (submitted_at desc, id desc);
create index case_state on cases.case (state, submitted_at desc, id desc);
create index case_service on cases.case (service, submitted_at desc, id desc);
create index case_applicant on cases.case (applicant, submitted_at desc);
create index case_due on cases.case (promised_due, id) where closed_at is null;

create table cases.involved (
  department int not null,
  submitted_at timestamptz not null,
  case_id uuid not null references cases.case,
  primary key (department, submitted_at, case_id)
);
create index involved_case on cases.involved (case_id);

create table cases.application (
  case_id uuid primary key references cases.case,
  answers jsonb not null,
  facts jsonb not null,
  prefilled jsonb not null default '[]',
  contact jsonb not null,
  changed text[] not null default '{}',
  variables jsonb not null default '{}'
);

create table cases.material (
  id uuid primary key,
  case_id uuid not null references cases.case,
  code text not null,
  file_hash text,
  file_name text,
  file_type text,
  file_size bigint,
  satisfied_zh text,
  satisfied_en text,
  verdict text not null default 'unseen' check (verdict in ('unseen', 'seen', 'ok', 'incomplete')),
  note text,
  replaced boolean not null default false,
  given_at timestamptz not null
);
create index material_case on cases.material (case_id);

create table cases.task (
  id uuid primary key,
  case_id uuid not null references cases.case,
  token int not null,
  element text not null,
  name_zh text not null,
  name_en text not null,
  kind text not null,
  stage text not null,
  department int not null,
  post text,
  outcomes text[] not null default '{}',
  status text not null check (status in ('open', 'claimed', 'waiting', 'done', 'cancelled')),
  assignee uuid,
  assignee_name text,
  delegated_by uuid,
  delegated_by_name text,
  outcome text,
  opinion text,
  reason_code text,
  signature text,
  opened_at timestamptz not null,
  claimed_at timestamptz,
  done_at timestamptz,
  due_on date,
  chased boolean not null default false,
  -- Seconds that people had the case open for this task (touch time).
  touched int not null default 0,
  version int not null default 1
);
create index task_case on cases.task (case_id);
create index task_department on cases.task (department, opened_at, id) where status in ('open', 'claimed', 'waiting');
create index task_assignee on cases.task (assignee, opened_at, id) where status in ('claimed', 'waiting');
create index task_done on cases.task (assignee, done_at desc) where status in ('done', 'cancelled') and assignee is not null;

create table cases.history (
  id uuid primary key,
  case_id uuid not null references cases.case,
  at timestamptz not null,
  kind text not null,
  title_zh text not null,
  title_en text not null,
  detail_zh text,
  detail_en text,
  person uuid,
  person_name text,
  department int,
  -- Notes and internal steps are for officials alone.
  internal boolean not null default false
);
create index history_case on cases.history (case_id, at);

create table cases.correction (
  id uuid primary key,
  case_id uuid not null references cases.case,
  task_id uuid not null references cases.task,
  note text,
  asked_at timestamptz not null,
  due_on date not null,
  done_at timestamptz
);
-- Told once, with everything named: 行政许可法 §32.
create unique index correction_once on cases.correction (case_id) where done_at is null;

create table cases.correction_item (
  id uuid primary key,
  correction_id uuid not null references cases.correction,
  case_id uuid not null references cases.case,
  target text not null check (target in ('field', 'material')),
  key text not null,
  why text not null,
  done boolean not null default false
);
create index correction_item_case on cases.correction_item (case_id);

create table cases.suspension (
  id uuid primary key,
  case_id uuid not null references cases.case,
  kind text not null,
  reason text not null,
  result text,
  planned_days smallint not null,
  from_at timestamptz not null,
  until_at timestamptz
);
create unique index suspension_one on cases.suspension (case_id) where until_at is null;

create table cases.rating (
  case_id uuid primary key references cases.case,
  service text not null,
  department int not null,
  level smallint not null check (level between 1 and 5),
  dimensions jsonb not null default '{}',
  comment text,
  rated_at timestamptz not null,
  due_on date,
  rectified text,
  rectified_at timestamptz
);
create index rating_bad on cases.rating (department, rated_at desc) where level >= 4;

create table cases.circulation (
  case_id uuid not null references cases.case,
  person uuid not null,
  from_name text not null,
  note text,
  sent_at timestamptz not null,
  read_at timestamptz,
  primary key (case_id, person)
);
create index circulation_person on cases.circulation (person, read_at);

create table cases.appointment (
  place text not null,
  at timestamptz not null,
  seat smallint not null,
  case_id uuid references cases.case,
  draft_id uuid,
  held_until timestamptz,
  primary key (place, at, seat)
);
create unique index appointment_case on cases.appointment (case_id) where case_id is not null;

create table cases.stamp (
  person uuid primary key,
  image text not null,
  kept_at timestamptz not null default now()
);

create table cases.draft (
  id uuid primary key,
  submission_key uuid not null unique,
  service text not null,
  pack_hash text not null,
  owner uuid not null,
  applicant uuid not null,
  applicant_name text not null,
  applicant_kind text not null,
  answers jsonb not null default '{}',
  facts jsonb not null default '{}',
  completed text[] not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null,
  -- Seconds of applicant's time measured between pages, for the figures of before and after.
  touched int not null default 0,
  submitted_case uuid,
  version int not null default 1
);
create index draft_owner on cases.draft (owner, updated_at desc) where submitted_case is null;
create index draft_submitted on cases.draft (submitted_case) where submitted_case is not null;

create table cases.upload (
  id uuid primary key,
  token_hash text not null,
  owner_kind text not null check (owner_kind in ('draft', 'case', 'intake')),
  owner_id uuid,
  person uuid not null,
  service text not null,
  material text not null,
  name text not null,
  declared_type text not null,
  size bigint,
  file_hash text,
  file_type text,
  max_bytes bigint not null,
  -- Types of file that the material takes, by the version of the service that it was granted for.
  accept text[] not null,
  expires_at timestamptz not null,
  done_at timestamptz,
  removed boolean not null default false
);
create index upload_owner on cases.upload (owner_id) where not removed;

-- What can be searched of a case: words of number, applicant and service. Reached only through cases.search_ids.
create table cases.search (
  case_id uuid primary key references cases.case,
  department int not null,
  submitted_at timestamptz not null,
  words tsvector not null,
  plain text not null
);

-- Touch time and hands, measured from events: one row a closed case.
create table cases.effort (
  case_id uuid primary key references cases.case,
  service text not null,
  closed_at timestamptz not null,
  steps int not null,
  papers int not null,
  visits int not null,
  hands int not null,
  working_days numeric not null,
  applicant_seconds int not null,
  clerk_seconds int not null
);
create index effort_service on cases.effort (service);
`,
};
