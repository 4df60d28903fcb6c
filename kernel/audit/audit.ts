import type { Acting, Tx } from '@zhengwu/database';

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
  /** Records a read of personal data; resolves after the commit (grouped, ≤ 5 ms). Answer the reader only then. */
  read(actor: Acting, entry: AuditEntry): Promise<void>;
}
