export type { Audit, AuditEntry, Named } from './audit.ts';
export { openAudit } from './recorder.ts';
export { auditSchema } from './schema.ts';
