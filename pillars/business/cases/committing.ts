import type { Actor } from '@zhengwu/contracts';
import type { Database } from '@zhengwu/database';
import { isZhengwuError } from '@zhengwu/errors';
import { merge, type Unit } from './unit.ts';

/** A command's key: the sender's, or none where repeating does no harm. */
export interface Once {
  operation: string;
  key: string;
  /** Of operation, parameters and body: the same key with another one is refused. */
  hash: string;
}

interface Waiting {
  actor: Actor;
  /** Of one command: written together or not at all. */
  units: readonly Unit[];
  answer: unknown;
  once: Once | undefined;
  done(answer: unknown): void;
  failed(error: unknown): void;
}

/** Statements under way at once, and commands that one takes along. */
const WRITERS = 1;
const LARGEST = 32;

const WRITE = 'select cases.write($1::jsonb, $2::jsonb, $3::jsonb) as kept';

const claimsOf = (group: readonly Waiting[]): string | null => {
  const claims = group.flatMap(({ actor, once, answer }) =>
    (once ? [{ ...once, account: actor.accountId ?? actor.personId ?? actor.kind, status: 200, answer: answer ?? null }] : []));
  return claims.length > 0 ? JSON.stringify(claims) : null;
};

/** The database answered with a refusal, so that nothing of the statement was kept. A lost connection tells nothing. */
const isRefusal = (error: unknown): boolean => {
  const { severity, code } = error as { severity?: unknown; code?: unknown };
  return isZhengwuError(error) || (severity === 'ERROR' && !/^(?:08|57P)/.test(String(code)));
};

/**
 * Commits commands: one alone at once, those that come while others are being written together in the next statement, so that
 * they share its round trip and its flush to disk. A command that does not fit refuses its statement; then the halves go
 * apart until each has its own answer.
 */
export const openCommitter = (database: Database) => {
  const queue: Waiting[] = [];
  let writing = 0;
  const write = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const { rows } = await database.call<{ kept: { answer: unknown } | null }>(database.system, 'cases.write', WRITE, [claimsOf(group), merge(group.flatMap(({ actor, units }) => units.map((unit) => ({ actor, unit }))))]);
      const kept = rows[0]?.kept;
      for (const { answer, done } of group) done(kept ? kept.answer : answer);
    } catch (error) {
      const half = group.length >> 1;
      if (half === 0 || !isRefusal(error)) return group.forEach(({ failed }) => failed(error));
      await write(group.slice(0, half));
      await write(group.slice(half));
    }
  };
  const next = async (): Promise<void> => {
    writing += 1;
    while (queue.length > 0) await write(queue.splice(0, LARGEST));
    writing -= 1;
  };
  /** Resolves when the units of the command are durable, all or none; with a key, a repeat gets the first answer. */
  return <A>(actor: Actor, units: readonly Unit[], answer: A, once?: Once): Promise<A> =>
    new Promise<A>((resolve, reject) => {
      queue.push({ actor, units, answer, once, done: (given) => resolve(given as A), failed: reject });
      if (writing < WRITERS) void next();
    });
};
