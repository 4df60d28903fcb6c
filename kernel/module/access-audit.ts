import type { Audit } from '@zhengwu/audit';
import type { AccessAudit } from '@zhengwu/http';
import type { Log } from '@zhengwu/log';

const subjectOf = (params: unknown): string => {
  const values = Object.values((params ?? {}) as Record<string, unknown>);
  return values.length === 0 ? '-' : values.map(String).join('/').slice(0, 200);
};

/** What the gate records: reads of personal data before they are answered, and refusals. */
export const accessAudit = (audit: Audit, log: Log): AccessAudit => ({
  read: ({ event, operation, actor, params }) => audit.read(actor, { event, subject: subjectOf(params), detail: { operation } }),
  denied: ({ operation, actor, code }) => {
    audit.read(actor, { event: 'access.denied', subject: operation, detail: { code } }).catch((error: unknown) => log.error({ err: error }, 'a refusal could not be recorded'));
  },
});
