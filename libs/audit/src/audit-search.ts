import type { Did, EmployeeIdentifier, PatientId } from '@anw/values';
import type { AuditEvent, AuditEventName, AuditOutcome } from './audit-event.js';

/** Which rows a privacy officer asks for; what is left out does not matter. */
export interface LogFilter {
  readonly patient?: PatientId;
  readonly practitioner?: EmployeeIdentifier;
  /** The organisation on whose behalf. */
  readonly actor?: Did;
  /** Through whose authorization, or who asked itself. */
  readonly regisseur?: Did;
  readonly name?: AuditEventName;
  readonly outcome?: AuditOutcome;
  /** Half-open: `from` belongs to it, `until` does not. */
  readonly from?: Date;
  readonly until?: Date;
}

export interface LogSearch extends LogFilter {
  /** Only rows before this one: a page goes on where the one before ended, whatever was logged meanwhile. */
  readonly before?: number;
  readonly limit: number;
}

export interface FoundEvent {
  readonly sequence: number;
  readonly event: AuditEvent;
}

/** Searches the log of one organisation. */
export interface LogSearcher {
  /** Newest first. */
  searchLog(search: LogSearch): Promise<readonly FoundEvent[]>;
}
