import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
import type { Acting } from './database.ts';
import { placeSite } from './zone.ts';

let database: TestDatabase;
const papers = {
  name: 'papers',
  migrations: [{
    id: '0001-papers',
    sql: `
create table papers.folder (id int primary key, title text not null);
create table papers.sheet (id int primary key, folder int not null);
do $$ declare name text; begin
  foreach name in array array['folder', 'sheet'] loop
    execute format('alter table papers.%I enable row level security', name);
    execute format('alter table papers.%I force row level security', name);
    execute format('create policy everyone on papers.%I using (true) with check (true)', name);
  end loop;
end $$;
select kernel.label_table('folder', 'papers.folder', 'id', 1), kernel.label_table('sheet', 'papers.sheet', 'id', 1);
select kernel.label_follows('papers.sheet', 'folder', 'papers.folder', 'id');`,
  }],
};
const official = (clearance: number): Acting => ({ kind: 'official', scope: 'all', departments: [], subjects: [], clearance });
const folders = (actor: Acting) => database.as(actor, (tx) => tx.query<{ id: number }>('select id from papers.folder order by id')).then(({ rows }) => rows.map(({ id }) => id));
const enter = (id: number, secrecy: number | null) => database.as(database.system, (tx) => tx.query('insert into papers.folder (id, title, secrecy) values ($1, $2, $3)', [id, 'x', secrecy]));
const place = (zone: 'extranet' | 'intranet', highest: number) => placeSite(database.config, { zone, highest });

beforeAll(async () => {
  database = await createTestDatabase({ modules: [papers] });
}, 120_000);
afterAll(() => database.drop());

test('an extranet site refuses what is classified, whoever enters it (保守国家秘密法)', async () => {
  await enter(1, null);
  await enter(2, 0);
  for (const label of [2, 3, 4]) await expect(enter(9, label)).rejects.toMatchObject({ code: 'label.classified-in-extranet' });
  await expect(database.as(database.system, (tx) => tx.query('update papers.folder set secrecy = 2 where id = 1'))).rejects.toMatchObject({ code: 'label.classified-in-extranet' });
  await expect(place('extranet', 2)).rejects.toThrow(/holds nothing classified/);
});

test('where a site stands is not for the application to say', async () => {
  await expect(database.as(database.system, (tx) => tx.query(`update kernel.site set zone = 'intranet', highest = 4`))).rejects.toThrow(/permission denied/);
  await expect(database.as(database.system, (tx) => tx.query(`select kernel.set_site('intranet', 4)`))).rejects.toThrow(/permission denied/);
});

test('an intranet site holds labels up to its own highest, and officials read up to their clearance', async () => {
  await place('intranet', 3);
  await enter(3, 3);
  await expect(enter(9, 4)).rejects.toMatchObject({ code: 'label.above-site' });
  expect(await Promise.all([0, 1, 2, 3, 4].map((clearance) => folders(official(clearance))))).toEqual([[2], [1, 2], [1, 2], [1, 2, 3], [1, 2, 3]]);
  await expect(place('extranet', 1)).rejects.toThrow(/holds papers.folder above the label 1/);
});

test('what belongs to an object is entered with its label and follows it; nobody but the platform changes one', async () => {
  await database.as(database.system, (tx) => tx.query('insert into papers.sheet (id, folder) values (1, 1), (3, 3)'));
  const labels = async () => (await database.as(database.system, (tx) => tx.query<{ secrecy: number }>('select secrecy from papers.sheet order by id'))).rows.map(({ secrecy }) => secrecy);
  expect(await labels()).toEqual([1, 3]);
  await database.as(database.system, (tx) => tx.query('update papers.folder set secrecy = 2 where id = 1'));
  expect(await labels()).toEqual([2, 3]);
  await expect(database.as(official(4), (tx) => tx.query('update papers.folder set secrecy = 0 where id = 1'))).rejects.toMatchObject({ code: 'label.not-here' });
  const label = (actor: Acting) => database.as(actor, (tx) => tx.query<{ label: number | null }>(`select kernel.label_of('folder', '3') as label`)).then(({ rows }) => rows[0]?.label);
  expect([await label(official(3)), await label(official(2))]).toEqual([3, null]);
});
