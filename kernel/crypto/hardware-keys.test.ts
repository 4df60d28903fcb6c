import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { openHardwareKeys, readListing } from './hardware-keys.ts';
import type { TokenProgram } from './token-program.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pointOf = (key: KeyObject): string => key.export({ format: 'der', type: 'spki' }).subarray(-65).toString('hex');
const point = pointOf(publicKey);
const other = pointOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
const object = (label: string, parameters = '06082a8648ce3d030107', at = point): string =>
  `Public Key Object; EC  EC_POINT 256 bits\n  EC_POINT:   0441${at}\n  EC_PARAMS:  ${parameters}\n  label:      ${label}\n  ID:         0a0b\n  Access:     local\n`;
const place = { module: 'none', token: 'none', pinFile: 'none' };

test('a listing of the token shows our keys and passes over those of others', () => {
  const listing = [object('zhengwu/audit/1700000000000'), object('somebody else'), object('zhengwu/audit/1700000000001', '06052b81040022'), 'Certificate Object; type = X.509 cert\n  label:      x\n'].join('');
  expect(readListing(listing).map(({ id, purpose, made }) => [id, purpose, made])).toEqual([['0a0b', 'audit', 1_700_000_000_000]]);
  expect(readListing('')).toEqual([]);
});

test('keys that another process made in the token are found when they are asked for, and a silent module leaves those known', async () => {
  vi.useFakeTimers();
  try {
    let answers: string | undefined = object('zhengwu/audit/1700000000000');
    const store = await openHardwareKeys(place, async () => {
      if (answers === undefined) throw new Error('silent');
      return Buffer.from(answers);
    });
    const first = await store.current('audit');
    answers = `${answers}${object('zhengwu/audit/1700000000001', undefined, other)}`;
    expect((await store.current('audit')).kid).toBe(first.kid);
    vi.advanceTimersByTime(10_001);
    const second = await store.current('audit');
    expect([second.kid === first.kid, (await store.find(first.kid))?.retiredAt]).toEqual([false, second.createdAt]);
    answers = undefined;
    vi.advanceTimersByTime(60_000);
    expect((await store.all()).map(({ kid }) => kid)).toEqual([first.kid, second.kid]);
    expect(await store.find('unknown')).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

test('a signature that the module answers is checked before it is handed on', async () => {
  let honest = true;
  const program: TokenProgram = async (args) =>
    args[0] === '--list-objects' ? Buffer.from(object('zhengwu/audit/1700000000000')) : sign('sha256', Buffer.from(honest ? 'text' : 'another'), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const key = await (await openHardwareKeys(place, program)).current('audit');
  expect(await key.sign('text')).toHaveLength(64);
  honest = false;
  await expect(key.sign('text')).rejects.toThrow(/not its key/);
});
