import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Instant } from '../scalars.ts';
import { Text } from '../text.ts';

export const ldapAbout = operation({
  id: 'ldap.about', method: 'GET', path: '/api/directory/ldap', summary: 'How other systems read the directory over LDAP; port 0: they can’t',
  response: Type.Object({
    port: Type.Integer(), base: Type.String(), attributes: Type.Array(Type.String()), listening: Type.Boolean(), connections: Type.Integer(),
    /** When the certificate shown on StartTLS ends; null while nobody has asked for it since the start. */
    tlsUntil: Type.Union([Instant, Type.Null()]),
    applications: Type.Array(Type.Object({ clientId: Type.String(), dn: Type.String(), name: Text, department: Text, scope: Code, active: Type.Boolean(), hasSecret: Type.Boolean() })),
  }),
});
export const ldapRecent = operation({
  id: 'ldap.recent', method: 'GET', path: '/api/directory/ldap/recent', summary: 'The latest binds and searches over LDAP, from the trail',
  response: Type.Object({ items: Type.Array(Type.Object({ at: Instant, event: Code, who: Type.String(), address: Type.Union([Type.String(), Type.Null()]), subject: Type.String(), detail: Type.Record(Type.String(), Type.Unknown()) })) }),
});
