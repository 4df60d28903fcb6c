import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from './sign-on.fixture.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  await town.register('meetings');
}, 60_000);
afterAll(() => town.close());

test('OIDC Core §3.1: a code with PKCE and a signed request for tokens; claims by scope', async () => {
  const config = await town.rp('meetings');
  const browser = (await town.official('reviewer')).browser();
  const tokens = await town.enter(config, browser);
  const claims = tokens.claims();
  expect(claims).toMatchObject({ iss: town.issuer, aud: 'meetings', amr: ['pwd'] });
  const person = await oidc.fetchUserInfo(config, tokens.access_token, claims?.sub as string);
  expect(person).toMatchObject({ preferred_username: 'reviewer' });
});
