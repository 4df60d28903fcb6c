import { signInEvidence } from './evidence-sign-in.ts';

/** What shows that a control holds. */
export interface Evidence {
  kind: 'test' | 'document' | 'setting' | 'register' | 'check';
  /** File in the repository, name of the setting, code of the register or of the check. */
  place: string;
  /** Name of the test; empty for the others. */
  name: string;
}

const test = (place: string, name: string): Evidence => ({ kind: 'test', place, name });
const paper = (place: string): Evidence => ({ kind: 'document', place, name: '' });
const setting = (place: string): Evidence => ({ kind: 'setting', place, name: '' });
const register = (place: string): Evidence => ({ kind: 'register', place, name: '' });
const check = (place: string): Evidence => ({ kind: 'check', place, name: '' });

const HTTP = 'kernel/http/http.test.ts';
const GATE = 'kernel/http/gate.test.ts';
const PARTS = 'kernel/http/parts.test.ts';
const SOCKET = 'kernel/http/socket.test.ts';
const RATE = 'kernel/http/rate.test.ts';
const BAD = 'apps/site/bad-input.test.ts';
const PORTAL = 'apps/portal/test/portal.test.ts';
const WHO = 'pillars/security/identity/identity.test.ts';
const CRYPTO = 'kernel/crypto/crypto.test.ts';
const GM = 'kernel/crypto/gm.test.ts';
const LOG = 'kernel/log/log.test.ts';
const DB = 'kernel/database/database.test.ts';
const BACKUP = 'kernel/database/backup/backup.test.ts';
const START = 'kernel/database/start.test.ts';
const FILES = 'kernel/files/files.test.ts';
const SEE = 'pillars/business/cases/visibility.property.test.ts';
const CA = 'pillars/security/certificates/certificates.test.ts';
const TRAIL = 'pillars/security/audit-trail/verify.test.ts';

