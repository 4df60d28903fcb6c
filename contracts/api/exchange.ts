import { Type } from 'typebox';
import { operation } from '../operation.ts';

const OrNull = <T extends Parameters<typeof Type.Array>[0]>(type: T) => Type.Union([type, Type.Null()]);

/* ---- between sites; what is signed needs no sign-in ---- */
export const readMembershipDocument = operation({
  id: 'exchange.membership', method: 'GET', path: '/api/exchange/membership', summary: 'The signed membership document that this node works on', response: Type.Object({ document: OrNull(Type.String()) }),
});
export const readServerEntry = operation({
  id: 'exchange.entry', method: 'GET', path: '/api/exchange/entry', summary: 'What the authority of the federation takes up of this node: addresses and certificates', response: Type.Object({ entry: Type.Record(Type.String(), Type.Unknown()) }),
});
