import { expect, test } from 'vitest';
import { newSecret, secretUri, stepOf } from './totp.ts';

/** The secret of RFC 6238 appendix B, 20 bytes, base32. */
const RFC = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([[59, '287082'], [1111111109, '081804'], [1111111111, '050471'], [1234567890, '005924'], [2000000000, '279037'], [20000000000, '353130']])(
  'RFC 6238 appendix B: at second %d the code is %s', async (second, code) => {
    expect(await stepOf(RFC, code, 0, second * 1000)).toBe(Math.floor(second / 30));
  },
);

test('a code is good for its own thirty seconds and no longer (OWASP ASVS 5.0 V6.5.5)', async () => {
  const step = Math.floor(1234567890 / 30);
  const at = (second: number) => stepOf(RFC, '005924', 0, second * 1000);
  expect([await at(step * 30), await at(step * 30 + 29)]).toEqual([step, step]);
  expect([await at(step * 30 - 1), await at(step * 30 + 30)]).toEqual([null, null]);
});

test('where a site says so, a code is good one step before and after its own, and no further (RFC 6238 §5.2)', async () => {
  const at = (second: number) => stepOf(RFC, '005924', 0, second * 1000, 1);
  const step = Math.floor(1234567890 / 30);
  expect([await at(1234567890 - 30), await at(1234567890 + 30)]).toEqual([step, step]);
  expect([await at(1234567890 - 61), await at(1234567890 + 60)]).toEqual([null, null]);
});

test('a step that was used is good no more, nor are those before it (RFC 6238 §5.2)', async () => {
  const step = Math.floor(1234567890 / 30);
  expect(await stepOf(RFC, '005924', step - 1, 1234567890_000)).toBe(step);
  expect(await stepOf(RFC, '005924', step, 1234567890_000)).toBeNull();
  expect(await stepOf(RFC, '005924', step + 1, 1234567890_000)).toBeNull();
});

test('what is not six digits is no code', async () => {
  for (const code of ['', '12345', '1234567', 'abcdef', '００５９２４']) expect(await stepOf(RFC, code, 0, 1234567890_000)).toBeNull();
});

test('a secret has 160 bits and its address names the issuer', () => {
  const secret = newSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const uri = new URL(secretUri('云川', 'lin', secret));
  expect([uri.protocol, uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual(['otpauth:', secret, '云川']);
});
