import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Id, Instant, Line, Page } from '../scalars.ts';
import { Text } from '../text.ts';
import { SessionView } from './identity.ts';

const Token = Type.String({ pattern: '^[\\w-]{20,100}$' });
/** Six digits of an authenticator (RFC 6238). */
const OneTimeCode = Type.String({ pattern: '^\\d{6}$' });
const RecoveryCode = Type.String({ minLength: 8, maxLength: 40 });
const Password = Type.String({ minLength: 1, maxLength: 128 });
const NewPassword = Type.String({ minLength: 8, maxLength: 128 });
/** What the browser's WebAuthn hands over; the site verifies it whole. */
const Ceremony = Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 20 });
const CitizenSession = Type.Object({ token: Type.String(), session: SessionView });
const PasskeyChallenge = Type.Object({ challenge: Token, options: Type.Unknown() });
const Half = Type.Object({ challenge: Token, code: Type.Optional(OneTimeCode), recoveryCode: Type.Optional(RecoveryCode) }, { additionalProperties: false });
const WithPasskey = Type.Object({ challenge: Token, response: Ceremony }, { additionalProperties: false });
const Done = Type.Object({ done: Type.Boolean() });
const Nothing = Type.Object({}, { additionalProperties: false });
const ById = Type.Object({ id: Id });

/** The second step: the challenge of a right password and a code. The challenge is good for five minutes and one sign-in. */
export const signInSecond = operation({ id: 'session.secondFactor', method: 'POST', path: '/api/session/second-factor', summary: 'Second step of signing in, by code', body: Half, response: SessionView });
export const citizenSignInSecond = operation({ id: 'citizen.secondFactor', method: 'POST', path: '/api/citizen/session/second-factor', summary: 'Second step of signing in, by code, through the portal', body: Half, response: CitizenSession });
export const passkeyChallenge = operation({ id: 'session.passkeyChallenge', method: 'POST', path: '/api/session/passkey-challenge', summary: 'Begin signing in with a passkey', body: Nothing, response: PasskeyChallenge });
export const signInPasskey = operation({ id: 'session.passkey', method: 'POST', path: '/api/session/passkey', summary: 'Sign in with a passkey', body: WithPasskey, response: SessionView });
export const citizenPasskeyChallenge = operation({ id: 'citizen.passkeyChallenge', method: 'POST', path: '/api/citizen/session/passkey-challenge', summary: 'Begin signing in with a passkey, through the portal', body: Nothing, response: PasskeyChallenge });
export const citizenSignInPasskey = operation({ id: 'citizen.passkey', method: 'POST', path: '/api/citizen/session/passkey', summary: 'Sign in with a passkey, through the portal', body: WithPasskey, response: CitizenSession });
/** Only over a connection that proved a client certificate. */
export const signInCertificate = operation({ id: 'session.certificate', method: 'POST', path: '/api/session/certificate', summary: 'Sign in with the client certificate of the connection', body: Nothing, response: SessionView });

export const proveAgain = operation({
  id: 'account.prove', method: 'POST', path: '/api/account/proof', summary: 'Prove again that it is you',
  body: Type.Object({ password: Type.Optional(Password), code: Type.Optional(OneTimeCode), recoveryCode: Type.Optional(RecoveryCode), passkey: Type.Optional(WithPasskey) }, { additionalProperties: false }),
  response: Type.Object({ level: Type.Integer() }),
});
export const proofChallenge = operation({ id: 'account.proofChallenge', method: 'POST', path: '/api/account/proof-challenge', summary: 'Begin proving by passkey', body: Nothing, response: PasskeyChallenge });

export const secondFactorState = operation({
  id: 'secondFactor.state', method: 'GET', path: '/api/account/second-factor', summary: 'My second factors',
  response: Type.Object({
    code: Type.Boolean(), since: Type.Union([Instant, Type.Null()]), required: Type.Boolean(), recoveryCodesLeft: Type.Integer(),
    passkeys: Type.Array(Type.Object({ id: Id, name: Type.String(), createdAt: Instant, usedAt: Type.Union([Instant, Type.Null()]) })),
    /** The level to which the citizen's identity was checked: 1 told, 2 checked at the window. */
    verified: Type.Boolean(),
  }),
});
const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String()) });
export const beginSecondFactor = operation({ id: 'secondFactor.begin', method: 'POST', path: '/api/account/second-factor', summary: 'A secret for an authenticator; it counts once a code was right', body: Nothing, response: Type.Object({ secret: Type.String(), uri: Type.String() }) });
export const confirmSecondFactor = operation({ id: 'secondFactor.confirm', method: 'POST', path: '/api/account/second-factor/confirmation', summary: 'A first right code; answers the recovery codes, once', body: Type.Object({ code: OneTimeCode }, { additionalProperties: false }), response: RecoveryCodes });
export const removeSecondFactor = operation({ id: 'secondFactor.remove', method: 'DELETE', path: '/api/account/second-factor', summary: 'Sign in without codes from now on', response: Done });
export const renewRecoveryCodes = operation({ id: 'secondFactor.renewCodes', method: 'POST', path: '/api/account/recovery-codes', summary: 'New recovery codes; those before are void', body: Nothing, response: RecoveryCodes });
export const passkeyEnrolment = operation({ id: 'passkey.begin', method: 'POST', path: '/api/account/passkeys/challenge', summary: 'Begin adding a passkey', body: Nothing, response: PasskeyChallenge });
const PasskeyName = Type.String({ minLength: 1, maxLength: 60 });
export const addPasskey = operation({ id: 'passkey.add', method: 'POST', path: '/api/account/passkeys', summary: 'Add a passkey', status: 201, body: Type.Object({ challenge: Token, response: Ceremony, name: PasskeyName }, { additionalProperties: false }), response: Type.Object({ id: Id, recoveryCodes: Type.Array(Type.String()) }) });
export const renamePasskey = operation({ id: 'passkey.rename', method: 'PATCH', path: '/api/account/passkeys/:id', summary: 'Name a passkey', params: ById, body: Type.Object({ name: PasskeyName }, { additionalProperties: false }), response: Done });
export const removePasskey = operation({ id: 'passkey.remove', method: 'DELETE', path: '/api/account/passkeys/:id', summary: 'Remove a passkey', params: ById, response: Done });

