import type { Migration } from '@zhengwu/database';

/** How applications sign people on, what people agreed to, and what the protocol has to remember. The platform alone reads the last. */
export const migration: Migration = {
  id: '0001-sign-on',
  sql: `
create table sign_on.client (
  -- The application of the directory that it belongs to.
  client_id text primary key check (client_id ~ '^[a-z0-9][a-z0-9.-]{2,63}$'),
  redirect_uris text[] not null check (cardinality(redirect_uris) between 1 and 10),
  logout_uris text[] not null check (cardinality(logout_uris) <= 10),
  backchannel_uri text,
  method text not null check (method in ('private_key_jwt', 'tls_client_auth', 'none')),
  -- Public keys (RFC 7517) of an application that signs its requests for tokens.
  keys jsonb,
  -- Credit code of the institution whose certificate stands at the other end.
  institution text,
  -- Access tokens are good only on a connection with the certificate that got them (RFC 8705 §3).
  bound boolean not null,
  scopes text[] not null,
  -- How strongly people must have proved themselves.
  assurance smallint not null check (assurance between 1 and 3),
  -- The city's own: nobody is asked whether it may know who they are.
  own boolean not null,
  changed_at timestamptz not null default now(),
  changed_by_name text not null,
  version int not null default 1,
  check ((method = 'private_key_jwt') = (keys is not null)),
  check ((method = 'tls_client_auth') = (institution is not null)),
  check (not bound or method <> 'none')
);

create table sign_on.consent (
  account uuid not null,
  client_id text not null references sign_on.client on delete cascade,
  scopes text[] not null,
  at timestamptz not null default now(),
  primary key (account, client_id)
);

-- Sessions, interactions, codes, grants and tokens, by the hash of what whoever holds them has to show; what stands in them is sealed.
create table sign_on.artefact (
  kind text not null,
  id_hash text not null,
  uid_hash text,
  grant_hash text,
  -- Whose, by which session of the console; neither for what belongs to no person yet.
  account uuid,
  session uuid,
  client_id text,
  payload text not null,
  consumed_at timestamptz,
  expires_at timestamptz not null,
  primary key (kind, id_hash)
);
create index artefact_grant on sign_on.artefact (grant_hash) where grant_hash is not null;
create index artefact_uid on sign_on.artefact (uid_hash) where uid_hash is not null;
create index artefact_session on sign_on.artefact (session) where session is not null;
create index artefact_expiry on sign_on.artefact (expires_at);

do $$
declare name text;
begin
  foreach name in array array['client', 'consent', 'artefact'] loop
    execute format('alter table sign_on.%I enable row level security', name);
    execute format('alter table sign_on.%I force row level security', name);
    execute format('create policy owner on sign_on.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on sign_on.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('grant select, insert, update, delete on sign_on.%I to $app, $relay', name);
  end loop;
end $$;
-- Whoever keeps applications keeps how they sign people on; an application is closed in the directory and never forgotten here.
create policy keepers on sign_on.client to $app using ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all') with check ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all');
-- People see and withdraw what they agreed to.
create policy own on sign_on.consent to $app using (account::text = (select kernel.account()));

-- Whether the session of the console holds: not signed out, not over, its account neither closed nor locked. \`awake\`: nor idle for too long.
create function sign_on.holds(account_ uuid, session_ uuid, awake boolean) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from identity.session s join identity.account a on a.id = s.account
    where s.id = session_ and a.id = account_ and s.ends_at > now() and (not awake or s.idle_until > now()) and not a.disabled and (a.locked_until is null or a.locked_until <= now()))
$$;

-- What the protocol kept, while it is good: of a person, while their session holds.
create function sign_on.artefact_of(actor jsonb, kind_ text, hash_ text, by_uid boolean) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  found_ sign_on.artefact;
begin
  perform kernel.enter(actor);
  if not kernel.is_system() then return null; end if;
  select * into found_ from sign_on.artefact a where a.kind = kind_ and case when by_uid then a.uid_hash = hash_ else a.id_hash = hash_ end and a.expires_at > now();
  if not found or (found_.session is not null and not sign_on.holds(found_.account, found_.session, kind_ = 'Session')) then return null; end if;
  return jsonb_build_object('id', found_.id_hash, 'payload', found_.payload, 'consumed', extract(epoch from found_.consumed_at)::bigint);
end $$;

-- The registration of an application that is open in the directory.
create function sign_on.client_of(actor jsonb, client text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  found_ jsonb;
begin
  perform kernel.enter(actor);
  if not kernel.is_system() then return null; end if;
  select jsonb_build_object('clientId', c.client_id, 'redirectUris', c.redirect_uris, 'logoutUris', c.logout_uris, 'backchannelUri', c.backchannel_uri, 'method', c.method, 'keys', c.keys,
    'institution', c.institution, 'bound', c.bound, 'scopes', c.scopes, 'assurance', c.assurance, 'own', c.own, 'version', c.version,
    'name', jsonb_build_object('zh', a.name_zh, 'en', a.name_en), 'owner', jsonb_build_object('zh', d.name_zh, 'en', d.name_en)) into found_
  from sign_on.client c join directory.application a on a.client_id = c.client_id join directory.department d on d.id = a.department
  where c.client_id = client and a.active and (a.ends_on is null or a.ends_on >= (now() at time zone 'Asia/Shanghai')::date);
  return found_;
end $$;

-- What applications may learn of an official whose session holds.
create function sign_on.person_of(actor jsonb, account_ uuid, session_ uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  owner_ identity.account;
begin
  perform kernel.enter(actor);
  if not kernel.is_system() or not sign_on.holds(account_, session_, false) then return null; end if;
  select * into owner_ from identity.account a where a.id = account_ and a.kind = 'official';
  if not found then return null; end if;
  return jsonb_build_object('person', owner_.person, 'name', owner_.person_name, 'username', owner_.username, 'means', (select s.means from identity.session s where s.id = session_),
    'posts', (select coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'name', p.name_zh, 'roles', p.roles, 'department', d.code, 'departmentName', d.name_zh) order by p.code), '[]')
      from directory.posts_of(owner_.person) p join directory.department d on d.id = p.department));
end $$;
`,
};
