import { hashToken, mintToken } from '@zhengwu/crypto';
import type { Database, Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import * as store from './store.ts';
import type { SessionFacts } from './store.ts';

/** Sessions of the site; what a token stands for is kept in memory for some seconds. */
export interface Sessions {
  /** Opens one; where the account has too many, those longest unused end. */
  open(tx: Tx, account: string, from: { address: string; agent: string }, assurance: number, means: string): Promise<{ token: string; session: string; ended: number }>;
  /** What a token stands for; `anew` asks the database whatever is kept. */
  of(token: string, anew?: boolean): Promise<SessionFacts | null>;
  /** Forgets what is kept in memory of a session, or of all. */
  forget(session?: string): void;
}

const KEPT_MS = 5000;
const MOST_KEPT = 20_000;

/** `changes` tells when rights were changed in this process; other processes see it when what they kept runs out. */
export const openSessions = (database: Database, limits: { idleMinutes: number; hours: number; most: number }, changes: () => number): Sessions => {
  const kept = new Map<string, { facts: SessionFacts; until: number; changes: number }>();
  return {
    open: async (tx, account, from, assurance, means) => {
      const [token, session] = [mintToken(), uuidv7()];
      await store.insertSession(tx, { id: session, tokenHash: hashToken(token), account, idleMinutes: limits.idleMinutes, hours: limits.hours, assurance, means, ...from });
      return { token, session, ended: await store.endBeyond(tx, account, limits.most) };
    },
    of: async (token, anew = false) => {
      const hash = hashToken(token);
      const known = kept.get(hash);
      if (!anew && known && known.until > Date.now() && known.changes === changes()) return known.facts;
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
