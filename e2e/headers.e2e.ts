import { describe, expect, inject, test } from 'vitest';

const { portal, site } = inject('addresses');

/** OWASP Secure Headers Project: what every answer carries, and what none does. */
const EVERYWHERE: Readonly<Record<string, RegExp>> = {
  'x-content-type-options': /^nosniff$/,
  'content-security-policy': /frame-ancestors 'none'/,
  'cross-origin-resource-policy': /^same-origin$/,
  'x-permitted-cross-domain-policies': /^none$/,
};
const PAGES: Readonly<Record<string, RegExp>> = {
  ...EVERYWHERE,
  'content-security-policy': /^(?!.*unsafe).*script-src 'self'/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^(?:same-origin|no-referrer|strict-origin-when-cross-origin)$/,
  'permissions-policy': /camera=\(\).*geolocation=\(\)/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-embedder-policy': /^require-corp$/,
};
const NOWHERE = ['server', 'x-powered-by', 'x-aspnet-version', 'x-xss-protection', 'public-key-pins', 'access-control-allow-origin', 'access-control-allow-credentials'];

const ELSEWHERE = 'https://elsewhere.example';

describe('OWASP secure headers and CORS on the running city', () => {
  test.each([
    ['portal, home', `${portal}/`], ['portal, sign-in', `${portal}/sign-in`], ['portal, a page that is not there', `${portal}/nowhere`], ['console', `${site}/console/`], ['console, a page of its router', `${site}/console/workbench`],
  ])('%s: all that a page carries', async (_, address) => {
    const { headers } = await fetch(address, { headers: { accept: 'text/html', origin: ELSEWHERE } });
    for (const [name, wanted] of Object.entries(PAGES)) expect.soft(headers.get(name) ?? 'missing', name).toMatch(wanted);
    for (const name of NOWHERE) expect.soft(headers.get(name), name).toBeNull();
  });

  test.each([
    ['API, public', `${site}/api/services`], ['API, refused', `${site}/api/cases`], ['API, unknown', `${site}/api/nowhere`], ['health', `${site}/healthz`],
  ])('%s: all that an answer carries, and it is kept by no cache', async (_, address) => {
    const { headers } = await fetch(address, { headers: { origin: ELSEWHERE } });
    for (const [name, wanted] of Object.entries(EVERYWHERE)) expect.soft(headers.get(name) ?? 'missing', name).toMatch(wanted);
    expect.soft(headers.get('cache-control')).toBe('no-store');
    for (const name of NOWHERE) expect.soft(headers.get(name), name).toBeNull();
  });

  test.each([portal, site])('%s: another origin gets no permission by preflight, and its pages can change nothing', async (base) => {
    const preflight = await fetch(`${base}/api/session`, { method: 'OPTIONS', headers: { origin: ELSEWHERE, 'access-control-request-method': 'POST' } });
    expect(preflight.status).toBeGreaterThanOrEqual(400);
    expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    const post = await fetch(`${base}/sign-in`, { method: 'POST', redirect: 'manual', headers: { origin: ELSEWHERE, 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' }, body: 'account=a&password=b' });
    expect(post.status).toBeGreaterThanOrEqual(400);
    expect(post.headers.get('set-cookie') ?? '').not.toMatch(/token/);
  });

  test('cookies: not for scripts, not for other sites', async () => {
    const answer = await fetch(`${portal}/sign-in`);
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/SameSite=(?:Lax|Strict)/i);
  });
});
