import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { factorRule } from './actors.ts';
import { codeAt, enrol, openTown, PASSWORD, sessionOf, type Ask, type Town } from './identity.fixture.ts';
import { Identity } from './identity.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());
beforeEach(async () => {
  await town.sql('delete from identity.one_time_code');
  await town.sql('delete from identity.recovery_code');
  await town.sql('update identity.account set failed = 0, locked_until = null');
});

const firstStep = async (account = 'admin') => (await town.anybody('POST', '/api/session', { account, password: PASSWORD })).body.extra?.['challenge'] as string;
const secondStep = (challenge: string, typed: object) => town.anybody('POST', '/api/session/second-factor', { challenge, ...typed });
const ready = async (): Promise<{ ask: Ask; secret: string; recoveryCodes: string[] }> => {
  const ask = await town.enter('admin');
  const made = await enrol(ask, town.clock);
  town.clock.advance(60_000);
  return { ask, ...made };
};

describe('an authenticator (RFC 6238)', () => {
  test('counts only after a correct code, and its secret is kept sealed', async () => {
    const ask = await town.enter('admin');
    const { body } = await ask('POST', '/api/account/second-factor', {});
    expect(body['uri']).toContain('otpauth://totp/');
    expect((await ask('POST', '/api/account/second-factor/confirmation', { code: '000000' })).body.code).toBe('factor.wrong-code');
    expect((await town.anybody('POST', '/api/session', { account: 'admin', password: PASSWORD })).status).toBe(200);
    const [row] = await town.sql<{ secret: string }>('select secret from identity.one_time_code');
    expect(row?.secret).not.toContain(body['secret']);
    expect((await ask('POST', '/api/account/second-factor/confirmation', { code: codeAt(body['secret'] as string, town.clock) })).body['recoveryCodes']).toHaveLength(10);
    expect((await ask('POST', '/api/account/second-factor', {})).body.code).toBe('factor.exists');
  });

  test('makes sign-in two steps: password alone opens no session', async () => {
    const { secret } = await ready();
    const first = await town.anybody('POST', '/api/session', { account: 'admin', password: PASSWORD });
    expect([first.status, first.body.code, first.headers['set-cookie'], first.body.extra?.['means']]).toEqual([401, 'session.second-factor', undefined, ['code', 'recovery']]);
    const second = await secondStep(first.body.extra?.['challenge'] as string, { code: codeAt(secret, town.clock) });
    expect([second.status, second.body['assurance']]).toEqual([200, 2]);
  });

  test('a code that was used opens nothing more (RFC 6238 §5.2)', async () => {
    const { secret } = await ready();
    const code = codeAt(secret, town.clock);
    expect((await secondStep(await firstStep(), { code })).status).toBe(200);
    expect((await secondStep(await firstStep(), { code })).body.code).toBe('session.wrong-code');
  });

  test('a challenge opens one session, and none after five wrong codes', async () => {
    const { secret } = await ready();
    const once = await firstStep();
    expect((await secondStep(once, { code: codeAt(secret, town.clock) })).status).toBe(200);
    expect((await secondStep(once, { code: codeAt(secret, town.clock, 1) })).body.code).toBe('session.challenge-over');
    const tried = await firstStep();
    for (let i = 0; i < 5; i += 1) await secondStep(tried, { code: '000000' });
    await town.sql('update identity.account set failed = 0, locked_until = null');
    expect((await secondStep(tried, { code: codeAt(secret, town.clock, 1) })).body.code).toBe('session.challenge-over');
  });

  test('wrong codes lock the account although the password was right each time (GB/T 22239: lock on failed sign-in)', async () => {
    const { secret } = await ready();
    for (let i = 0; i < 5; i += 1) await secondStep(await firstStep(), { code: '000000' });
    expect((await town.anybody('POST', '/api/session', { account: 'admin', password: PASSWORD })).body.code).toBe('session.refused');
    expect(secret).toBeTruthy();
  });

  test('a recovery code opens one session; ten are made, kept as keyed hashes', async () => {
    const { recoveryCodes } = await ready();
    const [code = '', next = ''] = recoveryCodes;
    expect(code.replaceAll('-', '')).toMatch(/^[2-9a-hjkmnp-z]{24}$/);
    const kept = await town.sql<{ code_hash: string }>('select code_hash from identity.recovery_code');
    expect([kept.length, kept.some((row) => row.code_hash.includes(code))]).toEqual([10, false]);
    expect((await secondStep(await firstStep(), { recoveryCode: code.toUpperCase().replaceAll('-', ' ') })).status).toBe(200);
    expect((await secondStep(await firstStep(), { recoveryCode: code })).body.code).toBe('session.wrong-code');
    expect((await secondStep(await firstStep(), { recoveryCode: next })).status).toBe(200);
  });

  test('setting one up ends the other sessions, which were opened by password alone', async () => {
    const other = await town.enter('admin');
    await ready();
    expect((await other('GET', '/api/session')).status).toBe(401);
  });
});

