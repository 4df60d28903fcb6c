export type { Audit, AuditEntry, Named } from './audit.ts';
export { auditEvents, defineAudits, type AuditEvent, type AuditEvents } from './catalogue.ts';
export { named, openAudit } from './recorder.ts';
export { auditSchema } from './schema.ts';
