import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, newKeys, openBrowser } from './relying.fixture.ts';
import { BACK, BYE, openTown, type Town } from './sign-on.fixture.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  await town.register('meetings');
  await town.register('reading', { own: false });
  await town.register('pocket', { method: 'none', keys: null, own: false });
  await town.register('narrow', { scopes: ['openid'] });
}, 60_000);
afterAll(() => town.close());

/** How the standard names what was refused. */
const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'went through', (error: { error?: string; status?: number; cause?: { error?: string } }) => error.error ?? error.cause?.error ?? String(error));
const refresh = (config: oidc.Configuration, token: string | undefined) => oidc.refreshTokenGrant(config, token ?? '');
const browserOf = async (account: string) => (await town.official(account)).browser();
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 100 && !(await holds()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
};

test('of two that show one code at once, one gets tokens, and no longer than that', async () => {
  const config = await town.rp('meetings');
  const { address, checks } = await ask(config, BACK, 'openid');
  const end = new URL((await (await browserOf('reviewer')).follow(address)).address);
  const results = await Promise.all([1, 2, 3].map(() => refusal(oidc.authorizationCodeGrant(config, end, checks))));
  expect(results.filter((one) => one === 'went through').length).toBeLessThanOrEqual(1);
  expect(results.filter((one) => one === 'invalid_grant').length).toBeGreaterThanOrEqual(2);
});

test('who is not the application gets nothing: another key, no key, an assertion shown twice, another redirect address, no PKCE', async () => {
  const stranger = await newKeys();
  const browser = await browserOf('reviewer');
  const real = await town.rp('meetings');
  const codeFor = async () => {
    const { address, checks } = await ask(real, BACK, 'openid');
    return { end: new URL((await browser.follow(address)).address), checks };
  };
  for (const auth of [oidc.PrivateKeyJwt({ key: stranger.key, kid: 'k1' }), oidc.None(), oidc.ClientSecretBasic('guess')]) {
    const { end, checks } = await codeFor();
    expect(await refusal(oidc.authorizationCodeGrant(await town.rp('meetings', auth), end, checks))).toMatch(/invalid_client|invalid_request|challenge/);
  }
  const elsewhere = await browser.follow((await ask(real, 'http://127.0.0.1:9556/evil', 'openid')).address);
  expect(elsewhere).toMatchObject({ status: 400 });
  expect(elsewhere.address.startsWith(`${town.issuer}/auth`)).toBe(true);
  expect(elsewhere.policy).not.toContain('9556');
  expect(elsewhere.page).toContain('未能登录');
  const bare = new URL((await ask(real, BACK, 'openid')).address);
  bare.searchParams.delete('code_challenge');
  bare.searchParams.delete('code_challenge_method');
  expect((await browser.follow(bare.href)).address).toContain('error=invalid_request');
  const plain = new URL((await ask(real, BACK, 'openid')).address);
  plain.searchParams.set('code_challenge_method', 'plain');
  expect((await browser.follow(plain.href)).address).toContain('error=invalid_request');
});

test('an assertion is good once (RFC 7523 §3)', async () => {
  const bodies: string[] = [];
  const config = await town.rp('meetings');
  config[oidc.customFetch] = (address, init) => {
    bodies.push(String(init.body));
    return fetch(address, init as RequestInit);
  };
  const tokens = await town.enter(config, await browserOf('reviewer'));
  const used = new URLSearchParams(bodies.at(-1));
  const again = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '', client_id: 'meetings', client_assertion: used.get('client_assertion') ?? '', client_assertion_type: used.get('client_assertion_type') ?? '' });
  const response = await fetch(`${town.issuer}/token`, { method: 'POST', body: again });
  expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([401, 'invalid_client']);
});

test('consent: asked once, in a page without scripts, remembered, refused as the standard says, withdrawn with all it gave', async () => {
  const config = await town.rp('reading');
  const person = await town.official('reviewer');
  const browser = person.browser();
  const asked = await ask(config, BACK, 'openid profile');
  const shown = await browser.follow(asked.address);
  expect(shown.page).toContain('会议系统');
  expect(shown.page).toContain('姓名和账号名');
  expect(shown.page).not.toContain('<script');
  expect(shown.policy).toContain("form-action 'self' http://127.0.0.1:9555");
  const token = /name="token" value="([^"]+)"/.exec(shown.page ?? '')?.[1] ?? '';
  const forged = await browser.go(shown.address, { method: 'POST', body: new URLSearchParams({ token: 'x', answer: 'agree' }) });
  expect(forged.status).toBe(410);
  const agreed = await browser.follow(shown.address, { method: 'POST', body: new URLSearchParams({ token, answer: 'agree' }) });
  const tokens = await oidc.authorizationCodeGrant(config, new URL(agreed.address), asked.checks);
  expect((await browser.follow((await ask(config, BACK, 'openid profile')).address)).address).toContain(BACK);
  expect((await browser.follow((await ask(config, BACK, 'openid org')).address)).page).toContain('所在部门和岗位');
  expect((await person.api('GET', '/api/sign-on/consents')).body['items']).toMatchObject([{ clientId: 'reading', scopes: ['openid', 'profile'] }]);
  expect((await person.api('DELETE', '/api/sign-on/consents/reading')).body).toEqual({ withdrawn: true });
  expect(await refusal(refresh(config, tokens.refresh_token))).toBe('invalid_grant');
  const more = await browser.follow((await ask(config, BACK, 'openid profile')).address);
  const refuse = /name="token" value="([^"]+)"/.exec(more.page ?? '')?.[1] ?? '';
  expect((await browser.follow(more.address, { method: 'POST', body: new URLSearchParams({ token: refuse, answer: 'refuse' }) })).address).toContain('error=access_denied');
});

