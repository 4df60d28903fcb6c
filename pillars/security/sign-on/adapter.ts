import { hashToken, type Sealer } from '@zhengwu/crypto';
import type { Database } from '@zhengwu/database';
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import * as store from './store.ts';
import type { NewArtefact } from './store.ts';
import { metadataOf } from './metadata.ts';
import { subjectOf } from './subject.ts';

/** What the protocol is to remember: where, and sealed by what. */
export interface Memory {
  database: Database;
  sealer: Sealer;
}

const contextOf = (kind: string, idHash: string): string => `sign-on:${kind}:${idHash}`;

/** What is kept of a payload beside its sealed self, so that a grant, a session or a person can be ended as one. */
const rowOf = ({ sealer }: Memory, kind: string, id: string, payload: AdapterPayload, seconds: number): NewArtefact => {
  const idHash = hashToken(id);
  const { account = null, session = null } = (kind === 'Interaction' ? undefined : subjectOf(payload.accountId)) ?? {};
  return {
    kind, idHash, account, session, seconds,
    uidHash: payload.uid === undefined ? null : hashToken(payload.uid), grantHash: payload.grantId === undefined ? null : hashToken(payload.grantId),
    clientId: payload.clientId ?? null, payload: sealer.seal(JSON.stringify(payload), contextOf(kind, idHash)),
  };
};

/** The payload of a session of the protocol that is being ended. */
export const openSession = (sealer: Sealer, { id, payload }: { id: string; payload: string }): AdapterPayload => JSON.parse(sealer.open(payload, contextOf('Session', id))) as AdapterPayload;

/** Keeps one kind of the protocol's artefacts in PostgreSQL: by hash, sealed, found while the person's session of the console holds. */
export const openAdapter = (memory: Memory) => (kind: string): Adapter => {
  const { database, sealer } = memory;
  const write = (work: Parameters<typeof database.as<unknown>>[1]): Promise<unknown> => database.as(database.system, work);
  const find = async (hash: string, byUid: boolean): Promise<AdapterPayload | undefined> => {
    const found = await store.artefact(database, kind, hash, byUid);
    if (!found) return undefined;
    const payload = JSON.parse(sealer.open(found.payload, contextOf(kind, found.id))) as AdapterPayload;
    return found.consumed === null ? payload : { ...payload, consumed: found.consumed };
  };
  return {
    find: async (id) => {
      if (kind !== 'Client') return find(hashToken(id), false);
      const client = await store.clientOf(database, id);
      return client ? metadataOf(client) : undefined;
    },
    findByUid: (uid) => find(hashToken(uid), true),
    findByUserCode: () => Promise.resolve(undefined),
    upsert: async (id, payload, seconds = 0) => {
      const row = rowOf(memory, kind, id, payload, seconds);
      // Of two assertions with one id that arrive together, the second finds no room.
      if (kind === 'ReplayDetection') {
        if (!(await write((tx) => store.keepOnce(tx, row)))) throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
      } else await write((tx) => store.keep(tx, row));
    },
    consume: async (id) => {
      const hash = hashToken(id);
      if (await write((tx) => store.consume(tx, kind, hash))) return;
      await write((tx) => store.dropGrantOf(tx, kind, hash));
      throw new errors.InvalidGrant('already consumed');
    },
    destroy: async (id) => void (await write((tx) => store.drop(tx, kind, hashToken(id)))),
    revokeByGrantId: async (grantId) => void (await write((tx) => store.dropGrant(tx, hashToken(grantId)))),
  };
};
