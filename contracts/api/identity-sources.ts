import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Id, Instant, Line, Version } from '../scalars.ts';
import { SessionView } from './identity.ts';

const SourceCode = Type.String({ pattern: '^[a-z][a-z0-9-]{1,29}$' });
const Name = Type.Object({ zh: Line, en: Line }, { additionalProperties: false });
const Claim = Type.String({ pattern: '^[\\w:./-]{1,100}$' });
const HostName = Type.String({ pattern: '^[a-z0-9.-]{1,253}(:\\d{1,5})?$' });
const Level = Type.Integer({ minimum: 1, maximum: 2 });

/** How a source's claims become ours; a claim that is not named is not read. */
export const ClaimMapping = Type.Object({
  name: Claim,
  citizenNumber: Type.Optional(Claim),
  /** Where the level is told: `acr` or a claim of the source's own. */
  level: Claim,
  /** What its values vouch for; a value that is not listed vouches for level 1 of both. */
  levels: Type.Array(Type.Object({
    value: Type.String({ minLength: 1, maxLength: 200 }),
    /** 2: the source checked name and number against the document (实名). */
    identity: Level,
    /** 2: the sign-in took two factors. */
    proof: Level,
  }, { additionalProperties: false }), { maxItems: 12 }),
}, { additionalProperties: false });

export const SourceSettings = Type.Object({
  name: Name,
  issuer: Type.String({ minLength: 8, maxLength: 300, pattern: '^https?://[^?#\\s]+$' }),
  clientId: Type.String({ minLength: 1, maxLength: 200 }),
  /** `private-key`: signed with the site's own key (RFC 7523); `secret`: with a secret, kept sealed. */
  auth: Type.Enum(['private-key', 'secret']),
  scopes: Type.Array(Type.String({ pattern: '^[\\w:./-]{1,100}$' }), { minItems: 1, maxItems: 12 }),
  /** Asked of the source as `acr_values`. */
  acrValues: Type.Array(Type.String({ minLength: 1, maxLength: 200, pattern: '^\\S+$' }), { maxItems: 6 }),
  mapping: ClaimMapping,
  /** Hosts beside the issuer's own that its endpoints may lie on. */
  hosts: Type.Array(HostName, { maxItems: 6 }),
  /** An account with the same checked number is taken over without a proof of its own. */
  adopts: Type.Boolean(),
}, { additionalProperties: false });
export type SourceSettings = Static<typeof SourceSettings>;

export const IdentitySource = Type.Object({
  id: SourceCode, settings: SourceSettings, hasSecret: Type.Boolean(), active: Type.Boolean(), version: Version,
  decidedBy: Type.String(), decidedAt: Instant, links: Type.Integer(),
});
export type IdentitySource = Static<typeof IdentitySource>;
export const SourceProposal = Type.Object({
  id: Id, source: SourceCode, settings: SourceSettings, newSecret: Type.Boolean(), reason: Type.String(), proposedBy: Type.String(), proposedAt: Instant,
  state: Type.Enum(['open', 'approved', 'refused']), decidedBy: Type.Union([Type.String(), Type.Null()]), decidedAt: Type.Union([Instant, Type.Null()]), opinion: Type.Union([Type.String(), Type.Null()]), mine: Type.Boolean(),
});
export type SourceProposal = Static<typeof SourceProposal>;

const Reason = Type.String({ minLength: 2, maxLength: 200 });
const Done = Type.Object({ done: Type.Boolean() });
const Nothing = Type.Object({}, { additionalProperties: false });
const BySource = Type.Object({ id: SourceCode });
const ById = Type.Object({ id: Id });

/** Administration. */
export const listIdentitySources = operation({
  id: 'identity-source.list', method: 'GET', path: '/api/identity-sources', summary: 'Outside sources of accounts, and changes proposed', response: Type.Object({ items: Type.Array(IdentitySource), proposals: Type.Array(SourceProposal) }),
});
export const proposeIdentitySource = operation({
  id: 'identity-source.propose', method: 'POST', path: '/api/identity-sources/:id/proposals', summary: 'Propose a source, or a change of one', status: 201, params: BySource,
  body: Type.Object({ settings: SourceSettings, secret: Type.Optional(Type.String({ minLength: 8, maxLength: 500 })), reason: Reason }, { additionalProperties: false }), response: Type.Object({ id: Id }),
});
export const decideIdentitySource = operation({
  id: 'identity-source.decide', method: 'POST', path: '/api/identity-source-proposals/:id/decision', summary: 'Decide what another administrator proposed; approved counts at once', params: ById,
  body: Type.Object({ approve: Type.Boolean(), opinion: Reason }, { additionalProperties: false }), response: Done,
});
export const stopIdentitySource = operation({
  id: 'identity-source.stop', method: 'POST', path: '/api/identity-sources/:id/stop', summary: 'Switch a source off at once; it needs no second person', params: BySource,
  body: Type.Object({ reason: Reason, endSessions: Type.Optional(Type.Boolean({ description: 'sessions that came by it end too: the source may be in wrong hands' })) }, { additionalProperties: false }), response: Type.Object({ done: Type.Boolean(), ended: Type.Integer() }),
});
export const checkIdentitySource = operation({
  id: 'identity-source.check', method: 'POST', path: '/api/identity-sources/:id/check', summary: 'Ask the source’s discovery now', params: BySource, body: Nothing,
  response: Type.Object({ reachable: Type.Boolean(), problem: Type.Union([Type.Object({ zh: Type.String(), en: Type.String() }), Type.Null()]), redirectUri: Type.String(), keysUri: Type.String(), logoutUri: Type.String() }),
});
export const identitySourceKeys = operation({
  id: 'identity-source.keys', method: 'GET', path: '/api/identity-source-keys', summary: 'Public keys with which the site proves itself to sources (RFC 7517)', response: Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
});