test('who is not signed in is sent to the console by way of our own page, and comes back', async () => {
  const config = await town.rp('meetings');
  const stranger = openBrowser(town.origin);
  const { address, checks } = await ask(config, BACK, 'openid');
  const hop = await stranger.follow(address);
  const next = /url=([^"]+)"/.exec(hop.page ?? '')?.[1] ?? '';
  const away = await stranger.follow(next);
  expect(away.address).toMatch(/\/console\/sign-on\/[\w-]+$/);
  const person = await town.official('reviewer');
  const uid = away.address.split('/').at(-1) ?? '';
  const ready = await person.api('POST', `/api/sign-on/interactions/${uid}`);
  expect(ready.body).toEqual({ next: `/sso/interaction/${uid}` });
  const [name, value] = person.cookie.split('=') as [string, string];
  stranger.cookies.set(name, value);
  const end = await stranger.follow(ready.body['next'] as string);
  expect((await oidc.authorizationCodeGrant(config, new URL(end.address), checks)).access_token).toBeTruthy();
});

test('OIDC Core §3.1.2.1: prompt=login and max_age ask for a fresh proof, acr_values for a stronger one; prompt=none never shows a page', async () => {
  const config = await town.rp('meetings');
  const person = await town.official('reviewer');
  const browser = person.browser();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  for (const more of [{ prompt: 'login' }, { max_age: '0' }, { acr_values: 'urn:zhengwu:assurance:3' }] as Record<string, string>[]) {
    const away = await browser.follow((await ask(config, BACK, 'openid', more)).address);
    expect(away.address, JSON.stringify(more)).toContain('/console/sign-on/');
    const refused = await person.api('POST', `/api/sign-on/interactions/${away.address.split('/').at(-1)}`);
    expect([refused.status, refused.body.code]).toEqual([403, 'session.step-up']);
  }
  const nobody = openBrowser(town.origin);
  expect((await nobody.follow((await ask(config, BACK, 'openid', { prompt: 'none' })).address)).address).toContain('error=login_required');
  expect((await town.enter(config, browser, 'openid', { acr_values: 'urn:zhengwu:assurance:2' })).claims()?.['acr']).toBe('urn:zhengwu:assurance:2');
});

test('RP-Initiated Logout 1.0: asked of the person, then console and all applications end together', async () => {
  const config = await town.rp('meetings');
  const person = await town.official('reviewer');
  const browser = person.browser();
  const tokens = await town.enter(config, browser);
  town.told.tokens.length = 0;
  const strange = oidc.buildEndSessionUrl(config, { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: 'http://127.0.0.1:9556/evil' });
  expect((await browser.follow(strange.href)).status).toBe(400);
  const page = await browser.follow(oidc.buildEndSessionUrl(config, { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: BYE, state: 's1' }).href);
  expect(page.page).toContain('全部退出');
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.page ?? '')?.[1] ?? '';
  const end = await browser.follow('/sso/session/end/confirm', { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
  expect(end.address).toBe(`${BYE}?state=s1`);
  expect((await person.api('GET', '/api/session')).status).toBe(401);
  expect(await refusal(refresh(config, tokens.refresh_token))).toBe('invalid_grant');
  await until(() => town.told.tokens.length > 0);
  expect(decodeJwt(town.told.tokens[0] ?? '')).toMatchObject({ aud: 'meetings', sid: tokens.claims()?.['sid'] });
});

test('an application that is closed, or whose settings are taken away, is refused at once', async () => {
  await town.register('brief');
  const config = await town.rp('brief');
  const browser = await browserOf('reviewer');
  const tokens = await town.enter(config, browser);
  await town.sql(`update directory.application set active = false where client_id = 'brief'`);
  expect(await refusal(refresh(config, tokens.refresh_token))).toBe('invalid_client');
  expect(await refusal(oidc.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub as string))).not.toBe('went through');
  expect((await browser.follow((await ask(config, BACK, 'openid')).address)).page).toContain('invalid_client');
});

test('keys are replaced and both published; what the old one signed is still believed', async () => {
  const config = await town.rp('meetings');
  const browser = await browserOf('reviewer');
  const before = await town.enter(config, browser);
  const security = await town.official('security');
  const { body } = await security.api('POST', '/api/sign-on/keys');
  const { keys } = (await (await fetch(`${town.issuer}/jwks`)).json()) as { keys: { kid: string; d?: string }[] };
  expect(keys.map((one) => one.kid)).toEqual([body['kid'], decodeProtectedHeader(before.id_token ?? '').kid]);
  expect(keys.some((one) => one.d !== undefined)).toBe(false);
  expect(decodeProtectedHeader((await town.enter(await town.rp('meetings'), browser)).id_token ?? '').kid).toBe(body['kid']);
  expect((await browser.follow(oidc.buildEndSessionUrl(config, { id_token_hint: before.id_token ?? '' }).href)).status).toBe(200);
});

test('what happened is in the trail: who signed on to what, tokens, refusals, leaving', async () => {
  const rows = await town.sql<{ event: string; subject: string; n: number }>(`select event, subject, count(*)::int as n from audit.record where event like 'signOn.%' group by 1, 2`);
  const seen = new Set(rows.map((one) => `${one.event} ${one.subject}`));
  for (const one of ['signOn.entered meetings', 'signOn.tokens meetings', 'signOn.refused meetings', 'signOn.left meetings', 'signOn.agreed reading', 'signOn.withdrawn reading', 'signOn.clientChanged meetings']) expect(seen).toContain(one);
  const [entered] = await town.sql<{ account: string }>(`select account::text as account from audit.record where event = 'signOn.entered' limit 1`);
  expect(entered?.account).toMatch(/^[0-9a-f-]{36}$/);
});

test('a client that has no key to show asks people each time, remembered or not (OWASP ASVS 5.0 V10.7.1)', async () => {
  const config = await town.rp('pocket', oidc.None());
  const browser = await browserOf('reviewer');
  for (const time of [1, 2]) {
    const asked = await ask(config, BACK, 'openid');
    const shown = await browser.follow(asked.address);
    const token = /name="token" value="([^"]+)"/.exec(shown.page ?? '')?.[1] ?? '';
    expect(token, `time ${time}`).not.toBe('');
    expect(shown.page).toContain('每次都会询问您');
    const end = await browser.follow(shown.address, { method: 'POST', body: new URLSearchParams({ token, answer: 'agree' }) });
    expect((await oidc.authorizationCodeGrant(config, new URL(end.address), asked.checks)).access_token).toBeTruthy();
  }
});

