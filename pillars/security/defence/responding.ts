import { isIP } from 'node:net';
import type { ResponseKind } from '@zhengwu/contracts';
import type { Named } from '@zhengwu/audit';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import type { Blocks } from './blocks.ts';
import type { Finding } from './evaluate.ts';
import { plainAddress } from './places.ts';
import { endSessions, insertResponse, lockAccount, openAccount, undo, type Undone } from './store-responses.ts';

/** Targets of one finding; an attack from more is told by its alert. */
const MOST_TARGETS = 20;

const distinct = (list: readonly (string | null)[]): string[] => [...new Set(list.filter((one) => one !== null))].slice(0, MOST_TARGETS);

/**
 * Whom a response meets: the addresses of callers who were not signed in, never our own; the accounts that acted, but not those that were merely
 * tried, nor whoever changed another's rights.
 */
export const targetsOf = (kind: ResponseKind, { evidence }: Pick<Finding, 'evidence'>, blocks: Pick<Blocks, 'isOwn'>): string[] =>
  kind === 'block'
    ? distinct(evidence.filter((one) => one.session === null && one.kind !== 'sign-in').map(({ address }) => address)).filter((address) => isIP(plainAddress(address)) !== 0 && !blocks.isOwn(address))
    : distinct(evidence.filter((one) => one.kind !== 'refused' && one.kind !== 'rights').map(({ account }) => account));

export interface Order {
  alert: string | null;
  kind: ResponseKind;
  target: string;
  minutes: number;
}

/** Does it and records it, in the system's transaction; null when the target is under such a response already. `who` ordered it; null: a rule. */
export const respond = async (site: Site, tx: Tx, order: Order, who: Named | null): Promise<string | null> => {
  const { kind, target, minutes, alert } = order;
  const id = await insertResponse(tx, { ...order, by: who === null ? null : (who.name ?? '') });
  if (id === null) return null;
  if (kind === 'lock') await lockAccount(tx, target, minutes);
  if (kind !== 'block') await endSessions(tx, target);
  const entry = { event: 'defence.responded', subject: target, detail: { response: id, kind, minutes, alert } };
  await (who === null ? site.audit.record(tx, entry) : site.audit.recordFor(tx, who, entry));
  return id;
};

/** Ends a response before its time and records why; null when it had ended. Sessions that were ended stay so. */
export const undoResponse = async (site: Site, tx: Tx, id: string, who: Named, reason: string): Promise<Undone | null> => {
  const undone = await undo(tx, id, who.name ?? '', reason);
  if (undone === null) return null;
  if (undone.kind === 'lock') await openAccount(tx, undone.target, undone.still);
  await site.audit.recordFor(tx, who, { event: 'defence.undone', subject: undone.target, detail: { response: id, kind: undone.kind, reason } });
  return undone;
};
