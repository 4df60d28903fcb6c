export type { Audit, AuditEntry } from './audit.ts';
export { openAudit } from './recorder.ts';
export { auditSchema } from './schema.ts';
