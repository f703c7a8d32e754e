import type { CareRequestKind, TriageOutcome } from '@anw/triage';
import type { Urgency } from '@anw/authorization';
import { EntitySchema } from 'typeorm';

export interface CareRequestRow {
  readonly organisationId: string;
  readonly id: string;
  readonly kind: CareRequestKind;
  readonly reportedBy: string;
  readonly description: string;
  readonly urgency: Urgency;
  readonly receivedAt: Date;
  readonly outcome: TriageOutcome | null;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly tree: unknown;
  readonly deviation: string | null;
  readonly triageNote: string | null;
}

export const CareRequestEntity = new EntitySchema<CareRequestRow>({
  name: 'CareRequest',
  tableName: 'care_request',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    id: { type: 'uuid', primary: true },
    kind: { type: 'text' },
    reportedBy: { name: 'reported_by', type: 'text' },
    description: { type: 'text' },
    urgency: { type: 'text' },
    receivedAt: { name: 'received_at', type: 'timestamptz' },
    outcome: { type: 'text', nullable: true },
    decidedAt: { name: 'decided_at', type: 'timestamptz', nullable: true },
    decidedBy: { name: 'decided_by', type: 'text', nullable: true },
    tree: { type: 'jsonb', nullable: true },
    deviation: { type: 'text', nullable: true },
    triageNote: { name: 'triage_note', type: 'text', nullable: true },
  },
});
