import { hashToken, mintToken } from '@zhengwu/crypto';
import type { Database, Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import * as store from './store.ts';
import type { SessionFacts } from './store.ts';

/** Sessions of the site; what a token stands for is kept in memory for some seconds. */
export interface Sessions {
  open(tx: Tx, account: string, from: { address: string; agent: string }, assurance: number): Promise<string>;
  of(token: string): Promise<SessionFacts | null>;
  /** Forgets what is kept in memory of a session, or of all. */
  forget(session?: string): void;
}

const KEPT_MS = 5000;
const MOST_KEPT = 20_000;

/** `changes` tells when rights were changed in this process; other processes see it when what they kept runs out. */
export const openSessions = (database: Database, limits: { idleMinutes: number; hours: number }, changes: () => number): Sessions => {
  const kept = new Map<string, { facts: SessionFacts; until: number; changes: number }>();
  return {
    open: async (tx, account, from, assurance) => {
      const token = mintToken();
      await store.insertSession(tx, { id: uuidv7(), tokenHash: hashToken(token), account, ...limits, assurance, ...from });
      return token;
    },
    of: async (token) => {
      const hash = hashToken(token);
      const known = kept.get(hash);
      if (known && known.until > Date.now() && known.changes === changes()) return known.facts;
      const at = changes();
      const facts = await store.sessionOf(database, hash, limits.idleMinutes);
      if (!facts) {
        kept.delete(hash);
        return null;
      }
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(hash, { facts, until: Date.now() + KEPT_MS, changes: at });
      return facts;
    },
    forget: (session) => {
      for (const [hash, { facts }] of kept) if (!session || facts.session === session) kept.delete(hash);
    },
  };
};
