import { Type } from 'typebox';
import { operation } from '../operation.ts';

export const ldapAbout = operation({
  id: 'ldap.about', method: 'GET', path: '/api/directory/ldap', summary: 'How other systems read the directory over LDAP; port 0: they can’t',
  response: Type.Object({ port: Type.Integer(), base: Type.String(), attributes: Type.Array(Type.String()) }),
});