test('what is offered is what is needed: codes, refresh, S256, no registration, no implicit answers, scopes as registered', async () => {
  const found = (await (await fetch(`${town.issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
  expect(found).toMatchObject({ issuer: town.issuer, response_types_supported: ['code'], grant_types_supported: ['authorization_code', 'refresh_token'], code_challenge_methods_supported: ['S256'], subject_types_supported: ['pairwise'], id_token_signing_alg_values_supported: ['ES256'], token_endpoint_auth_methods_supported: ['private_key_jwt', 'tls_client_auth', 'none'] });
  expect(found['registration_endpoint']).toBeUndefined();
  expect((await fetch(`${town.issuer}/reg`, { method: 'POST', body: '{}' })).status).toBe(404);
  const browser = await browserOf('reviewer');
  const implicit = new URL((await ask(await town.rp('meetings'), BACK, 'openid')).address);
  implicit.searchParams.set('response_type', 'id_token');
  expect((await browser.follow(implicit.href)).address).toContain('error=');
  expect((await browser.follow((await ask(await town.rp('narrow'), BACK, 'openid org')).address)).address).toContain('error=invalid_scope');
});

test('a code is good for a minute, an access token for ten, a refresh token as long as the session at the console', async () => {
  const config = await town.rp('meetings');
  const person = await town.official('reviewer');
  const tokens = await town.enter(config, person.browser());
  const rows = await town.sql<{ kind: string; seconds: number }>(`select kind, max(extract(epoch from expires_at - now()))::int as seconds from sign_on.artefact group by 1`);
  const longest = Object.fromEntries(rows.map((one) => [one.kind, one.seconds]));
  expect(longest['AuthorizationCode']).toBeLessThanOrEqual(60);
  expect(longest['AccessToken']).toBeLessThanOrEqual(600);
  await town.sql(`update identity.session set idle_until = now() - interval '1 second'`);
  const next = await refresh(config, tokens.refresh_token);
  expect((await person.browser().follow((await ask(config, BACK, 'openid')).address)).page).toContain('继续登录');
  await town.sql(`update identity.session set ends_at = now() - interval '1 second'`);
  expect(await refusal(refresh(config, next.refresh_token))).toBe('invalid_grant');
});

test('what a client writes of hosts and addresses changes nothing: the endpoints are the configured ones', async () => {
  const { request } = await import('node:http');
  const body = await new Promise<string>((resolve, reject) => request(`${town.issuer}/.well-known/openid-configuration`, { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' } }, (response) => {
    let text = '';
    response.on('data', (chunk: Buffer) => (text += chunk.toString()));
    response.on('end', () => resolve(text));
  }).on('error', reject).end());
  expect(body).not.toContain('evil.example');
  expect(JSON.parse(body)).toMatchObject({ token_endpoint: `${town.issuer}/token` });
});
