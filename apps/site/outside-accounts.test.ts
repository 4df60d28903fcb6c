import type { Client } from '@zhengwu/contracts';
import * as api from '@zhengwu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCity, type TestCity } from './test/city.ts';
import { openProvince, PROVINCE_SECRET, REAL_NAME, type Province } from './test/province.ts';

const CALLBACK = 'http://127.0.0.1:8080/sign-in/outside/province/callback';
let city: TestCity;
let province: Province;
let nobody: Client;
const resident = (index: number) => { const { id, number, name } = city.demo.residents[index] as TestCity['demo']['residents'][number]; return { id, name, citizenNumber: number }; };

/** A source as two administrators agree to it. */
const agree = async (settings = province.settings(), secret: string | undefined = PROVINCE_SECRET): Promise<void> => {
  const [admin, security] = [await city.official('admin'), await city.official('security')];
  const { id } = await admin.call(api.proposeIdentitySource, { params: { id: 'province' }, body: { settings, ...(secret ? { secret } : {}), reason: '接入省统一身份认证' } });
  await security.call(api.decideIdentitySource, { params: { id }, body: { approve: true, opinion: '同意' } });
};

beforeAll(async () => {
  [city, province] = await Promise.all([openCity(), openProvince([CALLBACK])]);
  nobody = city.portal('');
  await agree();
});
afterAll(async () => {
  await province.close();
  await city.close();
});

/** To the province and back, as the portal and the browser do it. */
const comeBack = async (begun: { address: string; binding: string }) => {
  const { searchParams } = await province.walk(begun.address);
  return { binding: begun.binding, ...(Object.fromEntries(searchParams) as { state: string; code?: string; iss?: string; error?: string }) };
};
const pick = ({ binding, state, code, iss, error }: Awaited<ReturnType<typeof comeBack>>) => ({ binding, state, ...(code ? { code } : {}), ...(iss ? { iss } : {}), ...(error ? { error } : {}) });
const finish = (client: Client, given: Awaited<ReturnType<typeof comeBack>>) => client.call(api.finishOutside, { params: { id: 'province' }, body: pick(given) });
const begin = (next = '/my/cases') => nobody.call(api.beginOutside, { params: { id: 'province' }, body: { next } });
const enter = async () => finish(nobody, await comeBack(await begin()));

describe('a first sign-in', () => {
  test('opens an account without password at the level that the province vouches for', async () => {
    province.residents.set('p-1', { ...resident(40), name: resident(40).name, citizenNumber: resident(40).citizenNumber, acr: REAL_NAME });
    province.at = 'p-1';
    const entered = await enter();
    expect(entered).toMatchObject({ outcome: 'entered', next: '/my/cases', session: { name: resident(40).name, verified: true, assurance: 1 } });
    const me = city.portal(entered.token as string);
    expect(await me.call(api.myOutside)).toMatchObject({ hasPassword: false, items: [{ source: 'province', canUnlink: false }] });
  });
});
