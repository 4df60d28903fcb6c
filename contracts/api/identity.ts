import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Id, Instant, Line } from '../scalars.ts';
import { Text } from '../text.ts';

export const SessionView = Type.Object({
  account: Id, person: Id, kind: Type.Enum(['official', 'citizen']), name: Type.String(),
  /** For officials. */
  posts: Type.Array(Type.Object({ code: Type.String(), name: Type.Object({ zh: Type.String(), en: Type.String() }), department: Type.Object({ zh: Type.String(), en: Type.String() }) })),
  permissions: Type.Array(Type.String()),
  /** For citizens: whom they may act for, themselves first. */
  subjects: Type.Array(Type.Object({ id: Id, name: Type.String(), kind: Type.Enum(['person', 'institution']) })),
  /** The password is a one-time one: until it is changed nothing else is possible. */
  mustChange: Type.Optional(Type.Boolean()),
  /** A second factor must be set up before anything else is possible. */
  mustEnrol: Type.Optional(Type.Boolean()),
  /** Citizens: whether a clerk has checked their identity, the person being present. */
  verified: Type.Optional(Type.Boolean()),
  assurance: Type.Integer(), csrf: Type.String(), expiresAt: Instant,
});
export type SessionView = Static<typeof SessionView>;

const password = Type.String({ minLength: 8, maxLength: 128 });
const SignIn = Type.Object({ account: Line, password: Type.String({ minLength: 1, maxLength: 128 }) }, { additionalProperties: false });

/** Console: sets the cookie zw_console. */
export const signIn = operation({ id: 'session.signIn', method: 'POST', path: '/api/session', summary: 'Sign in as an official', body: SignIn, response: SessionView });
export const currentSession = operation({ id: 'session.current', method: 'GET', path: '/api/session', summary: 'Who is signed in', response: SessionView });
export const signOut = operation({ id: 'session.signOut', method: 'DELETE', path: '/api/session', summary: 'Sign out', response: Type.Object({ signedOut: Type.Boolean() }) });
/** Portal: the token goes into the portal's own cookie. */
export const citizenSignIn = operation({ id: 'citizen.signIn', method: 'POST', path: '/api/citizen/session', summary: 'Sign in as a citizen, through the portal', body: SignIn, response: Type.Object({ token: Type.String(), session: SessionView }) });
export const citizenSession = operation({ id: 'citizen.session', method: 'GET', path: '/api/citizen/session', summary: 'Who the citizen token stands for', response: SessionView });
export const citizenSignOut = operation({ id: 'citizen.signOut', method: 'DELETE', path: '/api/citizen/session', summary: 'Sign out of the portal', response: Type.Object({ signedOut: Type.Boolean() }) });
export const registerCitizen = operation({
  id: 'citizen.register', method: 'POST', path: '/api/citizen/accounts', summary: 'Open an account with name and citizen number', status: 201,
  body: Type.Object({ name: Line, citizenNumber: Type.String({ pattern: '^\\d{17}[\\dX]$' }), phone: Type.String({ pattern: '^1\\d{10}$' }), account: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{3,39}$' }), password }, { additionalProperties: false }),
  response: Type.Object({ account: Id }),
});
export const changePassword = operation({ id: 'account.changePassword', method: 'POST', path: '/api/account/password', summary: 'Change the password; other sessions end', body: Type.Object({ current: Type.String({ maxLength: 128 }), next: password }, { additionalProperties: false }), response: Type.Object({ changed: Type.Boolean() }) });
export const listSessions = operation({ id: 'session.list', method: 'GET', path: '/api/account/sessions', summary: 'My sessions', response: Type.Object({ items: Type.Array(Type.Object({ id: Id, startedAt: Instant, seenAt: Instant, address: Type.String(), browser: Text, current: Type.Boolean() })) }) });
export const endSession = operation({ id: 'session.end', method: 'DELETE', path: '/api/account/sessions/:id', summary: 'End one of my sessions', params: Type.Object({ id: Id }), response: Type.Object({ ended: Type.Boolean() }) });
