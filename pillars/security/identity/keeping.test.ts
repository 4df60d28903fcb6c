import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Identity } from './identity.ts';
import { CITIZEN_NUMBER, enrol, openTown, PASSWORD, SECURITY, type Town } from './identity.fixture.ts';
import { openSessions } from './sessions.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());
beforeEach(async () => {
  for (const table of ['one_time_code', 'recovery_code', 'recovery', 'session', 'sign_in']) await town.sql(`delete from identity.${table}`);
  await town.sql(`update identity.account a set failed = 0, locked_until = null, must_change = false, one_time_until = null, cooling_until = null, verified_at = null,
    password_hash = (select password_hash from identity.account where username = 'admin')`);
  town.site.site.use(Identity).sessions.forget();
});

const citizenIn = async (password = PASSWORD) => (await town.portal()('POST', '/api/citizen/session', { account: 'lin', password })).body as unknown as { token: string; session: { verified: boolean; mustChange: boolean } };
const asked = async (factors = false) => {
  const admin = await town.enter('admin');
  return (await admin('POST', '/api/recoveries', { account: 'window01', reason: '忘记密码，本人已到场', factors })).body['id'] as string;
};

describe('recovery of an official (no one person can do it)', () => {
  test('one administrator asks, another approves; the one-time password works once and ends every session', async () => {
    const owner = await town.enter('window01');
    const id = await asked();
    const security = await town.enter('security');
    const { body } = await security('POST', `/api/recoveries/${id}/decision`, { approve: true });
    expect((await owner('GET', '/api/session')).status).toBe(401);
    expect((await town.anybody('POST', '/api/session', { account: 'window01', password: PASSWORD })).status).toBe(401);
    const again = await town.enter('window01', body['oneTimePassword'] as string);
    expect((await again('GET', '/api/account/sign-ins')).body.code).toBe('account.must-change');
    expect((await again('POST', '/api/account/password', { current: body['oneTimePassword'], next: 'Another-one-9' })).status).toBe(200);
    const { items } = (await again('GET', '/api/account/sign-ins')).body as unknown as { items: { outcome: string; means: string }[] };
    expect(items.map((one) => [one.outcome, one.means])).toContainEqual(['recovered', 'two-administrators']);
    expect((await security('POST', `/api/recoveries/${id}/decision`, { approve: true })).body.code).toBe('recovery.gone');
  });

  test('the one-time password is good for half an hour', async () => {
    const id = await asked();
    const { body } = await (await town.enter('security'))('POST', `/api/recoveries/${id}/decision`, { approve: true });
    await town.sql(`update identity.account set one_time_until = $1 where username = 'window01'`, [new Date(town.clock.now().getTime() - 1000)]);
    expect((await town.anybody('POST', '/api/session', { account: 'window01', password: body['oneTimePassword'] })).body.code).toBe('session.refused');
  });

  test('who asked cannot approve, whatever permissions they hold; nor can the owner', async () => {
    const id = await asked();
    const security = await town.enter('security');
    await town.sql('update identity.recovery set asked_by = $1', [SECURITY]);
    expect((await security('POST', `/api/recoveries/${id}/decision`, { approve: true })).body.code).toBe('recovery.two-people');
    await expect(town.sql(`update identity.recovery set decided_by = asked_by, state = 'approved' where id = $1`, [id])).rejects.toThrow('two_people');
    const own = await town.enter('admin');
    expect((await own('POST', '/api/recoveries', { account: 'admin', reason: '忘记密码', factors: false })).body.code).toBe('recovery.own');
  });

  test('a lost second factor goes with it when that was asked for', async () => {
    await enrol(await town.enter('window01'), town.clock);
    const id = await asked(true);
    const { body } = await (await town.enter('security'))('POST', `/api/recoveries/${id}/decision`, { approve: true });
    expect((await town.anybody('POST', '/api/session', { account: 'window01', password: body['oneTimePassword'] })).body).toMatchObject({ mustChange: true });
  });
});

