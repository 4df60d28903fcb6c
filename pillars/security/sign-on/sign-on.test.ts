import { createHash } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, createLocalJWKSet } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endOver } from './logout.ts';
import { ask } from './relying.fixture.ts';
import { BACK, openTown, type Town } from './sign-on.fixture.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  await town.register('meetings');
  await town.register('canteen');
}, 60_000);
afterAll(() => town.close());

/** How the standard names what was refused. */
const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'went through', (error: { error?: string; status?: number; cause?: { error?: string } }) => error.error ?? error.cause?.error ?? String(error));
const refresh = (config: oidc.Configuration, token: string | undefined) => oidc.refreshTokenGrant(config, token ?? '');
const browserOf = async (account: string) => (await town.official(account)).browser();
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 100 && !(await holds()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
};

test('OIDC Core §3.1, RFC 7636, RFC 7523: a code with PKCE and a signed request for tokens; claims by scope, one subject an application', async () => {
  const config = await town.rp('meetings');
  const browser = await browserOf('reviewer');
  const tokens = await town.enter(config, browser);
  const claims = tokens.claims();
  expect(claims).toMatchObject({ iss: town.issuer, aud: 'meetings', amr: ['pwd'] });
  expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe('ES256');
  const person = await oidc.fetchUserInfo(config, tokens.access_token, claims?.sub as string);
  expect(person).toMatchObject({ name: '审核员', preferred_username: 'reviewer', departments: [{ code: 'YC', name: '市政府' }], posts: [{ code: 'YC.reviewer', department: 'YC' }] });
  expect(person['roles']).toBeUndefined();
  const other = await town.enter(await town.rp('canteen'), browser, 'openid roles');
  expect(other.claims()?.sub).not.toBe(claims?.sub);
  expect(await oidc.fetchUserInfo(await town.rp('canteen'), other.access_token, other.claims()?.sub as string)).toMatchObject({ roles: ['reviewer'] });
});

test('nothing that is kept opens anything: hashes and sealed payloads alone', async () => {
  const config = await town.rp('meetings');
  const tokens = await town.enter(config, await browserOf('reviewer'));
  const rows = JSON.stringify(await town.sql('select * from sign_on.artefact'));
  for (const secret of [tokens.access_token, tokens.refresh_token ?? '', '审核员', 'preferred_username']) expect(rows).not.toContain(secret);
  expect(rows).toContain(createHash('sha256').update(tokens.access_token).digest('hex'));
  const asOfficial = await town.site.database.as({ kind: 'official', scope: 'all', departments: [], subjects: [], clearance: 4 }, (tx) => tx.query('select from sign_on.artefact'));
  expect(asOfficial.rowCount).toBe(0);
});

test('RFC 6749 §4.1.2, RFC 9700 §2.1: a code is good once, for who asked, with the verifier; shown again, all that came of it ends', async () => {
  const config = await town.rp('meetings');
  const browser = await browserOf('reviewer');
  const { address, checks } = await ask(config, BACK, 'openid');
  const end = new URL((await browser.follow(address)).address);
  const wrong = { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
  expect(await refusal(oidc.authorizationCodeGrant(config, end, wrong))).toBe('invalid_grant');
  const again = await ask(config, BACK, 'openid');
  const second = new URL((await browser.follow(again.address)).address);
  const tokens = await oidc.authorizationCodeGrant(config, second, again.checks);
  expect(await refusal(oidc.authorizationCodeGrant(config, second, again.checks))).toBe('invalid_grant');
  expect(await refusal(refresh(config, tokens.refresh_token))).toBe('invalid_grant');
  expect(await refusal(oidc.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub as string))).not.toBe('went through');
});

test('RFC 9700 §4.14: a refresh token is replaced at each use; the old one shown again ends the whole grant', async () => {
  const config = await town.rp('meetings');
  const first = await town.enter(config, await browserOf('reviewer'));
  const second = await refresh(config, first.refresh_token);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect(await refusal(refresh(config, first.refresh_token))).toBe('invalid_grant');
  expect(await refusal(refresh(config, second.refresh_token))).toBe('invalid_grant');
});

test('a leaver, and who signs out, loses everything at once; the application is told by a signed token', async () => {
  const config = await town.rp('meetings');
  const person = await town.official('leaver');
  const tokens = await town.enter(config, person.browser());
  const stays = await town.enter(config, await browserOf('reviewer'));
  town.told.tokens.length = 0;
  await town.sql(`update identity.account set disabled = true where username = 'leaver'`);
  expect(await refusal(refresh(config, tokens.refresh_token))).toBe('invalid_grant');
  expect(await refusal(oidc.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub as string))).not.toBe('went through');
  expect((await refresh(config, stays.refresh_token)).access_token).toBeTruthy();
  await endOver(town.site.site);
  await until(() => town.told.tokens.length > 0);
  const jwks = createLocalJWKSet((await (await fetch(`${town.issuer}/jwks`)).json()) as never);
  const { payload, protectedHeader } = await jwtVerify(town.told.tokens[0] ?? '', jwks, { issuer: town.issuer, audience: 'meetings', typ: 'logout+jwt' });
  expect(payload).toMatchObject({ sub: tokens.claims()?.sub, sid: tokens.claims()?.['sid'], events: { 'http://schemas.openid.net/event/backchannel-logout': {} } });
  expect(payload['nonce']).toBeUndefined();
  expect(protectedHeader.alg).toBe('ES256');
  expect(await town.sql('select from sign_on.artefact where account = (select id from identity.account where username = $1)', ['leaver'])).toHaveLength(0);
  await town.sql(`update identity.account set disabled = false where username = 'leaver'`);
  const back = await town.official('leaver');
  const later = await town.enter(config, back.browser());
  await back.api('DELETE', '/api/session');
  expect(await refusal(refresh(config, later.refresh_token))).toBe('invalid_grant');
});

test('settings that cannot be meant are refused before anything is kept', async () => {
  const security = await town.official('security');
  const good = { version: 0, redirectUris: [BACK], logoutUris: [], backchannelUri: null, method: 'none', keys: null, institution: null, bound: false, scopes: ['openid'], assurance: 1, own: false };
  const put = async (more: object) => (await security.api('PUT', '/api/sign-on/clients/reading2', { ...good, ...more })).body.code;
  for (const address of ['http://outside.example/back', 'https://user:secret@a.example/', 'https://a.example/#x', 'https://*.a.example/back', 'javascript:alert(1)']) expect(await put({ redirectUris: [address] }), address).toBe('sign-on.bad-address');
  expect(await put({ redirectUris: ['https://a.example/back', 'https://b.example/back'] })).toBe('sign-on.bad-address');
  expect(await put({ method: 'private_key_jwt' })).toBe('sign-on.bad-method');
  expect(await put({ bound: true })).toBe('sign-on.bad-method');
  expect(await put({ own: true })).toBe('sign-on.bad-method');
  expect(await put({ scopes: ['profile'] })).toBe('sign-on.bad-method');
  expect(await put({ method: 'private_key_jwt', keys: { keys: [{ ...town.keys.jwks.keys[0], d: 'x' }] } })).toBe('sign-on.bad-keys');
  expect(await put({ method: 'private_key_jwt', keys: { keys: [{ kty: 'oct', k: 'x' }] } })).toBe('sign-on.bad-keys');
  expect(await put({})).toBe('sign-on.unknown-application');
  expect((await (await town.official('reviewer')).api('PUT', '/api/sign-on/clients/reading', good)).status).toBe(403);
});
