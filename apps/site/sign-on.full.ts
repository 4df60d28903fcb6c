import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority, certificatesModule } from '@zhengwu/certificates';
import { readConfig } from '@zhengwu/config';
import * as api from '@zhengwu/contracts';
import { Devices, devicesModule } from '@zhengwu/devices';
import { Directory, directoryModule, loadOrganisation } from '@zhengwu/directory';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { Identity, identityModule, loadAccounts } from '@zhengwu/identity';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { signOnModule } from '@zhengwu/sign-on';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTls, type TlsListener } from './tls.ts';

const USCC = '91350100M000100Y43';
const OTHER = '91350200M000100Y48';
const BACK = 'http://127.0.0.1:9555/back';
const PASSWORD = 'Yunchuan-2026';
const text = (zh: string) => ({ zh, en: zh });
let folder = '';
let site: TestSite;
let http: HttpServer;
let tls: TlsListener;
let [origin, cookie] = ['', ''];
let root = '';
const at = (name: string): string => join(folder, name);

const freePort = (): Promise<number> => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as AddressInfo;
    probe.close(() => resolve(port));
  });
});

/** The certificate of an institution, on a key made by openssl. */
const certify = async (name: string, uscc: string): Promise<void> => {
  execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`), '-subj', `/CN=${name}`], { stdio: 'ignore' });
  const request = await readFile(at(`${name}.csr`), 'utf8');
  const { certificate } = await site.database.as(site.database.system, (tx) => site.site.use(Authority).issueFor(tx, { kind: 'system' }, { holder: { kind: 'institution', name, uscc }, request }));
  await writeFile(at(`${name}.crt`), certificate);
};

/** Calls as `name`, by its certificate; null: without one. The plain listener is called plainly. */
const calling = (name: string | null): oidc.CustomFetch => async (address, init) => {
  if (!address.startsWith('https:')) return fetch(address, init as RequestInit);
  const { method, headers, body } = init;
  const shown = name === null ? {} : { key: await readFile(at(`${name}.key`)), cert: await readFile(at(`${name}.crt`)) };
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(address, { method, headers: headers as Record<string, string>, ca: root, ...shown }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(new Response(Buffer.concat(chunks), { status: response.statusCode ?? 500, headers: response.headers as Record<string, string> })));
    });
    sent.on('error', reject);
    sent.end(body === null || body === undefined ? undefined : String(body));
  });
};
const party = (clientId: string, name: string | null): Promise<oidc.Configuration> =>
  oidc.discovery(new URL(`${origin}/sso`), clientId, { id_token_signed_response_alg: 'ES256', use_mtls_endpoint_aliases: true }, oidc.TlsClientAuth(), { execute: [oidc.allowInsecureRequests], [oidc.customFetch]: calling(name) });

/** Signs on and answers where the browser was sent, with what the exchange has to know. */
const signOn = async (config: oidc.Configuration) => {
  const verifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(config, { redirect_uri: BACK, scope: 'openid profile', code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', state: 's' });
  const cookies = new Map([['zw_console', cookie]]);
  let next = url.href;
  while (!next.startsWith(BACK)) {
    const response = await fetch(next, { redirect: 'manual', headers: { cookie: [...cookies].map((one) => one.join('=')).join('; ') } });
    for (const line of response.headers.getSetCookie()) cookies.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1, line.indexOf(';')));
    const location = response.headers.get('location');
    if (location === null) throw new Error(`stopped at ${next}: ${await response.text()}`);
    next = new URL(location, origin).href;
  }
  return { end: new URL(next), checks: { pkceCodeVerifier: verifier, expectedState: 's' } };
};
const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'went through', (error: { error?: string; status?: number }) => error.error ?? `refused ${error.status}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-bound-'));
  const [port, tlsPort] = [await freePort(), await freePort()];
  const config = readConfig({ ZHENGWU_PORTAL_SECRET: 'a-secret-of-the-tests-portal-000000', ZHENGWU_KEY_PASSPHRASE: 'a-passphrase-of-the-tests', ZHENGWU_DATA: folder, ZHENGWU_PORT_SITE: String(port), ZHENGWU_PORT_TLS: String(tlsPort) });
  site = await createTestSite({ modules: [directoryModule, identityModule, certificatesModule, devicesModule, signOnModule], config });
  site.site.provide({ name: 'permissions' }, { list: () => [], has: () => true });
  const person = '0190f7a0-0000-7000-8000-00000000000b';
  await site.database.as(site.database.system, async (tx) => {
    await loadOrganisation(tx, {
      divisions: [{ code: '990100', parent: null, name: text('云川市') }], departments: [{ id: 1, code: 'YC', division: '990100', name: text('市政府'), regionParent: null, lineParent: null }],
      roles: [{ code: 'security', name: text('安全管理员'), grants: [{ permission: 'directory.grant', scope: 'all' }] }], posts: [{ code: 'YC.security', department: 1, name: text('安全'), roles: ['security'] }],
      people: [{ id: person, name: '安全', account: 'security', clearance: 1, phone: '12200000000', email: 'a@b.example', posts: ['YC.security'] }],
    });
    await loadAccounts(tx, [{ kind: 'official', username: 'security', person, name: '安全' }], PASSWORD);
  });
  await site.site.use(Directory).refresh();
  http = createHttp({ log: site.site.log, origin: config.origins.site, policies: site.policy, authenticator: site.site.use(Identity).authenticator });
  site.routes(http);
  await site.start();
  await http.listen({ host: '127.0.0.1', port });
  origin = config.origins.site;
  tls = await openTls({ http, authority: site.site.use(Authority), devices: site.site.use(Devices), log: site.site.log, hosts: ['localhost', '127.0.0.1'], requestSeconds: 30, connectionsPerAddress: 200 });
  await tls.listen({ host: '127.0.0.1', port: tlsPort });
  root = (await site.site.use(Authority).chain()).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g)?.[1] ?? '';
  await certify('hall', USCC);
  await certify('stranger', OTHER);
  const entered = await fetch(origin + api.signIn.path, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ account: 'security', password: PASSWORD }) });
  cookie = entered.headers.get('set-cookie')?.split(';')[0]?.split('=')[1] ?? '';
  const { csrf } = (await entered.json()) as { csrf: string };
  const put = (path: string, body: object) => fetch(origin + path, { method: 'PUT', headers: { cookie: `zw_console=${cookie}`, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }, body: JSON.stringify(body) });
  await put('/api/directory/applications/hall', { version: 0, name: text('政务大厅叫号系统'), department: 1, permissions: [], scope: 'department', active: true, endsOn: null, reason: '登记' });
  const made = await put('/api/sign-on/clients/hall', { version: 0, redirectUris: [BACK], logoutUris: [], backchannelUri: null, method: 'tls_client_auth', keys: null, institution: USCC, bound: true, scopes: ['openid', 'profile'], assurance: 1, own: true });
  expect(made.status, await made.clone().text()).toBe(200);
}, 60_000);
afterAll(async () => {
  await tls.close(1);
  await http.close(1);
  await site.drop();
  await rm(folder, { recursive: true });
});