describe('recovery of a citizen', () => {
  const recover = (account: string, recoveryCode: string) => town.portal()('POST', '/api/citizen/recovery', { account, recoveryCode, password: 'Another-one-9' });

  test('by a recovery code, once; sensitive operations wait for a day', async () => {
    const { recoveryCodes } = await enrol(town.portal((await citizenIn()).token), town.clock);
    expect((await recover('lin', recoveryCodes[0] as string)).body).toEqual({ done: true });
    expect((await recover('lin', recoveryCodes[0] as string)).body.code).toBe('recovery.not-done');
    const half = (await town.portal()('POST', '/api/citizen/session', { account: 'lin', password: 'Another-one-9' })).body.extra?.['challenge'];
    const { token } = (await town.portal()('POST', '/api/citizen/session/second-factor', { challenge: half, recoveryCode: recoveryCodes[1] })).body as unknown as { token: string };
    expect((await town.portal(token)('DELETE', '/api/account/second-factor')).body.code).toBe('session.cooling');
  });

  test('an account that is not there and a wrong code are told apart by nothing (no enumeration)', async () => {
    const [absent, wrong] = [await recover('nobody-here', 'aaaa-bbbb-cccc'), await recover('lin', 'aaaa-bbbb-cccc')];
    const strip = ({ status, body }: typeof absent) => ({ status, ...body, instance: '' });
    expect(strip(absent)).toEqual(strip(wrong));
    const costOf = async (account: string): Promise<number> => {
      const before = process.cpuUsage();
      await recover(account, 'aaaa-bbbb-cccc');
      const { user, system } = process.cpuUsage(before);
      await town.sql('update identity.account set failed = 0, locked_until = null');
      return user + system;
    };
    const costs: [number[], number[]] = [[], []];
    for (let i = 0; i < 7; i += 1) for (const [index, account] of ['nobody-here', 'lin'].entries()) costs[index]?.push(await costOf(account));
    // The work of hashing the new password outweighs all else and is done for both; counted in processor time, which other programs do not stretch.
    const [a, b] = costs.map((one) => one.sort((x, y) => x - y)[3]) as [number, number];
    expect(Math.max(a, b) / Math.min(a, b)).toBeLessThan(3);
  });

  test('at the window: a clerk sees the person, gives a one-time password; the account cools', async () => {
    const { token } = await citizenIn();
    const clerk = await town.enter('window01');
    const given = (await clerk('POST', '/api/window/recovery', { name: '林小雨', citizenNumber: CITIZEN_NUMBER, document: 'resident-card' })).body;
    expect(given['username']).toBe('lin');
    expect((await town.portal(token)('GET', '/api/citizen/session')).status).toBe(401);
    expect((await citizenIn(given['oneTimePassword'] as string)).session).toMatchObject({ mustChange: true, verified: true });
    expect(Date.parse(given['coolingUntil'] as string) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect((await clerk('POST', '/api/window/recovery', { name: '王小雨', citizenNumber: CITIZEN_NUMBER, document: 'resident-card' })).body.code).toBe('account.not-found-at-window');
  });

  test('others than clerks of the window cannot', async () => {
    const admin = await town.enter('admin');
    expect((await admin('POST', '/api/window/recovery', { name: '林小雨', citizenNumber: CITIZEN_NUMBER, document: 'resident-card' })).body.code).toBe('access.denied');
  });
});

test('an account that only typed name and number is level 1; a clerk’s check raises it and is recorded (实名核验)', async () => {
  expect((await citizenIn()).session.verified).toBe(false);
  const clerk = await town.enter('window01');
  expect((await clerk('POST', '/api/window/verification', { name: '林小雨', citizenNumber: CITIZEN_NUMBER, document: 'passport' })).body).toEqual({ username: 'lin' });
  expect((await citizenIn()).session.verified).toBe(true);
  expect(await town.sql(`select verified_document, verified_by is not null as by from identity.account where username = 'lin'`)).toEqual([{ verified_document: 'passport', by: true }]);
});

// OWASP ASVS 5.0 V7.5.2.
test('one ends one’s own other session after proving oneself lately, and no one else’s', async () => {
  const [here, there] = [await town.enter('window01'), await town.enter('window01')];
  const { items } = (await here('GET', '/api/account/sessions')).body as unknown as { items: { id: string; current: boolean }[] };
  const other = `/api/account/sessions/${items.find((one) => !one.current)?.id}`;
  const stranger = await town.enter('admin');
  expect((await stranger('DELETE', other)).body).toEqual({ ended: false });
  await town.sql(`update identity.session set proved_at = now() - interval '16 minutes'`);
  town.site.site.use(Identity).sessions.forget();
  expect((await here('DELETE', other)).body.code).toBe('session.step-up');
  expect((await there('GET', '/api/session')).status).toBe(200);
  await here('POST', '/api/account/proof', { password: PASSWORD });
  expect((await here('DELETE', other)).body).toEqual({ ended: true });
  expect((await there('GET', '/api/session')).status).toBe(401);
});

describe('the security administrator', () => {
  test('sees the sessions of officials and signs somebody out', async () => {
    const owner = await town.enter('window01');
    const security = await town.enter('security');
    const { items } = (await security('GET', '/api/sessions')).body as unknown as { items: { id: string; username: string }[] };
    const theirs = items.find((one) => one.username === 'window01');
    expect((await security('DELETE', `/api/sessions/${theirs?.id}`)).body).toEqual({ ended: true });
    expect((await owner('GET', '/api/session')).status).toBe(401);
    expect((await (await town.enter('admin'))('GET', '/api/sessions')).body.code).toBe('access.denied');
  });

  test('sees locked accounts and unlocks them', async () => {
    for (let i = 0; i < 5; i += 1) await town.anybody('POST', '/api/session', { account: 'window01', password: 'wrong' });
    const security = await town.enter('security');
    const { items } = (await security('GET', '/api/locked-accounts')).body as unknown as { items: { id: string; username: string }[] };
    expect(items.map((one) => one.username)).toEqual(['window01']);
    expect((await security('POST', `/api/locked-accounts/${items[0]?.id}/unlock`, {})).body).toEqual({ done: true });
    await town.enter('window01');
  });
});

describe('a session ends', () => {
  const gone = async (sql: string) => {
    const ask = await town.enter('window01');
    await town.sql(sql);
    town.site.site.use(Identity).sessions.forget();
    return (await ask('GET', '/api/session')).body.code;
  };

  test('after its idle time (GB/T 22239: idle time-out)', async () => {
    expect(await gone(`update identity.session set idle_until = now() - interval '1 second'`)).toBe('session.expired');
    const [row] = await town.sql<{ minutes: number }>('select extract(epoch from idle_until - seen_at)::float8 / 60 as minutes from identity.session');
    expect(row?.minutes).toBeLessThanOrEqual(31);
  });

  test('at its absolute end, however busy', async () => {
    expect(await gone(`update identity.session set ends_at = now() - interval '1 second', idle_until = now() + interval '1 hour'`)).toBe('session.expired');
  });

  test('use moves the idle time on, never the end', async () => {
    const ask = await town.enter('window01');
    await town.sql(`update identity.session set seen_at = now() - interval '5 minutes', idle_until = now() + interval '1 minute'`);
    const [before] = await town.sql<{ ends_at: Date }>('select ends_at from identity.session');
    town.site.site.use(Identity).sessions.forget();
    await ask('GET', '/api/session');
    const [after] = await town.sql<{ ends_at: Date; moved: boolean }>(`select ends_at, idle_until > now() + interval '20 minutes' as moved from identity.session`);
    expect(after).toEqual({ ends_at: before?.ends_at, moved: true });
  });
});

// OWASP ASVS 5.0 V7.1.2: how many sessions run side by side is laid down, and what happens beyond.
test('an account has so many sessions side by side; one more ends the one longest unused', async () => {
  const { database } = town.site.site;
  const sessions = openSessions(database, { idleMinutes: 30, hours: 12, most: 2 }, () => 0);
  const [account] = await town.sql<{ id: string }>(`select id from identity.account where username = 'admin'`);
  const open = () => database.as(database.system, (tx) => sessions.open(tx, account?.id ?? '', { address: '127.0.0.1', agent: 'test' }, 1, 'password'));
  const opened = [await open(), await open(), await open()];
  expect(opened.map(({ ended }) => ended)).toEqual([0, 0, 1]);
  expect((await Promise.all(opened.map(({ token }) => sessions.of(token, true)))).map((one) => one !== null)).toEqual([false, true, true]);
});
