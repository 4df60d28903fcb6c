import type { Actor } from '@zhengwu/contracts';
import type { Acting, Tx } from '@zhengwu/database';

/** Who is named in a record: an actor, or what is known of one who is not signed in yet. */
export type Named = Pick<Actor, 'kind'> & Partial<Pick<Actor, 'accountId' | 'personId' | 'name' | 'onBehalfOf' | 'requestId' | 'address'>>;

/** One line of the audit trail: who (the actor), what, about whom or what, and particulars. */
export interface AuditEntry {
  /** Event of the audit catalogue: `case.submitted`. */
  event: string;
  /** Id of the thing or person concerned. */
  subject: string;
  detail?: Record<string, unknown>;
}

export interface Audit {
  /** Records in the caller's transaction, as the actor it runs as: no change without its record. */
  record(tx: Tx, entry: AuditEntry): Promise<void>;
  /** Records in the caller's transaction, but in the name of `who`: for work that the platform does at somebody's word. */
  recordFor(tx: Tx, who: Named, entry: AuditEntry): Promise<void>;
  /** Records a read of personal data; resolves after the commit (grouped, ≤ 5 ms). Answer the reader only then. */
  read(actor: Acting, entry: AuditEntry): Promise<void>;
}
