export type { Audit, AuditEntry, Named } from './audit.ts';
export { named, openAudit } from './recorder.ts';
export { auditSchema } from './schema.ts';
