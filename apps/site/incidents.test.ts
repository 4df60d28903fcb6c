import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { key, openCity, type TestCity } from './test/city.ts';
import { applyForCard } from './test/people.ts';

let city: TestCity;
beforeAll(async () => {
  city = await openCity();
}, 120_000);
afterAll(() => city.close());

test('an administrator sees which process is held and tries it again; others may do neither', async () => {
  const caseId = await applyForCard(city, await city.citizen('citizen01'));
  const { database } = city.site;
  // The token of the open task, as an incident at its beginning would hold it.
  await database.as(database.system, async (tx) => {
    await tx.query(`update processes.instance i set state = jsonb_set(i.state, '{t}', (select jsonb_agg(case when t.token->>'i' = (select k.token::text from cases.task k where k.case_id = i.id and k.status in ('open', 'claimed') limit 1)
      then t.token || '{"x": "begin"}' else t.token end) from jsonb_array_elements(i.state->'t') t(token))) where i.id = $1`, [caseId]);
    await tx.query(`select events.append('case.incident', $1, '{"element": "accept", "reason": "test"}')`, [caseId]);
  });
  const admin = await city.official('admin');
  const listed = async () => (await admin.call(api.listIncidents, { query: {} })).items.map((one) => one.caseId);
  await expect.poll(listed, { timeout: 10_000 }).toEqual([caseId]);
  const retry = (client: api.Client) => client.call(api.retryIncident, { params: { id: caseId }, idempotencyKey: key() });
  await expect(retry(await city.official('window01'))).rejects.toMatchObject({ problem: { status: 403 } });
  expect(await retry(admin)).toEqual({ held: 0 });
  expect(await listed()).toEqual([]);
  await expect(retry(admin)).rejects.toMatchObject({ problem: { code: 'case.wrong-state' } });
});
