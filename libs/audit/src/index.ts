export { type AuditEvent, type AuditEventName, auditEventNames, type AuditLog, type AuditOutcome, auditOutcomes, type AuditTrail } from './audit-event.js';