const SignInLine = Type.Object({ id: Id, at: Instant, outcome: Type.Enum(['opened', 'refused', 'recovered']), means: Type.String(), address: Type.String(), browser: Text });
export const signInHistory = operation({ id: 'account.history', method: 'GET', path: '/api/account/sign-ins', summary: 'My last sign-ins, those that failed too', response: Type.Object({ items: Type.Array(SignInLine) }) });

const SessionLine = Type.Object({ id: Id, account: Id, username: Type.String(), name: Type.String(), kind: Type.Enum(['official', 'citizen']), means: Type.String(), assurance: Type.Integer(), startedAt: Instant, seenAt: Instant, address: Type.String(), browser: Text, current: Type.Boolean() });
export const sessionsInUse = operation({
  id: 'session.inUse', method: 'GET', path: '/api/sessions', summary: 'Sessions of officials, of everybody by user name', query: Type.Object({ ...Page.properties, after: Type.Optional(Id), account: Type.Optional(Line) }, { additionalProperties: false }),
  response: Type.Object({ items: Type.Array(SessionLine), next: Type.Union([Type.String(), Type.Null()]) }),
});
export const endAnySession = operation({ id: 'session.endAny', method: 'DELETE', path: '/api/sessions/:id', summary: 'Sign somebody out', params: ById, response: Type.Object({ ended: Type.Boolean() }) });
export const lockedAccounts = operation({ id: 'account.locked', method: 'GET', path: '/api/locked-accounts', summary: 'Accounts that are locked now', response: Type.Object({ items: Type.Array(Type.Object({ id: Id, username: Type.String(), name: Type.String(), kind: Type.Enum(['official', 'citizen']), until: Instant })) }) });
export const unlockAccount = operation({ id: 'account.unlock', method: 'POST', path: '/api/locked-accounts/:id/unlock', summary: 'Unlock an account', params: ById, body: Nothing, response: Done });

const Reason = Type.String({ minLength: 2, maxLength: 200 });
export const RecoveryView = Type.Object({
  id: Id, username: Type.String(), name: Type.String(), factors: Type.Boolean(), reason: Type.String(), askedBy: Type.String(), askedAt: Instant,
  state: Type.Enum(['asked', 'approved', 'refused']), decidedBy: Type.Union([Type.String(), Type.Null()]), decidedAt: Type.Union([Instant, Type.Null()]),
});
export const askRecovery = operation({ id: 'recovery.ask', method: 'POST', path: '/api/recoveries', summary: 'Ask for an official’s account to be recovered', status: 201, body: Type.Object({ account: Line, reason: Reason, factors: Type.Boolean({ description: 'the second factor is lost too' }) }, { additionalProperties: false }), response: Type.Object({ id: Id }) });
export const listRecoveries = operation({ id: 'recovery.list', method: 'GET', path: '/api/recoveries', summary: 'Recoveries asked for and decided', response: Type.Object({ items: Type.Array(RecoveryView) }) });
export const decideRecovery = operation({ id: 'recovery.decide', method: 'POST', path: '/api/recoveries/:id/decision', summary: 'Approve or refuse what another administrator asked', params: ById, body: Type.Object({ approve: Type.Boolean() }, { additionalProperties: false }), response: Type.Object({ oneTimePassword: Type.Union([Type.String(), Type.Null()]), until: Type.Union([Instant, Type.Null()]) }) });

export const recoverWithCode = operation({ id: 'citizen.recover', method: 'POST', path: '/api/citizen/recovery', summary: 'A new password for a citizen who holds a recovery code', body: Type.Object({ account: Line, recoveryCode: RecoveryCode, password: NewPassword }, { additionalProperties: false }), response: Done });
const AtWindow = Type.Object({ name: Line, citizenNumber: Type.String({ pattern: '^\\d{17}[\\dX]$' }), document: Type.Enum(['resident-card', 'passport', 'travel-permit']) }, { additionalProperties: false });
export const verifyAtWindow = operation({ id: 'account.verifyAtWindow', method: 'POST', path: '/api/window/verification', summary: 'Record that a citizen’s identity was checked at the window', body: AtWindow, response: Type.Object({ username: Type.String() }) });
export const recoverAtWindow = operation({ id: 'account.recoverAtWindow', method: 'POST', path: '/api/window/recovery', summary: 'A one-time password for a citizen whose identity was checked at the window', body: AtWindow, response: Type.Object({ username: Type.String(), oneTimePassword: Type.String(), until: Instant, coolingUntil: Instant }) });
