import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool } from '@zhengwu/database';
import { openCity, type TestCity } from './test/city.ts';
import { applyForCard } from './test/people.ts';

interface Seen {
  case: { applicant_name: string };
  history: { title_zh: string }[];
}

let city: TestCity;
beforeAll(async () => {
  city = await openCity();
}, 120_000);
afterAll(() => city.close());

test('a case is read as it stood at one moment: its own row and its lines agree while both change', async () => {
  const id = await applyForCard(city, await city.citizen('citizen01'));
  const { database } = city.site;
  const pool = openPool(database.config, database.config.owner, 1);
  let isOver = false;
  const changing = (async () => {
    for (let n = 0; !isOver; n += 1) {
      await pool.query(`with line as (update cases.history set title_zh = '甲${n}' where case_id = '${id}') update cases.case set applicant_name = '甲${n}' where id = '${id}'`);
    }
    await pool.end();
  })();
  const names = new Set<string>();
  while (names.size < 60) {
    const { rows: [line] } = await database.ask<{ whole: Seen }>(database.system, 'cases.view', 'select cases.view($1::jsonb, $2) as whole', [id]);
    const { case: row, history } = (line as { whole: Seen }).whole;
    if (!row.applicant_name.startsWith('甲')) continue;
    names.add(row.applicant_name);
    expect(new Set(history.map((line) => line.title_zh))).toEqual(new Set([row.applicant_name]));
  }
  isOver = true;
  await changing;
}, 30_000);