describe('a citizen', () => {
  test('signs in by two steps through the portal', async () => {
    const { token } = (await town.portal()('POST', '/api/citizen/session', { account: 'lin', password: PASSWORD })).body as unknown as { token: string };
    const { secret } = await enrol(town.portal(token), town.clock);
    town.clock.advance(60_000);
    const first = await town.portal()('POST', '/api/citizen/session', { account: 'lin', password: PASSWORD });
    const challenge = first.body.extra?.['challenge'];
    expect((await town.anybody('POST', '/api/session/second-factor', { challenge, code: codeAt(secret, town.clock) })).body.code).toBe('session.challenge-over');
    expect((await town.portal()('POST', '/api/citizen/session/second-factor', { challenge, code: codeAt(secret, town.clock) })).body).toMatchObject({ session: { assurance: 2 } });
  });
});

describe('proving again', () => {
  const age = async () => {
    await town.sql(`update identity.session set proved_at = now() - interval '20 minutes'`);
    town.site.site.use(Identity).sessions.forget();
  };
  const remove = (ask: Ask) => ask('DELETE', '/api/account/second-factor');

  test('a sensitive operation asks for it when the proof is old, names the means, and then goes on', async () => {
    const { ask, secret } = await ready();
    await age();
    expect((await remove(ask)).body).toMatchObject({ code: 'session.step-up', extra: { means: ['code'], level: 2 } });
    expect((await ask('POST', '/api/account/proof', { password: PASSWORD })).body.code).toBe('session.not-proved');
    expect((await ask('POST', '/api/account/proof', { password: 'wrong', code: codeAt(secret, town.clock) })).body.code).toBe('session.not-proved');
    expect((await ask('POST', '/api/account/proof', { password: PASSWORD, code: codeAt(secret, town.clock) })).body).toEqual({ level: 2 });
    expect((await remove(ask)).body).toEqual({ done: true });
  });

  test('in a demonstration an account without a second factor proves itself by its password', async () => {
    const ask = await town.enter('security');
    await age();
    expect((await ask('POST', '/api/account/recovery-codes', {})).body).toMatchObject({ code: 'session.step-up', extra: { means: ['password'] } });
    expect((await ask('POST', '/api/account/proof', { password: PASSWORD })).body).toEqual({ level: 1 });
    expect((await ask('POST', '/api/account/recovery-codes', {})).body.code).toBe('factor.none');
  });

  test('wrong proofs lock the account as wrong sign-ins do', async () => {
    const ask = await town.enter('security');
    for (let i = 0; i < 5; i += 1) await ask('POST', '/api/account/proof', { password: 'wrong' });
    expect((await ask('POST', '/api/account/proof', { password: PASSWORD })).body.code).toBe('session.not-proved');
  });
});

