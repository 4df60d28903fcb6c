import * as api from '@zhengwu/contracts';
import type { Named } from '@zhengwu/audit';
import type { Actor } from '@zhengwu/contracts';
import { browserOf, peerOf, type Call, type Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { Directory } from '@zhengwu/directory';
import { sessionView } from './actors.ts';
import { consoleCookie, cookieOf } from './authenticator.ts';
import { fail } from './errors.ts';
import { enterByCertificate, enterByCode, enterByPasskey, enterByPassword, fromOf, passkeyDoor, tokenOf, type Outcome } from './entering.ts';
import { Identity } from './identity.ts';
import { hashPassword, refuseWeak, verifyPassword } from './password.ts';
import { factorRoutes } from './routes-factors.ts';
import { keepingRoutes } from './routes-keeping.ts';
import * as store from './store.ts';

type From = Pick<Call, 'request'>;

/** The cookie of the console: not for scripts, not for other sites, over TLS alone where the origin is. */
const cookieText = (site: Site, token: string, seconds: number): string =>
  [`${consoleCookie(site.config)}=${token}`, 'Path=/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${seconds}`, ...(site.config.origins.site.startsWith('https:') ? ['Secure'] : [])].join('; ');

const record = (site: Site, who: Named, event: string, subject: string, detail?: Record<string, unknown>): Promise<void> =>
  site.database.as(site.database.system, (tx) => site.audit.recordFor(tx, who, { event, subject, ...(detail ? { detail } : {}) }));

const viewOf = async (site: Site, token: string) => {
  const { sessions, csrf, mustHaveFactor } = site.use(Identity);
  const facts = await sessions.of(token);
  if (!facts) throw fail('session.refused');
  return sessionView(facts, csrf.sign(facts.session), { demo: site.config.demo, mustHaveFactor });
};

const leave = async (site: Site, actor: Actor): Promise<{ signedOut: boolean }> => {
  const signedOut = await site.database.as(site.database.system, (tx) => store.endSession(tx, actor.sessionId as string, actor.accountId as string));
  site.use(Identity).sessions.forget(actor.sessionId as string);
  await record(site, actor, 'session.closed', actor.accountId as string);
  return { signedOut };
};

/** Ends the session that this browser had before: nobody goes on in another's name behind a new sign-in (OWASP ASVS 5.0 V7.2.4). */
const endBefore = async (site: Site, { request }: From): Promise<void> => {
  const { sessions } = site.use(Identity);
  const before = cookieOf(request.headers.cookie, consoleCookie(site.config));
  const facts = before === null ? null : await sessions.of(before, true);
  if (!facts) return;
  await site.database.as(site.database.system, (tx) => store.endSession(tx, facts.session, facts.account));
  sessions.forget(facts.session);
};

const officials = (site: Site, http: Http): void => {
  const enter = async (call: Call, outcome: Outcome) => {
    const token = tokenOf(outcome);
    await endBefore(site, call);
    call.reply.header('set-cookie', cookieText(site, token, site.config.session.hours * 3600));
    return viewOf(site, token);
  };
  http.route(api.signIn, async (call) => enter(call, await enterByPassword(site, fromOf('official', call), call.body)));
  http.route(api.signInSecond, async (call) => enter(call, await enterByCode(site, fromOf('official', call), call.body)));
  http.route(api.signInCertificate, async (call) => enter(call, await enterByCertificate(site, fromOf('official', call), peerOf(call.request))));
  http.route(api.passkeyChallenge, () => passkeyDoor(site, 'official'));
  http.route(api.signInPasskey, async (call) => enter(call, await enterByPasskey(site, fromOf('official', call), call.body)));
  http.route(api.currentSession, (call) => viewOf(site, cookieOf(call.request.headers.cookie, consoleCookie(site.config)) ?? ''));
  http.route(api.signOut, async (call) => {
    call.reply.header('set-cookie', cookieText(site, '', 0));
    return leave(site, call.actor);
  });
};

const citizenToken = (call: From): string => String(call.request.headers['x-zhengwu-citizen'] ?? '');

const citizens = (site: Site, http: Http): void => {
  const directory = site.use(Directory);
  const enter = async (outcome: Outcome) => {
    const token = tokenOf(outcome);
    return { token, session: await viewOf(site, token) };
  };
  http.route(api.citizenSignIn, async (call) => enter(await enterByPassword(site, fromOf('citizen', call), call.body)));
  http.route(api.citizenSignInSecond, async (call) => enter(await enterByCode(site, fromOf('citizen', call), call.body)));
  http.route(api.citizenPasskeyChallenge, () => passkeyDoor(site, 'citizen'));
  http.route(api.citizenSignInPasskey, async (call) => enter(await enterByPasskey(site, fromOf('citizen', call), call.body)));
  http.route(api.citizenSession, (call) => viewOf(site, citizenToken(call)));
  http.route(api.citizenSignOut, (call) => leave(site, call.actor));
  http.route(api.registerCitizen, async ({ body, requestId, actor }) => {
    const known = await directory.principals.byIdentifier(body.citizenNumber);
    if (known?.name !== body.name.trim()) throw fail('account.not-registered');
    await refuseWeak(site.use(Identity).isBreached, body.password, body.account, '/body/password');
    const password_hash = await hashPassword(body.password);
    const id = uuidv7();
    await site.database.as(site.database.system, async (tx) => {
      if (await store.accountOfPerson(tx, known.id)) throw fail('account.exists');
      const row = { id, kind: 'citizen' as const, username: body.account, person: known.id, person_name: known.name, password_hash };
      if (!(await store.insertAccounts(tx, [row]))) throw fail('account.taken', {}, { issues: [{ path: '/body/account', code: 'account.taken' }] });
      await site.audit.recordFor(tx, { kind: 'public', requestId, address: actor.address }, { event: 'account.registered', subject: id });
    });
    return { account: id };
  });
};

const own = (site: Site, http: Http): void => {
  const asPlatform = site.database.system;
  http.route(api.changePassword, async ({ actor, body }) => {
    const account = await site.database.as(asPlatform, (tx) => store.accountById(tx, actor.accountId as string));
    if (!account || !(await verifyPassword(account.password_hash, body.current))) throw fail('account.wrong-password', {}, { issues: [{ path: '/body/current', code: 'account.wrong-password' }] });
    await refuseWeak(site.use(Identity).isBreached, body.next, account.username, '/body/next');
    if (body.next === body.current) throw fail('account.same-password', {}, { issues: [{ path: '/body/next', code: 'account.same-password' }] });
    const hashed = await hashPassword(body.next);
    await site.database.as(asPlatform, (tx) => store.changePassword(tx, account.id, hashed, actor.sessionId));
    site.use(Identity).sessions.forget();
    await record(site, actor, 'account.passwordChanged', account.id);
    return { changed: true };
  });
  http.route(api.listSessions, async ({ actor }) => ({
    items: (await site.database.as(asPlatform, (tx) => store.sessions(tx, actor.accountId as string))).map((row) => ({
      id: row.id, startedAt: row.started_at.toISOString(), seenAt: row.seen_at.toISOString(), address: row.address, browser: browserOf(row.agent), current: row.id === actor.sessionId,
    })),
  }));
  http.route(api.endSession, async ({ actor, params }) => {
    const ended = await site.database.as(asPlatform, (tx) => store.endSession(tx, params.id, actor.accountId as string));
    site.use(Identity).sessions.forget(params.id);
    if (ended) await record(site, actor, 'session.closed', actor.accountId as string, { session: params.id });
    return { ended };
  });
};

export const routes = (site: Site, http: Http): void => {
  officials(site, http);
  citizens(site, http);
  own(site, http);
  factorRoutes(site, http);
  keepingRoutes(site, http);
};
