import { createHash } from 'node:crypto';
import type { Tx } from './database.ts';
import './errors.ts';

/** A command that its sender may repeat: the sender's key and the body it came with. */
export interface KeyedCommand {
  operation: string;
  key: string;
  body?: unknown;
  /** Hash of the request when the caller has one; it then stands for the body. */
  requestHash?: string;
}

export interface Answer {
  status: number;
  answer: unknown;
}

/** Hash by which a repeat is told from a different command under the same key. */
export const bodyHash = (body: unknown): string => createHash('sha256').update(JSON.stringify(body ?? null)).digest('base64url');

/**
 * Does `work` at most once for this actor, operation and key, in the caller's transaction; a repeat gets the first answer.
 * The same key with another body fails with `idempotency.key-reused`. A failure keeps nothing, so the sender may try again.
 */
export const once = async (tx: Tx, command: KeyedCommand, work: () => Promise<Answer>): Promise<Answer & { repeated: boolean }> => {
  const { operation, key, body, requestHash } = command;
  const claim = 'select kernel.once($1, $2, $3) as kept';
  const { rows } = await tx.named<{ kept: Answer | null }>('kernel.once', claim, [operation, key, requestHash ?? bodyHash(body)]);
  const kept = rows[0]?.kept;
  if (kept) return { ...kept, repeated: true };
  const done = await work();
  await tx.named('kernel.once_done', 'select kernel.once_done($1, $2, $3, $4::jsonb)', [operation, key, done.status, JSON.stringify(done.answer ?? null)]);
  return { ...done, repeated: false };
};
