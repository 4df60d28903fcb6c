import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Instant, Version } from '../scalars.ts';
import { Text } from '../text.ts';

const ClientId = Type.Object({ clientId: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{2,63}$' }) });
const Address = Type.String({ minLength: 8, maxLength: 500 });
const Keys = Type.Object({ keys: Type.Array(Type.Record(Type.String({ maxLength: 40 }), Type.Unknown(), { maxProperties: 20 }), { minItems: 1, maxItems: 5 }) }, { additionalProperties: false });

export const SignOnMethod = Type.Enum(['private_key_jwt', 'tls_client_auth', 'none']);
export const SignOnScope = Type.Enum(['openid', 'profile', 'org', 'roles']);

const settings = {
  redirectUris: Type.Array(Address, { minItems: 1, maxItems: 10 }),
  logoutUris: Type.Array(Address, { maxItems: 10 }),
  backchannelUri: Type.Union([Address, Type.Null()]),
  method: SignOnMethod,
  /** Public keys as a JSON Web Key Set. */
  keys: Type.Union([Keys, Type.Null()]),
  /** Credit code of the institution in the certificate. */
  institution: Type.Union([Type.String({ pattern: '^[0-9A-Z]{18}$' }), Type.Null()]),
  bound: Type.Boolean(),
  scopes: Type.Array(SignOnScope, { minItems: 1, maxItems: 4 }),
  assurance: Type.Integer({ minimum: 1, maximum: 3 }),
  own: Type.Boolean(),
};

/** How people sign on to an application through this site (OpenID Connect). */
export const SignOnSettings = Type.Object({ clientId: Type.String(), ...settings, changedAt: Instant, changedBy: Type.String(), version: Version });

export const listSignOn = operation({
  id: 'signOn.list', method: 'GET', path: '/api/sign-on/clients', summary: 'Applications of the directory with how they sign people on',
  response: Type.Object({
    issuer: Type.String(),
    items: Type.Array(Type.Object({ clientId: Type.String(), name: Text, active: Type.Boolean(), settings: Type.Union([SignOnSettings, Type.Null()]) })),
  }),
});
export const putSignOn = operation({
  id: 'signOn.put', method: 'PUT', path: '/api/sign-on/clients/:clientId', summary: 'Set how an application signs people on', params: ClientId,
  body: Type.Object({ version: Version, ...settings }, { additionalProperties: false }), response: SignOnSettings,
});
export const dropSignOn = operation({ id: 'signOn.drop', method: 'DELETE', path: '/api/sign-on/clients/:clientId', summary: 'An application signs nobody on any more; what it holds ends at once', params: ClientId, response: Type.Object({ dropped: Type.Boolean() }) });
export const rotateSignOnKey = operation({ id: 'signOn.rotateKey', method: 'POST', path: '/api/sign-on/keys', summary: 'Sign with a new key from now on; the old one stays published for two days', response: Type.Object({ kid: Type.String() }) });
export const signOnReady = operation({
  id: 'signOn.ready', method: 'POST', path: '/api/sign-on/interactions/:uid', summary: 'Whether the session is proved strongly enough for a sign-on that waits, and where it goes on',
  params: Type.Object({ uid: Type.String({ pattern: '^[A-Za-z0-9_-]{20,64}$' }) }), response: Type.Object({ next: Type.String() }),
});
export const listSignOnConsents = operation({ id: 'signOn.consents', method: 'GET', path: '/api/sign-on/consents', summary: 'Applications that one agreed may know who one is', response: Type.Object({ items: Type.Array(Type.Object({ clientId: Type.String(), name: Text, scopes: Type.Array(Type.String()), at: Instant })) }) });
export const withdrawSignOnConsent = operation({ id: 'signOn.withdraw', method: 'DELETE', path: '/api/sign-on/consents/:clientId', summary: 'Withdraw consent; what the application holds of this person ends at once', params: ClientId, response: Type.Object({ withdrawn: Type.Boolean() }) });
