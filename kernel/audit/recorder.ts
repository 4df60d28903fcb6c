import type { Acting, Database } from '@zhengwu/database';
import type { Audit, AuditEntry, Named } from './audit.ts';

interface Waiting {
  row: unknown;
  done(): void;
  failed(error: unknown): void;
}

const largest = 500;

/** What a record says of who acted. */
export const named = ({ kind, accountId, personId, name, onBehalfOf, requestId, address }: Named): Named => ({ kind, accountId, personId, name, onBehalfOf, requestId, address });

const write = 'select audit.record_reads($1::jsonb, $2::jsonb)';

/** Commits at once what came with the same turn of the loop, and then, in one statement, what gathered while that commit was under way. */
const groupedWriter = (database: Database): ((row: unknown) => Promise<void>) => {
  let waiting: Waiting[] = [];
  let busy = false;
  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting.slice(0, largest);
      waiting = waiting.slice(largest);
      try {
        await database.call(database.system, 'audit.record_reads', write, [JSON.stringify(group.map(({ row }) => row))]);
        for (const { done } of group) done();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    busy = false;
  };
  return (row) =>
    new Promise((done, failed) => {
      waiting.push({ row, done, failed });
      if (busy) return;
      busy = true;
      setImmediate(() => void flush());
    });
};

/** The audit trail of one site. A read that cannot be recorded fails, and with it the request. */
export const openAudit = (database: Database): Audit => {
  const recordRead = groupedWriter(database);
  return {
    record: async (tx, { event, subject, detail }) => {
      await tx.named('audit.record', 'select audit.record(kernel.actor(), $1, $2, $3::jsonb)', [event, subject, JSON.stringify(detail ?? {})]);
    },
    recordFor: async (tx, who, { event, subject, detail }) => {
      await tx.named('audit.record_for', 'select audit.record($1::jsonb, $2, $3, $4::jsonb)', [JSON.stringify(named(who)), event, subject, JSON.stringify(detail ?? {})]);
    },
    read: (actor: Acting, { event, subject, detail }: AuditEntry) =>
      recordRead({ actor: named(actor), event, subject, detail: detail ?? {} }),
  };
};