test('RFC 8705 §2.1: an application is known by the certificate of its institution, and by no other', async () => {
  const good = await party('hall', 'hall');
  expect(good.serverMetadata()['mtls_endpoint_aliases']).toMatchObject({ token_endpoint: expect.stringMatching(/^https:.*\/sso\/token$/) });
  for (const name of ['stranger', null]) {
    const { end, checks } = await signOn(good);
    expect(await refusal(oidc.authorizationCodeGrant(await party('hall', name), end, checks)), String(name)).toBe('invalid_client');
  }
  const { end, checks } = await signOn(good);
  const tokens = await oidc.authorizationCodeGrant(good, end, checks);
  expect(tokens.claims()?.aud).toBe('hall');
});

test('RFC 8705 §3: a bound access token is good with the certificate that got it, and not without one or with another', async () => {
  const good = await party('hall', 'hall');
  const { end, checks } = await signOn(good);
  const tokens = await oidc.authorizationCodeGrant(good, end, checks);
  const sub = tokens.claims()?.sub ?? '';
  expect(await oidc.fetchUserInfo(good, tokens.access_token, sub)).toMatchObject({ name: '安全' });
  for (const name of ['stranger', null]) expect(await refusal(oidc.fetchUserInfo(await party('hall', name), tokens.access_token, sub)), String(name)).toMatch(/refused 401|undefined|challenge/);
  const plain = await fetch(`${origin}/sso/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  expect(plain.status).toBe(401);
  expect(await refusal(oidc.refreshTokenGrant(await party('hall', 'stranger'), tokens.refresh_token ?? ''))).toBe('invalid_client');
  expect((await oidc.refreshTokenGrant(good, tokens.refresh_token ?? '')).access_token).toBeTruthy();
});
