import 'reflect-metadata';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import type { Actor, CertificateRow } from '@zhengwu/contracts';
import { directoryModule } from '@zhengwu/directory';
import { createHttp, standIn } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { makeKeys } from './keys.ts';
import { certificatesModule } from './module.ts';
import { international } from './suites.ts';

export interface Answered {
  status: number;
  json: CertificateRow & { code: string; issues?: { path: string }[]; items: CertificateRow[]; next: string | null; file: string; row: CertificateRow };
}

/** Somebody who calls the API of the test's site. */
export type Caller = (method: 'GET' | 'POST', url: string, body?: object, headers?: Record<string, string>) => Promise<Answered>;

/** An official with a department and, for registrars, the reach of the permission. */
export const official = (department: number, register?: Actor['permissions'][string]): Actor => ({
  ...standIn({ id: 'test', ip: '127.0.0.1' }), kind: 'official', accountId: uuidv7(), personId: uuidv7(), name: `官员${department}`, homeDepartments: [department], sessionId: 's',
  assurance: 2, proof: { level: 2, at: Date.now(), means: ['password'] },
  permissions: register ? { 'certificate.register': register } : {},
});

export interface TestAuthority {
  made: TestSite;
  /** Sends as this actor; null: nobody is signed in. */
  as(actor: Actor | null): Caller;
  raw(method: 'GET' | 'POST', url: string, payload?: Buffer): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>;
  drop(): Promise<void>;
}

export const openAuthorityForTest = async (more: Partial<Parameters<typeof createTestSite>[0]> = {}): Promise<TestAuthority> => {
  const made = await createTestSite({ modules: [directoryModule, certificatesModule], ...more });
  const callers = new Map<string, Actor>();
  const http = createHttp({
    log: made.site.log, origin: 'http://site.test', policies: made.policy, checkAnswers: true, metrics: { process: false },
    authenticator: { authenticate: ({ headers }) => callers.get(String(headers['x-test'])), isPortal: () => false, verifyCsrf: () => true },
  });
  made.routes(http);
  await http.assemble();
  const as = (actor: Actor | null): Caller => {
    if (actor) callers.set(actor.personId as string, actor);
    return async (method, url, body, headers = {}) => {
      const response = await http.fastify.inject({ method, url, headers: { 'idempotency-key': uuidv7(), ...(actor ? { 'x-test': actor.personId as string } : {}), ...headers }, ...(body ? { payload: body } : {}) });
      return { status: response.statusCode, json: response.json() };
    };
  };
  const raw: TestAuthority['raw'] = async (method, url, payload) => {
    const response = await http.fastify.inject({ method, url, ...(payload ? { payload, headers: { 'content-type': 'application/octet-stream' } } : {}) });
    return { status: response.statusCode, headers: response.headers, body: response.rawPayload };
  };
  return { made, as, raw, drop: async () => { await http.close(0); await made.drop(); } };
};

/** A PKCS#10 request of a fresh key. */
export const newRequest = async (name = 'CN=chosen by the applicant', suite = international): Promise<string> =>
  (await Pkcs10CertificateRequestGenerator.create({ name, keys: await makeKeys(suite), signingAlgorithm: suite.signing })).toString('pem');

export const USCC = '91350100M000100Y43';
export const CITIZEN_NUMBER = '11010519491231002X';
