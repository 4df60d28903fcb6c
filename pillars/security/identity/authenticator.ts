import type { FastifyRequest } from 'fastify';
import {
  addPasskey, beginSecondFactor, changePassword, citizenSession, citizenSignOut, confirmSecondFactor, currentSession, passkeyEnrolment, proofChallenge, proveAgain, secondFactorState, signOut,
  type AnyOperation,
} from '@zhengwu/contracts';
import type { Authenticator } from '@zhengwu/http';
import { createHmacSigner, type HmacSigner, type Secrets } from '@zhengwu/crypto';
import { actorsFor, mustEnrol, type Demands } from './actors.ts';
import { fail } from './errors.ts';
import type { Sessions } from './sessions.ts';
import type { SessionFacts } from './store.ts';

/** Name of the console's cookie. Over TLS the prefix makes browsers take it from this host alone, whole and secure (RFC 6265bis §4.1.3.2). */
export const consoleCookie = ({ origins, demoSite }: { origins: { site: string }; demoSite: string }): string =>
  `${origins.site.startsWith('https:') ? '__Host-' : ''}zw_console${demoSite === 'city' ? '' : `_${demoSite}`}`;
/** A portal credential is good for this long either way, so that clocks may differ a little. */
const SKEW_SECONDS = 90;

const headerOf = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

/** The value of a cookie; the first of that name counts. */
export const cookieOf = (header: string | undefined, name: string): string | null => {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
};

/** The portal's signature holds over what would be worth exchanging: time, method, path, address, citizen token, principal. */
const isSignedByPortal = (signer: HmacSigner, request: FastifyRequest): boolean => {
  const [seconds = '', ...rest] = headerOf(request, 'x-zhengwu-portal').split('.');
  if (!/^\d{10}$/.test(seconds) || Math.abs(Date.now() / 1000 - Number(seconds)) > SKEW_SECONDS) return false;
  return signer.verify(rest.join('.'), seconds, request.method, request.url, headerOf(request, 'x-zhengwu-address'), headerOf(request, 'x-zhengwu-citizen'), headerOf(request, 'x-zhengwu-on-behalf-of'));
};

const namesOf = (operations: readonly Pick<AnyOperation, 'method' | 'path'>[]): ReadonlySet<string> => new Set(operations.map(({ method, path }) => `${method} ${path}`));
const FIRST = [currentSession, signOut, citizenSession, citizenSignOut, changePassword];
/** What whoever holds a one-time password may do: see that they are signed in, choose a password, sign out. */
const CHOOSING = namesOf(FIRST);
/** What whoever must have a second factor and has none may do beside that: set one up. */
const ENROLLING = namesOf([...FIRST, secondFactorState, beginSecondFactor, confirmSecondFactor, passkeyEnrolment, addPasskey, proveAgain, proofChallenge]);

/** Throws `account.must-change` or `account.must-enrol` for anything else. */
const admitted = (facts: SessionFacts, { method, url }: FastifyRequest, demands: Demands): SessionFacts => {
  const called = `${method} ${url.split('?')[0]}`;
  if (facts.mustChange && !CHOOSING.has(called)) throw fail('account.must-change');
  if (!ENROLLING.has(called) && mustEnrol(facts, demands)) throw fail('account.must-enrol');
  return facts;
};

/** CSRF tokens are an HMAC over the session: nothing to store, nothing to guess. */
export const csrfSigner = (secrets: Secrets): HmacSigner => createHmacSigner(secrets, 'console-csrf');

/** Who sends a request: an official by the console's cookie, a citizen by the portal's signed credential. */
export const openAuthenticator = (sessions: Sessions, secrets: Secrets, cookieName: string, demands: Demands): Authenticator => {
  const portal = createHmacSigner(secrets, 'portal-credential');
  const csrf = csrfSigner(secrets);
  const actorOf = actorsFor(demands);
  const verdicts = new WeakMap<FastifyRequest, boolean>();
  const isPortal = (request: FastifyRequest): boolean => {
    const known = verdicts.get(request);
    if (known !== undefined) return known;
    const verdict = request.headers['x-zhengwu-portal'] !== undefined && isSignedByPortal(portal, request);
    verdicts.set(request, verdict);
    return verdict;
  };
  return {
    isPortal,
    authenticate: async (request, anew) => {
      const requestId = request.id;
      if (isPortal(request)) {
        const token = headerOf(request, 'x-zhengwu-citizen');
        const facts = token ? await sessions.of(token, anew) : null;
        if (facts?.kind !== 'citizen') return undefined;
        return actorOf(admitted(facts, request, demands), { requestId, address: headerOf(request, 'x-zhengwu-address') || request.ip, onBehalfOf: headerOf(request, 'x-zhengwu-on-behalf-of') || null });
      }
      const cookie = cookieOf(request.headers.cookie, cookieName);
      const facts = cookie ? await sessions.of(cookie, anew) : null;
      return facts?.kind === 'official' ? actorOf(admitted(facts, request, demands), { requestId, address: request.ip, onBehalfOf: null }) : undefined;
    },
    verifyCsrf: (token, actor) => actor.sessionId !== null && csrf.verify(token, actor.sessionId),
  };
};
