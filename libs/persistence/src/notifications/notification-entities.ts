import type { ChannelName, DeliveryState } from '@anw/notifications';
import { EntitySchema } from 'typeorm';

/** A row of the outbox as people look at it. */
export interface OutboxRow {
  readonly organisationId: string;
  readonly eventId: string;
  readonly recipient: string;
  readonly event: unknown;
  readonly jws: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date | null;
  readonly lastFailure: string | null;
}

export const OutboxEntity = new EntitySchema<OutboxRow>({
  name: 'NotificationOutbox',
  tableName: 'notification_outbox',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    eventId: { name: 'event_id', type: 'uuid', primary: true },
    recipient: { type: 'text' },
    event: { type: 'jsonb' },
    jws: { type: 'text' },
    state: { type: 'text' },
    attempts: { type: 'integer' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    nextAttemptAt: { name: 'next_attempt_at', type: 'timestamptz', nullable: true },
    lastFailure: { name: 'last_failure', type: 'text', nullable: true },
  },
});

export interface ParkedRow {
  readonly organisationId: string;
  readonly id: string;
  readonly channel: ChannelName;
  readonly reason: string;
  readonly receivedAt: Date;
  readonly size: number;
}

export const ParkedEntity = new EntitySchema<ParkedRow>({
  name: 'NotificationParked',
  tableName: 'notification_parked',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    id: { type: 'text', primary: true },
    channel: { type: 'text' },
    reason: { type: 'text' },
    receivedAt: { name: 'received_at', type: 'timestamptz' },
    size: { type: 'integer' },
  },
});

/** What a service that stores notifications registers with its database. */
export const notificationEntities: readonly EntitySchema[] = [OutboxEntity, ParkedEntity];
