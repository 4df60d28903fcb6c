import type { Acting } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { Identity } from '@zhengwu/identity';
import type { Site } from '@zhengwu/module';
import type { Code } from './message.ts';
import type { Reader } from './search.ts';
import { applicationHolds, personHolds } from './store.ts';
import type { Tree } from './tree.ts';

/** Whose connection it is since the last successful bind. */
export interface Bound extends Reader {
  dn: string;
  kind: 'person' | 'application';
  id: string;
  /** When it was proved, in ms. */
  at: number;
}

export type Binding = { bound: Bound } | { refused: Code; said: string };

/** What an application needs to read over LDAP. */
export const READ = 'ldap.read';
const refusal = (refused: Code, said: string): Binding => ({ refused, said });

const bindPerson = async (site: Site, tree: Tree, account: string, password: string, from: { address: string; requestId: string }): Promise<Binding> => {
  const proved = await site.use(Identity).proveOfficial({ account, password }, { ...from, agent: 'LDAP' });
  if ('refused' in proved) {
    // Whose account it was, identity has set down; what was typed as a name is not kept.
    await site.database.as(site.database.system, (tx) => site.audit.recordFor(tx, { kind: 'public', ...from }, { event: 'ldap.refused', subject: 'people', detail: { reason: proved.refused } }));
    if (proved.refused === 'wrong') return refusal('invalidCredentials', '');
    return proved.refused === 'must-change' ? refusal('unwillingToPerform', 'change the one-time password in the console first') : refusal('strongerAuthRequired', 'this account signs in with two factors; a password alone is not enough');
  }
  const actor: Acting = { kind: 'official', accountId: proved.account, personId: proved.person, name: proved.name, scope: 'own', departments: [], subjects: [], clearance: 0, ...from };
  return { bound: { dn: tree.personDn(proved.username), kind: 'person', id: proved.person, at: Date.now(), actor, departments: null } };
};

const bindApplication = async (site: Site, tree: Tree, clientId: string, secret: string, from: { address: string; requestId: string }): Promise<Binding> => {
  const found = await site.use(Directory).applications.authenticate(clientId, secret);
  if (!found) {
    await site.database.as(site.database.system, (tx) => site.audit.recordFor(tx, { kind: 'public', ...from }, { event: 'ldap.refused', subject: clientId.slice(0, 64), detail: {} }));
    return refusal('invalidCredentials', '');
  }
  if (!found.permissions.includes(READ)) return refusal('insufficientAccessRights', `this application does not hold ${READ}`);
  const actor: Acting = { kind: 'official', name: `${found.name.zh} (${found.clientId})`, scope: 'own', departments: [], subjects: [], clearance: 0, ...from };
  return { bound: { dn: tree.applicationDn(found.clientId), kind: 'application', id: found.id, at: Date.now(), actor, departments: found.scope === 'all' ? null : found.departments } };
};

/** Checks a name and its password: an official's through identity, with its lock and its record, or an application's secret. */
export const bind = async (site: Site, tree: Tree, name: string, password: string, from: { address: string; requestId: string }): Promise<Binding> => {
  const holder = tree.holder(name);
  if (!holder || password.includes('\0')) return refusal('invalidCredentials', '');
  const made = await (holder.kind === 'people' ? bindPerson : bindApplication)(site, tree, holder.name, password, from);
  if ('bound' in made) {
    await site.database.as(site.database.system, (tx) => site.audit.recordFor(tx, made.bound.actor, { event: 'ldap.bound', subject: made.bound.id, detail: { dn: made.bound.dn } }));
  }
  return made;
};

/** An account may be locked or closed meanwhile, which identity alone knows: a person's bind is good for so long. */
const PERSON_MS = 15 * 60_000;

/** Whether whoever bound may still read: people leave and applications are closed while connections last. */
export const stillHolds = async (site: Site, { kind, id, at }: Bound): Promise<boolean> => {
  if (kind === 'person' && Date.now() - at > PERSON_MS) return false;
  return site.database.as(site.database.system, (tx) => (kind === 'person' ? personHolds(tx, id) : applicationHolds(tx, id)), { readOnly: true });
};
