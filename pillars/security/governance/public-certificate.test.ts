import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { whyNotPublic } from './public-certificate.ts';

const valid = rootCertificates.filter((one) => Date.parse(new X509Certificate(one).validTo) > Date.parse('2027-01-01'));
const [first = '', second = ''] = valid;
const now = new Date('2026-11-23T00:00:00Z');

test('a certificate counts as public by an authority that browsers know, and by no other (OWASP ASVS 5.0 V12.2.2)', () => {
  expect(whyNotPublic(first, valid, now)).toBeNull();
  expect(whyNotPublic(first, valid.slice(1), now)).toContain('no public authority');
  expect(whyNotPublic(`${second}\n${first}`, valid, now)).toContain('the chain breaks');
  expect(whyNotPublic(first, valid, new Date('2126-01-01'))).toContain('not valid now');
  expect(whyNotPublic('', valid, now)).toBe('no certificate');
});
