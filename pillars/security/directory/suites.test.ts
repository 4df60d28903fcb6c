import { createTestSite, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { directoryModule } from './module.ts';
import { openPrincipals } from './principals.ts';

let made: TestSite;
beforeAll(async () => {
  made = await createTestSite({ modules: [directoryModule] });
}, 60_000);
afterAll(() => made.drop());

test('after ZHENGWU_CRYPTO_SUITE is changed numbers are sealed with SM4 (GB/T 32907), and those sealed before are found and read', async () => {
  const [before, after] = (['intl', 'gm'] as const).map((suite) => openPrincipals(made.database, 'a secret of the tests', suite));
  const person = (identifier: string) => ({ kind: 'person' as const, name: '林知夏', identifier, phone: null, email: null });
  const [old, fresh] = ['11010519491231002X', '440524188001010014'];
  await before?.enter(person(old));
  await after?.enter(person(fresh));
  for (const principals of [before, after]) for (const number of [old, fresh]) expect((await principals?.byIdentifier(number))?.identifier).toBe(number);
  const { rows } = await made.database.as(made.database.system, (tx) => tx.query<{ algorithm: string }>(`select split_part(identifier_sealed, ':', 1) as algorithm from directory.principal order by 1`));
  expect(rows.map(({ algorithm }) => algorithm)).toEqual(['aes-256-gcm', 'sm4-ctr-hmac-sm3']);
});
