import { validateHeaderValue } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownPath } from '../routes/open.ts';

const PORTAL = 'https://portal.example';
const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 10 }).map((units) => String.fromCharCode(...units)), fc.constantFrom('//other.example', '/\\other.example', '/\r\nset-cookie: a=b', '/%0d%0a', '/\u007f', 'https://other.example/', '/\ud800')).chain((text) => fc.constantFrom(text, `/${text}`));

// OWASP ASVS 5.0 V1.2.2 and V3.7.2: wherever a form leads back to is a page of ours.
test('whatever is given as the way back, it is a page of ours that fits into a header', () => {
  fc.assert(fc.property(anything, (given) => {
    const path = ownPath(given);
    expect(() => validateHeaderValue('location', path)).not.toThrow();
    expect(new URL(path, PORTAL).origin).toBe(PORTAL);
  }), { numRuns: 2000 });
});

test('pages of ours stay as they are; what is not ASCII is written as addresses write it', () => {
  for (const path of ['/', '/en/services?q=card&page=2', '/my/cases/1#pay', '/services?q=%E8%BA%AB']) expect(ownPath(path)).toBe(path);
  expect(ownPath('/services?q=身份证')).toBe('/services?q=%E8%BA%AB%E4%BB%BD%E8%AF%81');
  for (const path of [null, '', 'services', '//other.example', '/\u0007', `/${'a'.repeat(1000)}`]) expect(ownPath(path)).toBe('/');
});
