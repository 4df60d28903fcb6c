import { createHmacSigner } from '@zhengwu/crypto';
import { dayOf } from '@zhengwu/clock';
import { demoPassword, makeCity } from '@zhengwu/demo';
import { openConnection, requestOf, type Answer } from './load/connection.ts';
import { SECRET, type Ground } from './ground.ts';

export type Request = (method: string, path: string, body?: unknown, key?: string) => Buffer;

/** What a signed-in citizen or official sends. */
export interface Person {
  request: Request;
}

const ADDRESS = '203.0.113.9';
const signer = createHmacSigner(SECRET, 'portal-credential');

/** Headers of the portal's credential for one request. */
export const portalHeaders = (method: string, path: string, token = ''): Record<string, string> => {
  const seconds = String(Math.floor(Date.now() / 1000));
  const signature = signer.sign(seconds, method, path, ADDRESS, token, '');
  return { 'x-zhengwu-portal': `${seconds}.${signature}`, 'x-zhengwu-address': ADDRESS, ...(token ? { 'x-zhengwu-citizen': token } : {}) };
};

const once = async (ground: Ground, request: Buffer, status: number): Promise<Answer> => {
  const connection = await openConnection(ground.port);
  try {
    const answer = await connection.send(request);
    if (answer.status !== status) throw new Error(`${answer.status}: ${answer.body.toString().slice(0, 500)}`);
    return answer;
  } finally {
    connection.close();
  }
};

/** Sends one request and answers its JSON. */
export const ask = async <T>(ground: Ground, request: Buffer, status = 200): Promise<T> => JSON.parse((await once(ground, request, status)).body.toString()) as T;

const keyed = (key: string | undefined): Record<string, string> => (key === undefined ? {} : { 'idempotency-key': key });

export const citizen = async (ground: Ground, account: string): Promise<Person & { token: string }> => {
  const path = '/api/citizen/session';
  const { token } = await ask<{ token: string }>(ground, requestOf('POST', path, portalHeaders('POST', path), { account, password: demoPassword }));
  return { token, request: (method, where, body, key) => requestOf(method, where, { ...portalHeaders(method, where, token), ...keyed(key) }, body) };
};

/** Signs an official in; the headers by which they are known. */
export const signedIn = async (ground: Ground, account: string): Promise<Record<string, string>> => {
  const answer = await once(ground, requestOf('POST', '/api/session', { 'sec-fetch-site': 'same-origin' }, { account, password: demoPassword }), 200);
  const { csrf } = JSON.parse(answer.body.toString()) as { csrf: string };
  const cookie = /set-cookie: ([^;]+)/i.exec(answer.head)?.[1] ?? '';
  return { cookie, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' };
};

export const official = async (ground: Ground, account: string): Promise<Person> => {
  const headers = await signedIn(ground, account);
  return { request: (method, where, body, key) => requestOf(method, where, { ...headers, ...keyed(key) }, body) };
};

/** Gives so many residents of age accounts, with the demo's password; answers their user names. */
export const residents = async (ground: Ground, count: number): Promise<string[]> => {
  const city = makeCity({ today: dayOf(new Date()) });
  const adults = city.residents.filter((one) => one.username === null && one.number.slice(6, 10) < '2000').slice(0, count);
  const { rows } = await ground.owner.query<{ username: string }>(
    `insert into identity.account (id, kind, username, person, person_name, password_hash)
     select gen_random_uuid(), 'citizen', 'bench' || n, person, name, (select password_hash from identity.account where kind = 'citizen' limit 1)
     from unnest($1::uuid[], $2::text[]) with ordinality r (person, name, n) returning username`,
    [adults.map((one) => one.id), adults.map((one) => one.name)],
  );
  return rows.map((row) => row.username);
};
