import type { Migration } from '@zhengwu/database';

/** Rules, alerts and silences; how requests went, and what was promised of them. */
export const migration: Migration = {
  id: '0002-alerting',
  sql: `
create table monitoring.rule (
  id text primary key,
  body jsonb not null,
  version int not null
);
create table monitoring.alert (
  id uuid primary key,
  rule text not null,
  series text not null,
  subject jsonb not null,
  name jsonb not null,
  severity text not null check (severity in ('low', 'medium', 'high', 'critical')),
  -- Pending until its condition has held for the rule's time.
  state text not null check (state in ('pending', 'firing', 'acknowledged', 'resolved')),
  since timestamptz not null,
  resolved_at timestamptz,
  acknowledged_by text,
  note jsonb not null,
  value double precision,
  check ((state = 'resolved') = (resolved_at is not null))
);
create unique index alert_open on monitoring.alert (rule, series) where state <> 'resolved';
create index alert_resolved on monitoring.alert (resolved_at) where state = 'resolved';
create table monitoring.told (
  alert uuid not null references monitoring.alert on delete cascade,
  role text not null,
  at timestamptz not null,
  primary key (alert, role)
);
create table monitoring.silence (
  id uuid primary key,
  series text not null,
  reason text not null check (reason <> ''),
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at >= from_at),
  by_name text not null
);
create table monitoring.objective (
  id text primary key,
  name jsonb not null,
  "group" text not null,
  kind text not null check (kind in ('availability', 'latency')),
  target double precision not null check (target > 0 and target < 1),
  within_ms int check (within_ms in (100, 500, 1000, 2500)),
  days int not null check (days between 1 and 35),
  check ((kind = 'latency') = (within_ms is not null))
);
-- Answers by group of operations, per minute and per hour.
create table monitoring.requests (
  "group" text not null,
  step int not null check (step in (60, 3600)),
  at timestamptz not null,
  total int not null,
  failed int not null,
  within_100 int not null,
  within_500 int not null,
  within_1000 int not null,
  within_2500 int not null,
  primary key ("group", step, at)
);
create index requests_age on monitoring.requests (step, at);

do $$
declare name text;
begin
  foreach name in array array['rule', 'alert', 'told', 'silence', 'objective', 'requests'] loop
    execute format('alter table monitoring.%I enable row level security', name);
    execute format('alter table monitoring.%I force row level security', name);
    execute format('create policy owner on monitoring.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on monitoring.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('create policy watchers on monitoring.%I for select using ((select kernel.kind()) = ''official'' and (select kernel.scope()) = ''all'')', name);
  end loop;
  foreach name in array array['rule', 'alert', 'silence'] loop
    execute format('create policy keeping on monitoring.%I using ((select kernel.kind()) = ''official'' and (select kernel.scope()) = ''all'')', name);
  end loop;
end $$;
revoke update, delete on monitoring.told from $app, $relay;

insert into monitoring.objective values
  ('all.availability', '{"zh": "全部操作可用", "en": "All operations available"}', '*', 'availability', 0.999, null, 30),
  ('case.availability', '{"zh": "办件操作可用", "en": "Operations on cases available"}', 'case', 'availability', 0.999, null, 30),
  ('case.latency', '{"zh": "办件操作快", "en": "Operations on cases fast"}', 'case', 'latency', 0.99, 500, 30),
  ('service.latency', '{"zh": "事项查询快", "en": "Services looked up fast"}', 'service', 'latency', 0.99, 500, 30),
  ('session.latency', '{"zh": "登录和会话快", "en": "Signing in fast"}', 'session', 'latency', 0.95, 1000, 30);
insert into monitoring.rule values
  ('checks.bad', '{"name": {"zh": "站点检查不通过", "en": "A check of the site fails"}, "condition": {"kind": "state", "series": "check:*", "atLeast": "bad"}, "forMinutes": 2, "severity": "high", "told": [{"role": "administrator", "afterMinutes": 0}, {"role": "supervisor", "afterMinutes": 30}], "isOn": true}', 1),
  ('checks.warning', '{"name": {"zh": "站点检查需留意", "en": "A check of the site needs attention"}, "condition": {"kind": "state", "series": "check:*", "atLeast": "warning"}, "forMinutes": 30, "severity": "medium", "told": [{"role": "administrator", "afterMinutes": 0}], "isOn": true}', 1),
  ('probes.bad', '{"name": {"zh": "探测目标无应答", "en": "A probed target does not answer"}, "condition": {"kind": "state", "series": "probe:*", "atLeast": "bad"}, "forMinutes": 2, "severity": "high", "told": [{"role": "administrator", "afterMinutes": 0}, {"role": "supervisor", "afterMinutes": 30}], "isOn": true}', 1),
  ('devices.bad', '{"name": {"zh": "网络设备无应答", "en": "A network device does not answer"}, "condition": {"kind": "state", "series": "device:*", "atLeast": "bad"}, "forMinutes": 2, "severity": "high", "told": [{"role": "administrator", "afterMinutes": 0}], "isOn": true}', 1),
  ('links.bad', '{"name": {"zh": "链路中断", "en": "A link is down"}, "condition": {"kind": "state", "series": "link:*", "atLeast": "bad"}, "forMinutes": 2, "severity": "medium", "told": [{"role": "administrator", "afterMinutes": 0}], "isOn": true}', 1),
  ('objectives.fast', '{"name": {"zh": "服务目标快速恶化", "en": "An objective burns fast"}, "condition": {"kind": "burn", "objective": null, "times": 14.4, "shortMinutes": 5, "longMinutes": 60}, "forMinutes": 0, "severity": "critical", "told": [{"role": "administrator", "afterMinutes": 0}, {"role": "supervisor", "afterMinutes": 15}], "isOn": true}', 1),
  ('objectives.middle', '{"name": {"zh": "服务目标持续恶化", "en": "An objective burns steadily"}, "condition": {"kind": "burn", "objective": null, "times": 6, "shortMinutes": 30, "longMinutes": 360}, "forMinutes": 0, "severity": "high", "told": [{"role": "administrator", "afterMinutes": 0}], "isOn": true}', 1),
  ('objectives.slow', '{"name": {"zh": "服务目标缓慢恶化", "en": "An objective burns slowly"}, "condition": {"kind": "burn", "objective": null, "times": 1, "shortMinutes": 360, "longMinutes": 4320}, "forMinutes": 0, "severity": "medium", "told": [{"role": "administrator", "afterMinutes": 0}], "isOn": true}', 1);
`,
};
