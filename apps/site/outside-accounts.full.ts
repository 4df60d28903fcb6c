import * as api from '@zhengwu/contracts';
import { ProblemError } from '@zhengwu/contracts';
import { Identity } from '@zhengwu/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPortal, PORTAL, type Browser, type Page, type TestPortal } from './test/browser.ts';
import { openCity, type TestCity } from './test/city.ts';
import { openProvince, PROVINCE_SECRET, REAL_NAME, TWO_FACTORS, type Province } from './test/province.ts';

const PASSWORD = 'Yunchuan-2026';
let city: TestCity;
let province: Province;
let portal: TestPortal;
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)));
const sql = (text: string, values: unknown[] = []) => city.site.database.as(city.site.database.system, (tx) => tx.query<Record<string, string>>(text, values)).then(({ rows }) => rows);
/** A resident of Yunchuan who has no account here; the first ones of the demonstration have one. */
const stranger = (index: number) => {
  const { number, name } = city.demo.residents[index] as TestCity['demo']['residents'][number];
  return { name, citizenNumber: number };
};

/** A source as two administrators agree to it. */
const agree = async (id: string, settings: api.SourceSettings, secret?: string): Promise<string> => {
  const [admin, security] = [await city.official('admin'), await city.official('security')];
  const proposed = await admin.call(api.proposeIdentitySource, { params: { id }, body: { settings, ...(secret ? { secret } : {}), reason: '接入省统一身份认证' } });
  await security.call(api.decideIdentitySource, { params: { id: proposed.id }, body: { approve: true, opinion: '同意' } });
  return proposed.id;
};

beforeAll(async () => {
  city = await openCity();
  province = await openProvince([`${PORTAL}/sign-in/outside/province/callback`], await city.portal('').call(api.identitySourceKeys));
  portal = openPortal(city.origin);
  await agree('province', province.settings(), PROVINCE_SECRET);
});
afterAll(async () => {
  await portal.close();
  await province.close();
  await city.close();
});

/** Whoever sits at the province as `who`. */
const at = (who: string, claims: { name?: string; citizenNumber?: string; acr?: string }): void => {
  province.residents.set(who, claims);
  province.at = who;
};
const begin = async (browser: Browser, page?: Page, action = '/sign-in/outside/province/begin'): Promise<string> => {
  const going = await browser.send(page ?? (await browser.get('/sign-in?next=/my/cases')), action);
  if (going.to === '') throw new Error(`no way to the province: ${going.body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 600)}`);
  return going.to;
};
/** From the sign-in page to the province and back. */
const enter = async (browser: Browser, turn: (back: URL) => void = () => undefined): Promise<Page> => {
  const back = await province.walk(await begin(browser));
  turn(back);
  return browser.get(back.pathname + back.search);
};
const enterAs = async (who: string, claims: Parameters<typeof at>[1]): Promise<Browser> => {
  at(who, claims);
  const browser = portal.browser();
  const page = await enter(browser);
  expect([page.status, page.to]).toEqual([303, '/my/cases']);
  return browser;
};
const tokenOf = (browser: Browser): string => browser.cookies.get('zw_portal') ?? '';

