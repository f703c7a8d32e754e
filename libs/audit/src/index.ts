export type { AuditEvent, AuditEventName, AuditLog, AuditOutcome, AuditTrail } from './audit-event.js';