describe('what an attempt leaves behind', () => {
  const events = (type: string) => town.sql<{ payload: Record<string, string> }>(`select payload from events.outbox where type = $1 order by id`, [type]);

  test('an event with means and address; the name that was tried is told by a keyed hash alone', async () => {
    await town.anybody('POST', '/api/session', { account: 'Nobody.Here', password: 'x' });
    await town.anybody('POST', '/api/session', { account: 'nobody.here', password: 'x' });
    const refused = (await events('session.refused')).slice(-2).map((one) => one.payload);
    expect(JSON.stringify(refused).toLowerCase()).not.toContain('nobody.here');
    expect(refused[0]).toMatchObject({ means: 'password', address: '127.0.0.1', agent: 'test', kind: 'official' });
    expect(refused[0]?.['accountHash']).toBe(refused[1]?.['accountHash']);
    await town.enter('security');
    expect((await events('session.opened')).at(-1)?.payload).toMatchObject({ means: 'password', address: '127.0.0.1' });
  });

  test('the owner sees their own sign-ins, those that failed too', async () => {
    await town.anybody('POST', '/api/session', { account: 'window01', password: 'wrong' });
    const ask = await town.enter('window01');
    const { items } = (await ask('GET', '/api/account/sign-ins')).body as unknown as { items: { outcome: string; means: string; address: string }[] };
    expect(items.map((one) => [one.outcome, one.means, one.address])).toEqual([['opened', 'password', '127.0.0.1'], ['refused', 'password', '127.0.0.1']]);
  });
});

describe('outside demo mode', () => {
  let real: Town;
  beforeAll(async () => {
    real = await openTown({ ZHENGWU_DEMO: 'off' });
  });
  afterAll(() => real.close());

  test('a code is good in its own thirty seconds alone (OWASP ASVS 5.0 V6.5.5)', async () => {
    const ask = await real.enter('security');
    const { secret } = await enrol(ask, real.clock);
    const enterBy = async (code: string) => {
      const first = await real.anybody('POST', '/api/session', { account: 'security', password: PASSWORD });
      return (await real.anybody('POST', '/api/session/second-factor', { challenge: first.body.extra?.['challenge'], code })).status;
    };
    expect(await enterBy(codeAt(secret, real.clock, 1))).toBe(401);
    real.clock.advance(60_000);
    expect(await enterBy(codeAt(secret, real.clock, -1))).toBe(401);
    expect(await enterBy(codeAt(secret, real.clock))).toBe(200);
  });

  test('the three administrators must set up a second factor before anything else (GB/T 22239: two factors)', async () => {
    const ask = await real.enter('admin');
    expect((await ask('GET', '/api/session')).body).toMatchObject({ mustEnrol: true });
    expect((await ask('GET', '/api/account/sessions')).body.code).toBe('account.must-enrol');
    const { secret } = await enrol(ask, real.clock);
    expect((await ask('GET', '/api/account/sessions')).status).toBe(200);
    expect((await ask('DELETE', '/api/account/second-factor')).body.code).toBe('factor.required');
    real.clock.advance(60_000);
    const first = await real.anybody('POST', '/api/session', { account: 'admin', password: PASSWORD });
    const again = await real.anybody('POST', '/api/session/second-factor', { challenge: first.body.extra?.['challenge'], code: codeAt(secret, real.clock) });
    expect((await sessionOf(again, real.official)('GET', '/api/session')).body).toMatchObject({ mustEnrol: false, assurance: 2 });
  });

  test('so must every other official, unless the site says otherwise (OWASP ASVS 5.0 V6.3.3); citizens choose', async () => {
    const ask = await real.enter('window01');
    expect((await ask('GET', '/api/session')).body).toMatchObject({ mustEnrol: true });
    expect((await ask('GET', '/api/account/sessions')).body.code).toBe('account.must-enrol');
    expect(factorRule('administrator', false)(['window'])).toBe(false);
    expect(factorRule(undefined, true)(['window'])).toBe(false);
    const citizen = await real.portal()('POST', '/api/citizen/session', { account: 'lin', password: PASSWORD });
    expect([citizen.status, (citizen.body['session'] as { mustEnrol: boolean }).mustEnrol]).toEqual([200, false]);
  });

  test('an official’s password alone never meets level 2', async () => {
    const ask = await real.enter('window01');
    await ask('POST', '/api/account/proof', { password: PASSWORD });
    expect((await ask('POST', '/api/account/recovery-codes', {})).status).toBeGreaterThanOrEqual(400);
  });
});