describe('a first sign-in', () => {
  test('opens an account without password at the level that the province vouches for, and the next one is the same account', async () => {
    const first = await enterAs('p-1', { ...stranger(40), acr: REAL_NAME });
    const session = await city.portal(tokenOf(first)).call(api.citizenSession);
    expect(session).toMatchObject({ name: stranger(40).name, verified: true, assurance: 1 });
    expect(await city.portal(tokenOf(first)).call(api.myOutside)).toMatchObject({ hasPassword: false, items: [{ source: 'province', canUnlink: false }] });
    const again = await city.portal(tokenOf(await enterAs('p-1', { ...stranger(40), acr: TWO_FACTORS }))).call(api.citizenSession);
    expect([again.account, again.assurance]).toEqual([session.account, 2]);
    expect(await sql(`select distinct event from audit.record where subject = $1 order by event`, [session.account])).toEqual([{ event: 'account.registered' }, { event: 'identitySource.linked' }, { event: 'session.opened' }]);
  });

  test('of whoever has an account here waits for its password; a wrong one links nothing', async () => {
    const [lin] = city.demo.residents;
    at('p-lin', { name: lin?.name ?? '', citizenNumber: lin?.number ?? '', acr: REAL_NAME });
    const browser = portal.browser();
    const asks = await enter(browser);
    expect([asks.status, tokenOf(browser), asks.body.includes('citizen01')]).toEqual([200, '', true]);
    const wrong = await browser.send(asks, '/sign-in/outside-confirmation', { password: 'not-the-password' });
    expect([wrong.status, tokenOf(browser)]).toEqual([422, '']);
    expect(await sql(`select 1 from identity_sources.link where subject = 'p-lin'`)).toEqual([]);
    // It counts towards the lock, as at the sign-in page.
    expect(await sql(`select failed from identity.account where username = 'citizen01'`)).toEqual([{ failed: 1 }]);
    const elsewhere = portal.browser();
    expect((await elsewhere.send(wrong, '/sign-in/outside-confirmation', { password: PASSWORD })).body).toContain('不是从这个浏览器开始');
    const right = await browser.send(wrong, '/sign-in/outside-confirmation', { password: PASSWORD });
    expect([right.status, right.to]).toEqual([303, '/my/cases']);
    await enterAs('p-lin', { name: lin?.name ?? '', citizenNumber: lin?.number ?? '', acr: REAL_NAME });
  });

  test('at a level that nobody listed vouches for nobody: no account is opened', async () => {
    at('p-2', { ...stranger(41), acr: 'urn:province:level:9' });
    const page = await enter(portal.browser());
    expect([page.status, page.body.includes('没有核验您的姓名和身份号码')]).toEqual([422, true]);
  });

  test.each([
    ['a name that the population register contradicts', () => ({ ...stranger(42), name: '张三丰' })],
    ['a number whose check digit is wrong (GB 11643-1999)', () => ({ name: stranger(42).name, citizenNumber: stranger(42).citizenNumber.replace(/.$/, (last) => (last === '1' ? '2' : '1')) })],
  ])('with %s is refused', async (_, claims) => {
    at('p-3', { ...claims(), acr: REAL_NAME });
    const page = await enter(portal.browser());
    expect([page.status, page.body.includes('与本市登记的不符')]).toEqual([422, true]);
    expect(await sql(`select 1 from identity_sources.link where subject = 'p-3'`)).toEqual([]);
  });

  test('that is declined at the province says so', async () => {
    province.at = null;
    expect((await enter(portal.browser())).body).toContain('没有同意登录');
  });
});

