import { paper, test, type Evidence } from './cited.ts';

const FAST = 'pillars/security/sign-on/sign-on.test.ts';
const FULL = 'pillars/security/sign-on/sign-on.full.ts';
const BOUND = 'apps/site/sign-on.full.ts';

/** Signing on to other systems through this site. */
export const signOnEvidence: Readonly<Record<string, Evidence>> = {
  'sso-flow': test(FAST, 'OIDC Core §3.1, RFC 7636, RFC 7523: a code with PKCE and a signed request for tokens; claims by scope, one subject an application'),
  'sso-code': test(FAST, 'RFC 6749 §4.1.2, RFC 9700 §2.1: a code is good once, for who asked, with the verifier; shown again, all that came of it ends'),
  'sso-refresh': test(FAST, 'RFC 9700 §4.14: a refresh token is replaced at each use; the old one shown again ends the whole grant'),
  'sso-leaver': test(FAST, 'a leaver, and who signs out, loses everything at once; the application is told by a signed token'),
  'sso-settings': test(FAST, 'settings that cannot be meant are refused before anything is kept'),
  'sso-sealed': test(FAST, 'nothing that is kept opens anything: hashes and sealed payloads alone'),
  'sso-stranger': test(FULL, 'who is not the application gets nothing: another key, no key, an assertion shown twice, another redirect address, no PKCE'),
  'sso-race': test(FULL, 'of two that show one code at once, one gets tokens, and no longer than that'),
  'sso-offer': test(FULL, 'what is offered is what is needed: codes, refresh, S256, no registration, no implicit answers, scopes as registered'),
  'sso-times': test(FULL, 'a code is good for a minute, an access token for ten, a refresh token as long as the session at the console'),
  'sso-consent': test(FULL, 'consent: asked once, in a page without scripts, remembered, refused as the standard says, withdrawn with all it gave'),
  'sso-public': test(FULL, 'a client that has no key to show asks people each time, remembered or not (OWASP ASVS 5.0 V10.7.1)'),
  'sso-logout': test(FULL, 'RP-Initiated Logout 1.0: asked of the person, then console and all applications end together'),
  'sso-proof': test(FULL, 'OIDC Core §3.1.2.1: prompt=login and max_age ask for a fresh proof, acr_values for a stronger one; prompt=none never shows a page'),
  'sso-bound': test(BOUND, 'RFC 8705 §3: a bound access token is good with the certificate that got it, and not without one or with another'),
  'sso-mtls': test(BOUND, 'RFC 8705 §2.1: an application is known by the certificate of its institution, and by no other'),
  'sso-paper': paper('docs/security/sign-on.md'),
};
