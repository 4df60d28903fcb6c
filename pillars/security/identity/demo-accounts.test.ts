import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaveDemo, refuseDemoAccounts } from './demo-accounts.ts';
import { openTown, type Town } from './identity.fixture.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown({ ZHENGWU_DEMO: 'off' });
});
afterAll(() => town.close());

test('a real site does not start while an account has the demonstration’s password; it names them and the remedy (GB/T 22239: default accounts)', async () => {
  await expect(town.site.start()).rejects.toThrow(/^4 accounts still have the demonstration's password \(admin, security, window01, lin\): run npx zhengwu accounts leave-demo/);
});

test('leaving the demonstration disables accounts, and those kept get a one-time password that must be changed', async () => {
  const { database } = town.site;
  const { accounts, disabled, unknown } = await database.as(database.system, (tx) => leaveDemo(tx, ['admin', 'nobody']));
  expect([disabled, accounts.map((one) => one.username), unknown]).toEqual([3, ['admin'], ['nobody']]);
  const ask = await town.enter('admin', accounts[0]?.password);
  expect((await ask('GET', '/api/session')).body).toMatchObject({ mustChange: true, mustEnrol: true });
  expect((await town.anybody('POST', '/api/session', { account: 'window01', password: 'Yunchuan-2026' })).status).toBe(401);
  await refuseDemoAccounts(database);
});