describe('what comes back counts only', () => {
  const refused = async (turn: (back: URL) => void, change: (address: string) => string = (same) => same): Promise<string> => {
    at('p-1', { ...stranger(40), acr: REAL_NAME });
    const browser = portal.browser();
    const back = await province.walk(change(await begin(browser)));
    turn(back);
    const page = await browser.get(back.pathname + back.search);
    expect([page.status, tokenOf(browser)]).toEqual([422, '']);
    return /不是从这个浏览器开始|没有通过核验/.exec(page.body)?.[0] ?? page.body;
  };

  test('with the state that was sent', async () => {
    expect(await refused((back) => { back.searchParams.set('state', 'another-state-000000000000'); })).toBe('不是从这个浏览器开始');
  });
  test('from the issuer that was asked (RFC 9207: mix-up)', async () => {
    expect(await refused((back) => { back.searchParams.set('iss', 'https://evil.example'); })).toBe('没有通过核验');
    expect(await refused((back) => { back.searchParams.delete('iss'); })).toBe('没有通过核验');
  });
  test('at the address of that source', async () => {
    expect(await refused((back) => { back.pathname = '/sign-in/outside/another/callback'; })).toBe('不是从这个浏览器开始');
  });
  test('with the nonce that was sent (OpenID Connect Core §3.1.3.7)', async () => {
    expect(await refused(() => undefined, (address) => address.replace(/nonce=[^&]+/, 'nonce=another'))).toBe('没有通过核验');
  });
  test('with the verifier of the challenge that was sent (RFC 7636)', async () => {
    expect(await refused(() => undefined, (address) => address.replace(/code_challenge=[^&]+/, `code_challenge=${'a'.repeat(43)}`))).toBe('没有通过核验');
  });

  test.each<[string, NonNullable<Province['forge']>]>([
    ['for another client', (claims) => province.sign({ ...claims, aud: 'another' })],
    ['of another issuer', (claims) => province.sign({ ...claims, iss: 'https://evil.example' })],
    ['with another nonce', (claims) => province.sign({ ...claims, nonce: 'another' })],
    ['that is over', (claims) => province.sign({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 })],
    ['of somebody else under the signature of another token', (claims, token) => [token.split('.')[0], Buffer.from(JSON.stringify({ ...claims, sub: 'p-9' })).toString('base64url'), token.split('.')[2]].join('.')],
    ['without signature', (claims) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`],
  ])('with an ID token that holds: not one %s (OpenID Connect Core §3.1.3.7)', async (_, forge) => {
    province.forge = forge;
    try {
      expect(await refused(() => undefined)).toBe('没有通过核验');
    } finally {
      province.forge = null;
    }
  });

  test('in the browser that began, and once (login CSRF, replay)', async () => {
    at('p-1', { ...stranger(40), acr: REAL_NAME });
    const [mine, victim] = [portal.browser(), portal.browser()];
    const back = await province.walk(await begin(mine));
    await begin(victim);
    expect((await victim.get(back.pathname + back.search)).status).toBe(422);
    expect(tokenOf(victim)).toBe('');
    const second = await province.walk(await begin(mine));
    const kept = new Map(mine.cookies);
    expect((await mine.get(second.pathname + second.search)).status).toBe(303);
    const replayed = portal.browser();
    for (const [name, value] of kept) replayed.cookies.set(name, value);
    expect((await replayed.get(second.pathname + second.search)).status).toBe(422);
    expect(tokenOf(replayed)).toBe('');
  });

  test('and leads to a page of ours, whatever was asked', async () => {
    at('p-1', { ...stranger(40), acr: REAL_NAME });
    const browser = portal.browser();
    const page = await browser.get('/sign-in');
    const going = await browser.send(page, '/sign-in/outside/province/begin', { next: '//evil.example/' });
    const back = await province.walk(going.to);
    expect((await browser.get(back.pathname + back.search)).to).toBe('/my');
  });
});

describe('one’s own links', () => {
  test('the only way in is kept; with a password it can go, and the session that came by it elsewhere ends', async () => {
    const claims = { ...stranger(43), acr: REAL_NAME };
    const [browser, other] = [await enterAs('p-4', claims), await enterAs('p-4', claims)];
    const me = city.portal(tokenOf(browser));
    const { items } = await me.call(api.myOutside);
    expect(await codeOf(me.call(api.unlinkOutside, { params: { id: items[0]?.id ?? '' } }))).toBe('identity-source.last-way');
    const set = await browser.send(await browser.get('/my/account'), '/my/outside-password', { password: 'Chosen-by-me-7' });
    expect(set.to).toBe('/my/account?outside=set');
    expect(await codeOf(me.call(api.setPassword, { body: { password: 'Another-one-8' } }))).toBe('identity-source.has-password');
    const third = await enterAs('p-4', claims);
    const gone = await browser.send(await browser.get('/my/account'), `/my/outside/${items[0]?.id ?? ''}/unlink`);
    expect(gone.to).toBe('/my/account?outside=unlinked');
    for (const one of [other, third]) expect(await codeOf(city.portal(tokenOf(one)).call(api.citizenSession))).toBe('session.expired');
    expect((await me.call(api.citizenSession)).name).toBe(claims.name);
    // The number has an account here now: whoever comes from the province proves it first.
    expect((await enter(portal.browser())).body).toContain('您在本站已有账号');
  });

  test('whoever is signed in links the province, but not as somebody else', async () => {
    const [, second] = city.demo.residents;
    const browser = portal.browser();
    await browser.send(await browser.get('/sign-in'), '/sign-in', { account: 'citizen02', password: PASSWORD });
    at('p-other', { ...stranger(44), acr: REAL_NAME });
    const account = await browser.get('/my/account');
    const back = await province.walk(await begin(browser, account, '/my/outside/province/link'));
    expect((await browser.get(back.pathname + back.search)).body).toContain('不是本账号的本人');
    at('p-5', { name: second?.name ?? '', citizenNumber: second?.number ?? '', acr: REAL_NAME });
    const own = await province.walk(await begin(browser, account, '/my/outside/province/link'));
    expect((await browser.get(own.pathname + own.search)).to).toBe('/my/account?outside=linked');
  });

  test('a proof that is asked for is given at the province, by signing in there again', async () => {
    const browser = await enterAs('p-1', { ...stranger(40), acr: REAL_NAME });
    await sql(`update identity.session set proved_at = now() - interval '1 hour'`);
    city.site.site.use(Identity).sessions.forget();
    const asks = await browser.send(await browser.get('/my/second-factor'), '/my/second-factor/begin');
    expect([asks.status, asks.body.includes('name="_password"'), asks.body.includes('到原来的登录处确认')]).toEqual([200, false, true]);
    const address = await begin(browser, asks, '/my/outside-proof');
    expect([new URL(address).searchParams.get('prompt'), new URL(address).searchParams.get('max_age')]).toEqual(['login', '0']);
    // A sign-in of before is no proof of now, whatever was asked for (auth_time).
    province.forge = (claims) => province.sign({ ...claims, auth_time: Number(claims['auth_time']) - 3600 });
    const stale = await province.walk(address);
    expect((await browser.get(stale.pathname + stale.search)).body).toContain('没有通过核验');
    province.forge = null;
    const back = await province.walk(await begin(browser, asks, '/my/outside-proof'));
    expect((await browser.get(back.pathname + back.search)).to).toBe('/my/account');
    expect((await browser.send(await browser.get('/my/second-factor'), '/my/second-factor/begin')).body).toContain('qr');
  });
});

describe('signing out', () => {
  test('ends the session here and offers to do so at the province', async () => {
    const browser = await enterAs('p-1', { ...stranger(40), acr: REAL_NAME });
    const left = await browser.send(await browser.get('/my/account'), '/sign-out');
    expect([tokenOf(browser), left.body.includes('已退出本站'), left.body.includes(`${province.issuer}/session/end?`)]).toEqual(['', true, true]);
    // No token of the source reaches a browser (ASVS 10.1.1).
    expect(left.body).not.toContain('id_token');
  });

  test('at the province ends it here, by a logout token that the province signed, once (Back-Channel Logout §2.6)', async () => {
    const browser = await enterAs('p-1', { ...stranger(40), acr: REAL_NAME });
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: province.issuer, aud: 'yunchuan', sub: 'p-1', iat: now, exp: now + 100, jti: 'j-1', events: { 'http://schemas.openid.net/event/backchannel-logout': {} } };
    const tell = async (over: object, type = 'logout+jwt'): Promise<number> => (await portal.post('/sign-in/outside/province/logout', { logout_token: province.sign({ ...claims, ...over }, type) })).status;
    for (const over of [{ iss: 'https://evil.example' }, { aud: 'another' }, { nonce: 'n' }, { events: {} }, { iat: now - 3600, exp: now - 3000 }, { sub: undefined }]) expect(await tell(over)).toBe(400);
    expect(await tell({}, 'JWT')).toBe(400);
    expect((await city.portal(tokenOf(browser)).call(api.citizenSession)).name).toBe(stranger(40).name);
    expect(await tell({})).toBe(200);
    expect(await codeOf(city.portal(tokenOf(browser)).call(api.citizenSession))).toBe('session.expired');
    expect(await tell({})).toBe(400);
  });
});

describe('sources', () => {
  test('name people by issuer and subject: the same subject elsewhere is somebody else', async () => {
    const nation = await openProvince([`${PORTAL}/sign-in/outside/nation/callback`], { keys: [] });
    try {
      await agree('nation', nation.settings({ name: { zh: '国家平台', en: 'Nation' }, adopts: true }), PROVINCE_SECRET);
      const through = async (claims: { name: string; citizenNumber: string }): Promise<Browser> => {
        nation.residents.set('p-1', { ...claims, acr: REAL_NAME });
        nation.at = 'p-1';
        const browser = portal.browser();
        const back = await nation.walk(await begin(browser, await browser.get('/sign-in'), '/sign-in/outside/nation/begin'));
        await browser.get(back.pathname + back.search);
        return browser;
      };
      const [, , third] = city.demo.residents;
      const person = { name: third?.name ?? '', citizenNumber: third?.number ?? '' };
      // This source may take accounts over: citizen03 is asked for no password.
      expect((await city.portal(tokenOf(await through(person))).call(api.myOutside))).toMatchObject({ username: 'citizen03', items: [{ source: 'nation' }] });
      // The subject is given to somebody else there: the account is not.
      expect(tokenOf(await through(stranger(45)))).toBe('');
    } finally {
      await nation.close();
    }
  });

  test('prove the site by its own key (private_key_jwt)', async () => {
    await agree('province', province.settings({ clientId: 'yunchuan-key', auth: 'private-key' }));
    expect(await sql(`select secret from identity_sources.source where id = 'province'`)).toEqual([{ secret: null }]);
    await enterAs('p-1', { ...stranger(40), acr: REAL_NAME });
  });

  test('that can’t be reached say so, and the password remains', async () => {
    await agree('away', province.settings({ issuer: 'http://127.0.0.1:9/oidc', name: { zh: '断线的省', en: 'Away' } }), PROVINCE_SECRET);
    const browser = portal.browser();
    const page = await browser.send(await browser.get('/en/sign-in'), '/en/sign-in/outside/away/begin');
    expect([page.status, page.body.includes('can’t be reached now'), page.body.includes('name="password"')]).toEqual([422, true, true]);
  });

  test('are changed by two people of different kinds, and switched off by one', async () => {
    const [admin, security, audit] = [await city.official('admin'), await city.official('security'), await city.official('audit')];
    const settings = province.settings({ adopts: true });
    const given = { params: { id: 'province' }, body: { settings, secret: PROVINCE_SECRET, reason: '直接接管已有账号' } };
    expect(await codeOf(security.call(api.proposeIdentitySource, given))).toBe('access.denied');
    const { id } = await admin.call(api.proposeIdentitySource, given);
    for (const one of [admin, audit]) expect(await codeOf(one.call(api.decideIdentitySource, { params: { id }, body: { approve: true, opinion: '同意' } }))).toBe('access.denied');
    expect((await sql(`select settings ->> 'adopts' as adopts from identity_sources.source where id = 'province'`))[0]).toEqual({ adopts: 'false' });
    await security.call(api.decideIdentitySource, { params: { id }, body: { approve: false, opinion: '不同意' } });
    expect(await codeOf(admin.call(api.proposeIdentitySource, { ...given, body: { ...given.body, settings: { ...settings, issuer: 'http://province.example' } } }))).toBe('identity-source.bad-settings');
    const inside = await enterAs('p-1', { ...stranger(40), acr: REAL_NAME });
    await security.call(api.stopIdentitySource, { params: { id: 'province' }, body: { reason: '例行演练', endSessions: true } });
    expect(await codeOf(city.portal(tokenOf(inside)).call(api.citizenSession))).toBe('session.expired');
    const browser = portal.browser();
    expect((await browser.get('/sign-in')).body).not.toContain('/sign-in/outside/province/');
    expect(await codeOf(city.portal('').call(api.beginOutside, { params: { id: 'province' }, body: { next: '/my' } }))).toBe('identity-source.unknown');
  });
});
