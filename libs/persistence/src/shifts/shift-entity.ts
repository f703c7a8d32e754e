import { EntitySchema } from 'typeorm';

export interface ShiftRow {
  readonly organisationId: string;
  readonly id: string;
  readonly practitioner: string;
  readonly practitionerName: string;
  readonly roleName: string;
  readonly actor: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly endedAt: Date | null;
  readonly district: string | null;
  readonly toldAt: Date | null;
  readonly absentSince: Date | null;
  readonly startArea: string | null;
}

export const ShiftEntity = new EntitySchema<ShiftRow>({
  name: 'Shift',
  tableName: 'shift',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    id: { type: 'uuid', primary: true },
    practitioner: { type: 'text' },
    practitionerName: { name: 'practitioner_name', type: 'text' },
    roleName: { name: 'role_name', type: 'text' },
    actor: { type: 'text' },
    startsAt: { name: 'starts_at', type: 'timestamptz' },
    endsAt: { name: 'ends_at', type: 'timestamptz' },
    endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
    district: { type: 'text', nullable: true },
    toldAt: { name: 'told_at', type: 'timestamptz', nullable: true },
    absentSince: { name: 'absent_since', type: 'timestamptz', nullable: true },
    startArea: { name: 'start_area', type: 'text', nullable: true },
  },
});