/** Everything that controls cite, by a short name. A test of the site checks that each of them is there. */
export const evidence: Readonly<Record<string, Evidence>> = {
  ...signInEvidence,
  closed: test(PARTS, 'refuse unknown fields at every depth, in lists, alternatives and intersections'),
  issues: test(HTTP, 'names every fault of params, query and body at once, in the reader’s language'),
  'issues-site': test(BAD, 'all field issues come at once'),
  bounds: test('contracts/bounds.test.ts', 'whatever an operation takes in has a largest size'),
  typed: test(HTTP, 'takes a good request, reading numbers, booleans and lists of the address from text'),
  null: test(BAD, 'a null character, which the database cannot hold, is refused at its field'),
  text: test(BAD, 'is kept and answered as text in drafts, corrections’ notes, opinions and ratings; searching for it finds no more'),
  search: test('pillars/business/cases/lists.test.ts', 'whatever is typed, the query is a list of quoted lexemes or plain text without wildcards'),
  sqlmap: test('e2e/scanners.full.ts', 'sqlmap finds the planted hole, and none in any operation of the running site'),
  wapiti: test('e2e/scanners.full.ts', 'wapiti finds the planted hole, and none in the pages of the running portal'),
  markup: test(PORTAL, 'what people type is never markup'),
  printing: test('pillars/business/licences/printing.test.ts', 'takes nothing in its fields as markup'),
  headers: test(HTTP, 'carry the security headers; https adds HSTS'),
  'headers-portal': test(PORTAL, 'strict headers: nothing inline, no frames'),
  'file-safe': test(HTTP, 'of a file cannot run in the page, whatever its name'),
  'file-names': test(PARTS, 'file names in headers (RFC 6266, RFC 8187)'),
  methods: test(HTTP, 'to another method than the address takes are 405 and name those it takes (RFC 9110 §15.5.6)'),
  silent: test(HTTP, 'of a handler: declared ones as declared, unexpected ones logged and silent, a lost database as unavailable'),
  'silent-portal': test(PORTAL, 'the site fails: no detail leaks'),
  answers: test(HTTP, 'an answer that differs from its schema fails where answers are checked'),
  policies: test(HTTP, 'is refused for routes whose operations have no policy, naming each'),
  'policies-site': test('apps/site/documents.test.ts', 'every route of the site has a policy; a route without one does not start'),
  'gate-first': test(GATE, 'is settled before the body is read'),
  reach: test(GATE, 'give their reach to the actor; without the permission the call is refused'),
  'gate-names': test(GATE, 'never admit by a name that is not held, inherited names included'),
  denied: test(GATE, 'is told of refusals'),
  'read-audit': test(GATE, 'a read of personal data is answered only after its record; without the record nothing is shown'),
  'csrf-signin': test(GATE, 'signing in from another site is refused too, though nobody is signed in yet'),
  csrf: test(WHO, 'a change without the session’s CSRF token is refused'),
  'csrf-portal': test(PORTAL, 'without the token, with another form’s token, or from another site are refused and change nothing'),
  'cookie-host': test(WHO, 'is bound to its host where the origin is https, and any other name is nothing there (RFC 6265bis)'),
  'cookie-portal': test(PORTAL, 'sets an HttpOnly cookie and goes on to where one wanted to go'),
  'cookie-portal-host': test(PORTAL, 'over https cookies are bound to the host'),
  'no-token-page': test(PORTAL, 'carry a validator, answer 304, and hold no token'),
  'never-shared': test(PORTAL, 'are never shared with somebody signed in'),
  'signed-calls': test(PORTAL, 'are signed, say for whom, and never carry a token to another reader'),
  'portal-forged': test(BAD, 'a portal signature that is altered, old, or for another address is refused'),
  'portal-needed': test(WHO, 'a citizen token without the portal’s credential is nothing'),
  lock: test(WHO, 'five failures lock the account for a while, even for the right password (GB/T 22239)'),
  same: test(WHO, 'unknown account and wrong password are told apart by nothing'),
  'same-site': test(BAD, 'sign-in tells nobody which accounts exist'),
  'sign-out': test(WHO, 'signing out ends the session at once'),
  'ended-session': test(BAD, 'a session that has ended is refused with where to go'),
  'foreign-token': test(BAD, 'a token of another session is refused'),
  'expired-portal': test(PORTAL, 'an expired session is dropped'),
  tokens: test(CRYPTO, 'tokens are 256 bits, differ, and are stored as SHA-256 (FIPS 180-4 example "abc")'),
  initial: test('apps/site/organisation.test.ts', 'a trial keeps nothing; the load is whole, signs in with a password that must be changed, is audited and can be repeated'),
  kinds: test(BAD, 'a citizen is no official and an official no citizen'),
  foreign: test(BAD, 'an official of another department finds neither case nor task'),
  'not-there': test(BAD, 'is not there: cases, drafts, papers, payments'),
  visible: test(SEE, 'plain selects of cases, tasks, materials and history give what the rules say'),
  'visible-lists': test(SEE, 'list, count and search of officials, and the list of citizens, hold nothing that may not be opened and all of their reach'),
  'no-context': test(SEE, 'no context, no rows'),
  rows: test(DB, 'rows follow the departments of the actor; without context there are none'),
  'rows-write': test(DB, 'writing into a department out of reach is refused'),
  rollback: test(DB, 'a thrown error rolls back; a swallowed one is not taken for a commit'),
  grants: test('pillars/security/directory/grants.test.ts', 'gate and database agree: with a grant as context no row outside it shows'),
  superuser: test(START, 'a superuser as app role is refused'),
  powerless: test(START, 'a role that may create roles and databases is enough; the app role comes out powerless'),
  'own-secrets': test(START, 'keeps what was written over a stop and the killing of its server; secrets are for the owner’s eyes'),
  'lent-rights': test('kernel/database/migrate.test.ts', 'refuses to go on when a function lends the owner’s rights without a fixed search_path'),
  once: test('kernel/database/kernel.test.ts', 'twenty at once do the work once'),
  repeats: test(BAD, 'with the same key get the same answer, also in parallel; another body is refused'),
  twice: test(BAD, 'a draft submitted twice at once is one case'),
  'one-decides': test(BAD, 'one decides, the other is told who; the step is done once'),
  numbers: test('kernel/database/kernel.test.ts', 'running numbers never repeat, also when their series is new and forty ask at once'),
  registers: test('pillars/data/registers/registers.test.ts', 'refuses a record that breaks its schema or a check digit (GB 11643)'),
  'register-fields': test('pillars/data/registers/registers.test.ts', 'shows sensitive fields only to the named departments and their sections'),
  'register-public': test('pillars/data/registers/registers.test.ts', 'hides everything personal from the public'),
  rules: test('pillars/business/services/services.test.ts', 'is held against rules across steps and registers'),
  masked: test('pillars/business/cases/answers.test.ts', 'a citizen number is never shown whole, however deep it lies and whatever its field is called'),
  shown: test('apps/site/acts.test.ts', 'a masked number is shown on request only, and the look is recorded'),
  'sealed-facts': test('apps/site/intake.test.ts', 'the facts are sealed: nothing of a register can be read in them, nor can they be made up or used by somebody else'),
  'known-stays': test('apps/site/repeats.test.ts', 'what the platform knows can’t be replaced by what a decision sends along'),
  'only-asked': test('apps/site/applicant.test.ts', 'is only what its open correction asks for'),
  bucket: test(RATE, 'a bucket lets a minute’s calls through at once, then one each time its share of the minute has passed'),
  'rate-memory': test(RATE, 'memory is bounded: the key unused for longest is forgotten'),
  'rate-account': test(RATE, 'an account is held to its rate from wherever it calls; this machine’s address is not counted'),
  'rate-many': test(RATE, 'the call too many is answered 429 with Retry-After, and other addresses go on'),
  'rate-address': test(RATE, 'through the portal the reader’s address counts; a stranger who names another address gains nothing'),
  slow: test(SOCKET, 'a body that never ends arriving gets 408'),
  large: test(SOCKET, 'over the limit are refused, announced or not'),
  cut: test(SOCKET, 'a body that breaks off reaches no handler and harms nothing'),
  'too-large': test(BAD, 'more than the limit is refused'),
  'file-type': test(PORTAL, 'a file that lies about its type is named at its field'),
  'safe-names': test(FILES, 'are always safe, and safe names stay as they are'),
  'by-hash': test(FILES, 'is kept once however often it comes, also at the same time'),
  'upload-token': test(BAD, 'another token, and another person’s file, are refused'),
  'file-plain': test(PORTAL, 'a name with folders becomes a plain name'),
  s3: test(FILES, 'an S3-compatible bucket behind the same interface: signed, checked by sha256, sent once'),
  sealed: test(CRYPTO, 'sealed values open under their key and context only'),
  suites: test(CRYPTO, 'tagged values name their algorithm and find their suite'),
  'gm-suite': test(GM, 'names its algorithm, so that either suite opens what the other sealed before the setting was changed'),
  'gm-bit': test(GM, 'opens under its key and context only, and not when a single bit was altered'),
  'gm-verify': test(GM, 'refuses halves outside 1 to n-1 (GB/T 32918.2-2016 §7.1 B1, B2), other lengths and other algorithms'),
  'gm-openssl': test(GM, 'agrees with openssl, plain and as HMAC'),
  'key-file': test(CRYPTO, 'keeps keys across openings, encrypted and for the owner only; one key however many ask first'),
  rotated: test(CRYPTO, 'stays good after the key is rotated, and is refused when forged'),
  jwks: test(CRYPTO, 'verifies with our store and, from the exported JWKS, with any other implementation'),
  hardware: test('kernel/crypto/hardware-keys.full.ts', 'keys are made in the token, sign there, survive a restart, and cannot leave'),
  rewrap: test('apps/site/rewrap.test.ts', 'after the passphrase was changed citizens are found by their number and old licences verify; the old passphrase is refused'),
  'licence-forged': test('pillars/business/licences/licences.test.ts', 'takes the signed text, and no altered, foreign or unsigned one'),
  'licence-keys': test('pillars/business/licences/routes.test.ts', 'gets the public keys, and no private part'),
  'chain-openssl': test(CA, 'issue, openssl refuses what is revoked or on hold and accepts what is not'),
  'ca-root': test(CA, 'begin, root key, is encrypted outside the data folder and not in the key store of the site'),
  'ca-request': test(CA, 'read, altered signature, proves no possession (RFC 2986 §3)'),
  'ca-pseudonym': test(CA, 'issue, person, shows a pseudonym and never the citizen number'),
  peer: test('kernel/http/peer.test.ts', 'a peer belongs to its own connection, cannot be altered, and no header makes one'),
  'log-masks': test(LOG, 'for any date, check character and surrounding text'),
  'log-secrets': test(LOG, 'credentials in addresses and headers'),
  'log-lines': test(LOG, 'carries no personal number and cannot be broken out of by an id that a client chose'),
  'log-fields': test(LOG, 'lines carry time, level, name and the bindings of the child'),
  'log-any': test(LOG, 'any value can be logged: circular, deep, huge, binary'),
  'log-access': test(HTTP, 'are counted and logged by operation, without the address'),
  'request-id': test(HTTP, 'carry a request id: the caller’s if well-formed, else a new one'),
  openapi: test(HTTP, 'OpenAPI 3.1 is written from the operations'),
  ready: test(HTTP, 'readiness names what fails; metrics need the token from elsewhere'),
  audit: test('kernel/audit/audit.test.ts', 'a change is recorded with who, what and from where, and only if it is committed'),
  'audit-readers': test('kernel/audit/audit.test.ts', 'the trail is read by the audit administrator only (GB/T 22239-2019 8.1.5.3), and nobody can alter it'),
  'audit-reads': test('kernel/audit/audit.test.ts', 'reads of personal data are committed before they resolve, many in one statement'),
  'audit-look': test('pillars/security/audit-trail/routes.test.ts', 'each look at the trail is in the trail, with what was asked'),
  'trail-found': test(TRAIL, 'what somebody changes or removes straight in the database, past all rights of the site, is found'),
  'trail-rolled': test(TRAIL, 'a log rolled back behind a head that somebody kept, or rewritten before it, is found'),
  'trail-months': test(TRAIL, 'records count as removed after their time only where a head six months older covers them (网络安全法 §21 (3))'),
  'trail-roles': test('pillars/security/audit-trail/worker.test.ts', 'the roles of the site can neither change nor remove what is logged'),
  'audit-cli': test('apps/site/audit.test.ts', 'audit verify names what it finds, with exit code 1, without a database'),
  'backup-bring': test(BACKUP, 'bring back every row, number, file and constraint, also into a newer version'),
  'backup-altered': test(BACKUP, 'refuse a partial, shortened or altered backup and a database in use, before anything is written'),
  'backup-full': test('apps/site/backup.full.ts', 'a backup under load, the data folder destroyed, restored: licences verify, files open, work goes on'),
  faults: test('apps/site/faults.full.ts', 'the site and PostgreSQL are killed at random under load: nothing acknowledged is lost, nothing is done twice, all cases go on'),
  'site-away': test(PORTAL, 'the site is away: 503, in the reader’s language, with what was kept'),
  restart: test('tools/start.test.ts', 'a crashed program is started again'),
  'mail-retry': test('pillars/business/messages/messages.test.ts', 'mail is sent once; a refused one is tried again'),
  'settings-docs': test('kernel/config/config.test.ts', 'docs/configuration.md says what the code says'),
  'settings-secret': test('kernel/config/config.test.ts', 'every problem is reported at once, by name, in both languages, without the secret'),
  boundaries: test('tools/boundaries.test.ts', 'follow the arrows of the architecture, by package name only'),
  confined: test('pack/pack.test.ts', 'ends an endless loop and runs out of memory alone'),
  prototype: test('ui/form/decode.test.ts', 'can not be made to write into the prototype'),
  steps: test('contracts/codes/codes.test.ts', 'every open state can reach an end and every state can be reached'),
  journey: test('apps/site/journey.test.ts', 'the whole journey'),
  stand: test(WHO, 'who stands in for somebody has their reach while the delegation lasts'),
  session: test(WHO, 'a session says who one is and what one may do'),
  gone: test('pillars/business/licences/licences.test.ts', 'tells nothing without the check code or with a wrong one'),
  'one-day': test('apps/site/documents.test.ts', 'docs/audit-events.md lists every event and the operations that record it'),
  'sbom-test': test('tools/sbom.test.ts', 'is a CycloneDX 1.6 list of every package of the lock file, each with a licence that is allowed'),
  'four-eyes': test('pillars/security/governance/governance.test.ts', 'a change needs two people beside the one who asks'),
  acknowledged: test('pillars/security/governance/governance.test.ts', 'a published policy is to be read by all whom it concerns, and who has not is named'),
  lapses: test('pillars/security/governance/governance.test.ts', 'an exception lapses by itself on its day'),
  rechecked: test('pillars/security/governance/governance.test.ts', 'a finding is closed by another person than the one who put it right'),
  walked: test('pillars/security/governance/governance.test.ts', 'policy, person, control, evidence, finding and rectification are walked by link, both ways'),

  'doc-security': paper('docs/security.md'), 'doc-operations': paper('docs/operations.md'), 'doc-ports': paper('docs/ports.md'), 'doc-events': paper('docs/audit-events.md'), 'doc-errors': paper('docs/errors.md'),
  'doc-settings': paper('docs/configuration.md'), 'doc-architecture': paper('docs/architecture.md'), 'doc-certificates': paper('docs/security/certificates.md'), 'doc-management': paper('docs/security/management.md'),
  'doc-licences': paper('docs/licences.md'), 'doc-packs': paper('docs/tutorial-pack.md'), 'doc-confined': paper('docs/adr/0011-confined-packs.md'), 'doc-supervisor': paper('docs/adr/0012-small-supervisor.md'),
  'set-idle': setting('ZHENGWU_SESSION_IDLE_MINUTES'), 'set-hours': setting('ZHENGWU_SESSION_HOURS'), 'set-suite': setting('ZHENGWU_CRYPTO_SUITE'), 'set-files': setting('ZHENGWU_FILES_MAX_MB'), 'set-proxies': setting('ZHENGWU_TRUSTED_PROXIES'),
  'set-ca': setting('ZHENGWU_DATABASE_CA_FILE'), 'set-rates': setting('ZHENGWU_RATE_LIMITS'), 'set-pool': setting('ZHENGWU_DATABASE_POOL'), 'set-pkcs11': setting('ZHENGWU_PKCS11_MODULE'), 'set-log': setting('ZHENGWU_LOG_LEVEL'), 'set-metrics': setting('ZHENGWU_METRICS_TOKEN'),

  'check-rows': check('rows-protected'), 'check-demo': check('demo-off'), 'check-https': check('https-origins'), 'check-trail': check('trail-current'), 'check-officers': check('three-officers'), 'check-restore': check('restore-proved'),
  'check-assets': check('assets-classified'), 'check-drills': check('drills-met'), 'check-session': check('session-limits'), 'check-keys': check('keys-sealed'), 'check-rates': check('rates-on'), 'check-suite': check('national-suite'),

  ...Object.fromEntries(['policy', 'duty', 'committee', 'party', 'asset', 'screening', 'training', 'leaver', 'area', 'visitor', 'equipment', 'medium', 'procedure', 'change', 'capacity', 'backup', 'malware', 'review', 'privileged', 'exception',
    'requirement', 'release', 'vulnerability', 'impact', 'plan', 'drill', 'audit', 'finding', 'rectification'].map((code) => [`reg-${code}`, register(code)])),
};
