import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '@zhengwu/config';
import { columnRing } from '@zhengwu/crypto';
import { fileKeys } from '../files.ts';
import { renewDue } from './renewing.ts';
import { currentOf, signingPurposes, storeOf } from './signing.ts';

const after = (months: number): Date => {
  const day = new Date();
  day.setUTCMonth(day.getUTCMonth() + months);
  return day;
};

test('a key that has served as long as the policy lets it is renewed by the site itself, and none before (OWASP ASVS 5.0 V13.3.4)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-due-'));
  const config = readConfig({ ZHENGWU_PORTAL_SECRET: 'a-secret-of-the-tests-portal-000000', ZHENGWU_KEY_PASSPHRASE: 'a-passphrase-of-the-tests', ZHENGWU_DATA: folder });
  const [licences, , signOn] = signingPurposes as [(typeof signingPurposes)[number], unknown, (typeof signingPurposes)[number]];
  try {
    const first = await (await storeOf(config, licences)).current(licences.purpose);
    await (await storeOf(config, signOn)).current(signOn.purpose);
    const [columns] = [await columnRing(config)?.current(), await fileKeys(config).current()];
    expect(await renewDue(config, after(11))).toEqual([]);
    expect((await renewDue(config, after(13))).map(({ purpose }) => purpose)).toEqual(['sign-on', 'files']);
    expect((await renewDue(config, after(25))).map(({ purpose }) => purpose)).toEqual(['licences', 'sign-on', 'columns', 'files']);
    const store = await storeOf(config, licences);
    expect((await store.find(first.kid))?.retiredAt).toBe((await currentOf(store, licences))?.createdAt);
    expect((await columnRing(config)?.current())?.id).not.toBe(columns?.id);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
