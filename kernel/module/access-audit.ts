import type { Audit } from '@zhengwu/audit';
import type { AccessAudit } from '@zhengwu/http';
import type { Log } from '@zhengwu/log';

/** What is looked at: the first part of the path that names something; what else the path names goes into the particulars. */
const subjectOf = (params: unknown): string => String(Object.values((params ?? {}) as Record<string, unknown>)[0] ?? '-').slice(0, 200);
const restOf = (params: unknown): Record<string, unknown> => {
  const rest = Object.entries((params ?? {}) as Record<string, unknown>).slice(1);
  return rest.length === 0 ? {} : { params: Object.fromEntries(rest) };
};

/** What the gate records: reads of personal data before they are answered, and refusals. */
export const accessAudit = (audit: Audit, log: Log): AccessAudit => ({
  read: ({ event, operation, actor, params, trace }) => audit.read(actor, { event, subject: subjectOf(params), detail: { operation, ...restOf(params), ...(trace === undefined ? {} : { trace }) } }),
  denied: ({ operation, actor, code }) => {
    audit.read(actor, { event: 'access.denied', subject: operation, detail: { code } }).catch((error: unknown) => log.error({ err: error }, 'a refusal could not be recorded'));
  },
});
