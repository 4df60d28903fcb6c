import { expect, test } from 'vitest';
import { isWeak } from './password.ts';

const judged = async (passwords: readonly string[]): Promise<(readonly [string, boolean])[]> => Promise.all(passwords.map(async (one) => [one, await isWeak(one, 'window01')] as const));

// OWASP ASVS 5.0 V6.2.1 and V6.2.4: eight characters at least, none of the most used. V6.1.2 and V6.2.11: none made of the house's own words.
test('passwords that many use, and those made of the house’s words or the account’s name, are refused', async () => {
  const refused = ['short', '11111111', '12345678', 'password1', 'PASSWORD', 'qwertyuiop', 'iloveyou', 'Yunchuan-2027', '2026zhengwu!', 'window01', 'Window01!!'];
  expect(await judged(refused)).toEqual(refused.map((one) => [one, true]));
});

test('long and odd ones are taken as they are, in any script', async () => {
  const taken = ['correct horse battery', '三更灯火五更鸡正是读书', 'tr0ubadour&3x', 'Hengjiang.7421'];
  expect(await judged(taken)).toEqual(taken.map((one) => [one, false]));
});