/** The portal. */
const Secret = Type.String({ pattern: '^[\\w-]{20,100}$' });
const Next = Type.String({ maxLength: 1000, pattern: '^/' });
const Begun = Type.Object({ address: Type.String(), binding: Secret, name: Name });
const Offered = Type.Object({ id: SourceCode, name: Name });
export const offeredSources = operation({ id: 'identity-source.offered', method: 'GET', path: '/api/citizen/outside', summary: 'Sources to sign in with', response: Type.Object({ items: Type.Array(Offered) }) });
export const beginOutside = operation({
  id: 'identity-source.begin', method: 'POST', path: '/api/citizen/outside/:id/begin', summary: 'Where to send the browser to sign in at a source', params: BySource, body: Type.Object({ next: Next }, { additionalProperties: false }), response: Begun,
});
/** Whoever is signed in: to link the source, or to prove again that it is they. */
export const beginOutsideMine = operation({
  id: 'identity-source.beginMine', method: 'POST', path: '/api/account/outside/:id/begin', summary: 'Where to send the browser to link a source', params: BySource, body: Type.Object({ next: Next }, { additionalProperties: false }), response: Begun,
});
export const beginOutsideProof = operation({
  id: 'identity-source.beginProof', method: 'POST', path: '/api/account/outside-proof', summary: 'Where to send the browser to prove at the source of this session', body: Type.Object({ next: Next }, { additionalProperties: false }), response: Begun,
});
export const finishOutside = operation({
  id: 'identity-source.finish', method: 'POST', path: '/api/citizen/outside/:id/finish', summary: 'The browser came back from a source', params: BySource,
  body: Type.Object({
    binding: Secret, state: Secret, code: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })), iss: Type.Optional(Type.String({ maxLength: 300 })), error: Type.Optional(Type.String({ maxLength: 100 })),
  }, { additionalProperties: false }),
  response: Type.Object({
    outcome: Type.Enum(['entered', 'linked', 'proved', 'confirm', 'second-factor']), next: Next,
    token: Type.Optional(Type.String()), session: Type.Optional(SessionView),
    /** `confirm`: an account with this number exists; its holder proves it. */
    challenge: Type.Optional(Secret), username: Type.Optional(Type.String()), name: Type.Optional(Name),
  }),
});
export const confirmOutside = operation({
  id: 'identity-source.confirm', method: 'POST', path: '/api/citizen/outside/confirmation', summary: 'Prove the account that exists, so that the source is linked to it',
  body: Type.Object({ challenge: Secret, binding: Secret, password: Type.String({ minLength: 1, maxLength: 128 }), code: Type.Optional(Type.String({ pattern: '^\\d{6}$' })), recoveryCode: Type.Optional(Type.String({ minLength: 8, maxLength: 40 })) }, { additionalProperties: false }),
  response: Type.Object({ token: Type.String(), session: SessionView, next: Next }),
});
export const leaveOutside = operation({
  id: 'identity-source.leave', method: 'GET', path: '/api/citizen/outside-session', summary: 'Where one signs out of the source of this session too', response: Type.Object({ address: Type.Union([Type.String(), Type.Null()]), name: Type.Union([Name, Type.Null()]) }),
});
export const backChannelLogout = operation({
  id: 'identity-source.backChannelLogout', method: 'POST', path: '/api/citizen/outside/:id/logout', summary: 'A source tells that somebody signed out there (OpenID Connect Back-Channel Logout)', params: BySource,
  body: Type.Object({ logoutToken: Type.String({ minLength: 20, maxLength: 8000 }) }, { additionalProperties: false }), response: Type.Object({ ended: Type.Integer() }),
});

/** My account. */
export const myOutside = operation({
  id: 'identity-source.mine', method: 'GET', path: '/api/account/outside', summary: 'Sources linked to my account, and those that could be',
  response: Type.Object({
    username: Type.String(), hasPassword: Type.Boolean(),
    items: Type.Array(Type.Object({ id: Id, source: SourceCode, name: Name, linkedAt: Instant, usedAt: Type.Union([Instant, Type.Null()]), canUnlink: Type.Boolean() })),
    linkable: Type.Array(Offered),
  }),
});
export const unlinkOutside = operation({ id: 'identity-source.unlink', method: 'DELETE', path: '/api/account/outside/:id', summary: 'Unlink a source from my account', params: ById, response: Done });
export const setPassword = operation({
  id: 'identity-source.setPassword', method: 'POST', path: '/api/account/outside-password', summary: 'A first password for an account that came from a source', body: Type.Object({ password: Type.String({ minLength: 8, maxLength: 128 }) }, { additionalProperties: false }), response: Done,
});
