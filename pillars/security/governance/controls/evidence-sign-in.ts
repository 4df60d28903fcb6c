import type { Evidence } from './evidence.ts';

const test = (place: string, name: string): Evidence => ({ kind: 'test', place, name });
const paper = (place: string): Evidence => ({ kind: 'document', place, name: '' });
const setting = (place: string): Evidence => ({ kind: 'setting', place, name: '' });
const ID = 'pillars/security/identity';
const FACTOR = `${ID}/second-factor.test.ts`;
const KEEP = `${ID}/keeping.test.ts`;
const TLS = 'apps/site/tls.full.ts';
const ALERT = 'pillars/security/monitoring/alerting.test.ts';

/** Signing in, certificates, defence, monitoring, privacy. */
export const signInEvidence: Readonly<Record<string, Evidence>> = {
  'second-steps': test(FACTOR, 'makes sign-in two steps: password alone opens no session'),
  'second-officers': test(FACTOR, 'the three administrators must set up a second factor before anything else (GB/T 22239: two factors)'),
  'totp-once': test(FACTOR, 'a code that was used opens nothing more (RFC 6238 §5.2)'),
  'totp-window': test(`${ID}/totp.test.ts`, 'a code is good one step before and after its own, and no further (RFC 6238 §5.2)'),
  'totp-secret': test(`${ID}/totp.test.ts`, 'a secret has 160 bits and its address names the issuer'),
  'codes-hashed': test(FACTOR, 'a recovery code opens one session; ten are made, kept as keyed hashes'),
  challenge: test(FACTOR, 'a challenge opens one session, and none after five wrong codes'),
  'factor-sealed': test(FACTOR, 'counts only after a correct code, and its secret is kept sealed'),
  'factor-sessions': test(FACTOR, 'setting one up ends the other sessions, which were opened by password alone'),
  'step-up': test('kernel/http/step-up.test.ts', 'asks again when the proof is older than the rule’s minutes'),
  'step-up-asks': test(FACTOR, 'a sensitive operation asks for it when the proof is old, names the means, and then goes on'),
  'sign-in-list': test(FACTOR, 'the owner sees their own sign-ins, those that failed too'),
  'sign-in-event': test(FACTOR, 'an event with means and address; the name that was tried is told by a keyed hash alone'),
  'recover-two': test(KEEP, 'one administrator asks, another approves; the one-time password works once and ends every session'),
  'recover-hour': test(KEEP, 'the one-time password is good for half an hour'),
  'recover-factor': test(KEEP, 'a lost second factor goes with it when that was asked for'),
  'recover-code': test(KEEP, 'by a recovery code, once; sensitive operations wait for a day'),
  'recover-same': test(KEEP, 'an account that is not there and a wrong code are told apart by nothing (no enumeration)'),
  'recover-window': test(KEEP, 'at the window: a clerk sees the person, gives a one-time password; the account cools'),
  'admin-sessions': test(KEEP, 'sees the sessions of officials and signs somebody out'),
  idle: test(KEEP, 'after its idle time (GB/T 22239: idle time-out)'),
  absolute: test(KEEP, 'at its absolute end, however busy'),
  'demo-left': test(`${ID}/demo-accounts.test.ts`, 'a real site does not start while an account has the demonstration’s password; it names them and the remedy (GB/T 22239: default accounts)'),
  'cert-signin': test(`${ID}/certificate.test.ts`, 'the certificate of an official opens a session of assurance 3'),
  'cert-refused': test(`${ID}/certificate.test.ts`, 'a connection without a certificate, a revoked one, an unknown one, one of a device or of nobody opens none'),
  leaver: test('apps/site/people-flow.test.ts', 'a leaver: at once the session answers 401, the account is closed, the task is with the successor, and all of it is in the trail'),
  'scan-infected': test('kernel/files/scanning.test.ts', 'what the scanner finds clean is there at once; what it finds infected is refused, told, and nowhere'),
  clamd: test('kernel/files/clamd.full.ts', 'clamd finds EICAR and calls a plain file clean'),
  ids: test('pillars/security/defence/evaluate.test.ts', 'an attack is found within the normal day, and the evidence holds nothing else'),
  'ids-block': test('pillars/security/defence/defence.test.ts', 'a scanner that walks through paths is found, blocked at the gate, and answered again once it is undone'),
  'ids-mass': test('pillars/security/defence/defence.test.ts', 'mass reading is found from the audit trail, locks the account and ends its sessions; each observation names its record'),
  strangers: test('kernel/http/admission.test.ts', 'strangers are held to so many requests a minute of all operations and pages together; who is signed in is not'),
  flood: test('kernel/http/flood.full.ts', 'while strangers flood, an official who is signed in is answered every time, the 95th percentile within ten times the quiet one'),
  'tls-versions': test(TLS, 'shows a certificate of the site’s authority, speaks TLS 1.2 and 1.3 and nothing older'),
  'tls-foreign': test(TLS, 'refuses a certificate that another authority signed under the same names'),
  'tls-revoked': test(TLS, 'is refused elsewhere, blocked, or revoked, whatever it asks for, also on a connection that is open; each is recorded once'),
  expiring: test('pillars/security/certificates/routes.test.ts', 'expiring, is told once, a month before'),
  'cert-step-up': test('pillars/security/certificates/routes.test.ts', 'decide and revoke, without a second factor proved lately, is refused and nothing changes'),
  'file-sealed': test('kernel/files/sealed-store.test.ts', 'does not open when a byte was changed, the end cut off, or another body put in its place'),
  copied: test('pillars/security/audit-trail/keeping.test.ts', 'bundles hold what is new, each verified alone; what was written to one half is written again'),
  'check-rounds': test('pillars/security/monitoring/monitoring.test.ts', 'a round of the site’s own checks is kept with its figures, and only officials whose grant reaches all see it'),
  alerts: test(ALERT, 'fires once its condition has held for its minutes, tells, escalates, and resolves'),
  syslog: test('pillars/security/monitoring/network.test.ts', 'are found by text, host and severity, and end by age, six months at least (GB/T 22239-2019 8.1.5.4)'),
  ssrf: test('pillars/security/monitoring/monitoring.test.ts', 'metadata services and link-local addresses are refused in every spelling (OWASP SSRF)'),
  consent: test('apps/site/privacy.test.ts', 'once withdrawn, nothing is filled in from registers; given again, it is; both stay in the history'),
  looks: test('apps/site/privacy.test.ts', 'a citizen sees, within seconds, that an official looked: department, post, case and purpose, but no name (个人信息保护法 §44)'),
  duties: test('pillars/security/directory/duties.test.ts', 'the three administrators are three people (GB/T 22239-2019 8.1.5): by posts, by a role’s permissions, by a stand-in'),
  'duties-self': test('pillars/security/directory/duties.test.ts', 'nobody makes himself one: no post for oneself, no wider role of one’s own'),
  'review-lapse': test('pillars/security/directory/access.test.ts', 'a review: the head keeps or withdraws each holding but not his own; what stays unanswered goes up, then lapses; the evidence stays'),
  'events-all': test('apps/site/documents.test.ts', 'every operation that changes something records it (GB/T 22239-2019 8.1.4.3)'),
  'doc-sign-in': paper('docs/security/sign-in.md'), 'doc-keys': paper('docs/security/keys.md'), 'doc-defence': paper('docs/security/defence.md'), 'doc-audit': paper('docs/security/audit.md'), 'doc-directory': paper('docs/security/directory.md'),
  'set-clamd': setting('ZHENGWU_CLAMD'), 'set-factor': setting('ZHENGWU_SECOND_FACTOR_ROLES'),
};
