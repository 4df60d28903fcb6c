import { createHash, createHmac } from 'node:crypto';
import type { Actor } from '@zhengwu/contracts';
import { createSealer, suiteNamed, type ColumnKeys, type CryptoSuite } from '@zhengwu/crypto';
import type { Database, Tx } from '@zhengwu/database';
import { fail } from './errors.ts';
import * as store from './store.ts';
import type { PrincipalRow } from './store.ts';

/** A citizen or a company as others of the platform know them. */
export interface Principal {
  id: string;
  kind: 'person' | 'institution';
  name: string;
  /** Citizen number or unified social credit code. */
  identifier: string;
  phone: string | null;
  email: string | null;
}

export interface NewPrincipal extends Omit<Principal, 'id'> {
  id?: string;
  division?: string | null;
}

/** Citizens and companies: found by their number, which the table itself does not tell. */
export interface Principals {
  /** For whom a citizen acts in this request; throws `mandate.not-acting` when they may not. */
  actingFor(actor: Actor): Promise<Principal>;
  /** Everybody for whom somebody may act now: themselves, and those whose mandate they hold. */
  subjectsOf(person: string): Promise<string[]>;
  byId(id: string): Promise<Principal | null>;
  byIdentifier(identifier: string): Promise<Principal | null>;
  /** The one with this number, entered when the city does not know them yet. */
  enter(given: NewPrincipal): Promise<Principal>;
  /** Enters many at once; those already known are left as they are. */
  enterAll(tx: Tx, given: readonly NewPrincipal[]): Promise<void>;
  /** A row for another module's unit of work; the same identifier always gives the same id. */
  rowOf(given: NewPrincipal): PrincipalRow;
}

/** A UUID of version 8 from a keyed hash. */
const idFrom = (hash: string): string => {
  const hex = createHash('sha256').update(hash).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** `secret` keys the hashes: with another one nobody is found again. The numbers are sealed with the keys for columns, by `suite`. */
export const openPrincipals = (database: Database, secret: string, suite: CryptoSuite['name'] = 'intl', columns?: ColumnKeys): Principals => {
  const sealer = createSealer(secret, 'directory.identifier', suiteNamed(suite), columns);
  const hashOf = (identifier: string): string => createHmac('sha256', `directory:${secret}`).update(identifier.toUpperCase()).digest('base64url');
  const opened = (row: PrincipalRow): Principal => ({
    id: row.id, kind: row.kind, name: row.name, identifier: sealer.open(row.identifier_sealed, row.identifier_hash) ?? '', phone: row.phone, email: row.email,
  });
  const rowOf = (given: NewPrincipal): PrincipalRow => {
    const hash = hashOf(given.identifier);
    return {
      id: given.id ?? idFrom(hash), kind: given.kind, name: given.name, identifier_hash: hash, identifier_sealed: sealer.seal(given.identifier.toUpperCase(), hash),
      phone: given.phone, email: given.email, division: given.division ?? null,
    };
  };
  const read = async (find: (tx: Tx) => Promise<PrincipalRow | null>): Promise<Principal | null> => {
    const row = await database.as(database.system, find, { readOnly: true });
    return row ? opened(row) : null;
  };
  const byId = async (id: string): Promise<Principal | null> => {
    const row = await store.principalById(database, id);
    return row ? opened(row) : null;
  };
  const byIdentifier = (identifier: string): Promise<Principal | null> => read((tx) => store.principalByHash(tx, hashOf(identifier)));
  const enterAll: Principals['enterAll'] = (tx, given) => store.insertPrincipals(tx, given.map(rowOf));
  return {
    byId, byIdentifier, enterAll, rowOf,
    subjectsOf: (person) => database.as(database.system, (tx) => store.subjectsOf(tx, person), { readOnly: true }),
    actingFor: async (actor) => {
      const id = actor.onBehalfOf ?? actor.personId;
      const found = id && actor.subjects.includes(id) ? await byId(id) : null;
      if (!found) throw fail('mandate.not-acting');
      return found;
    },
    enter: async (given) => {
      await database.as(database.system, (tx) => enterAll(tx, [given]));
      return (await byIdentifier(given.identifier)) as Principal;
    },
  };
};
