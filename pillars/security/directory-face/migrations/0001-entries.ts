import type { Migration } from '@zhengwu/database';

/** The directory as a tree of entries. Views read as whoever asks: row-level security of the tables below applies. */
export const migration: Migration = {
  id: '0001-entries',
  sql: `
-- RFC 4514 §2.4.
create function directory_face.escaped(value text) returns text language sql immutable as $$
  select regexp_replace(regexp_replace(regexp_replace(value, '([\\\\",+<>;=])', '\\\\\\1', 'g'), '^([ #])', '\\\\\\1'), ' $', '\\\\ ')
$$;
-- The family name: of two characters where it is one of the usual double names (GB/T 28039 writes it apart), else the first; the last word of a name in Latin letters.
create function directory_face.surname(name text) returns text language sql immutable as $$
  select case when name !~ '^[一-龥]' then coalesce(nullif(split_part(name, ' ', -1), ''), name)
    when char_length(name) > 2 and left(name, 2) in ('欧阳', '司马', '上官', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '令狐', '长孙', '司徒', '夏侯', '轩辕', '端木') then left(name, 2)
    else left(name, 1) end
$$;

create view directory_face.place with (security_invoker = true) as
  with recursive place (id, path) as (
    select d.id, array[d.code] from directory.department d
      where d.closed_at is null and (d.region_parent is null or exists (select from directory.department p where p.id = d.region_parent and p.closed_at is not null))
    union all
    select d.id, p.path || d.code from directory.department d join place p on d.region_parent = p.id where d.closed_at is null and cardinality(p.path) < 30
  )
  select d.id, d.code, d.name_zh, d.name_en, d.phone, d.address_zh, p.path from directory.department d join place p using (id);

create view directory_face.seat with (security_invoker = true) as
  select h.person, s.id as post, s.name_zh as title, s.roles, s.department, d.code as department_code, d.name_zh as department_name, d.phone
  from directory.holding h join directory.post s on s.id = h.post join directory.department d on d.id = s.department
  where h.until is null and (h.ends_at is null or h.ends_at > now());

-- Groups that the directory knows without anybody keeping them: who holds a role, who belongs to a department; and those that somebody keeps.
create view directory_face.membership with (security_invoker = true) as
  select distinct m.cn, m.person, p.account from (
    select 'role.' || r.code as cn, s.person from directory_face.seat s cross join lateral unnest(s.roles) r (code)
    union all
    select 'department.' || s.department_code, s.person from directory_face.seat s
    union all
    select 'group.' || g.code, m.person from directory.people_group g join directory.group_member m on m.group_id = g.id) m
  join directory.person p on p.id = m.person where p.active and p.account is not null;

create view directory_face.team with (security_invoker = true) as
  select t.cn, t.name_zh, t.name_en from (
    select 'role.' || code as cn, name_zh, name_en from directory.role
    union all
    select 'department.' || code, name_zh, name_en from directory.department where closed_at is null
    union all
    select 'group.' || code, name_zh, name_en from directory.people_group) t;

grant select on directory_face.place, directory_face.seat, directory_face.membership, directory_face.team to $app, $relay;
`,
};
