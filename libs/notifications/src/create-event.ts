import type { Did } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { NotificationEvent, type NotificationType } from './event.js';

export interface EventFacts {
  readonly type: NotificationType;
  readonly source: Did;
  readonly recipient: Did;
  /** What it is about: the id of an authorization; of a changed allowlist, the custodian's DID; of what came into a record, its id in the list of the custodian. */
  readonly subject: string;
  /** Where the recipient finds what this tells of. */
  readonly href?: string;
}

/** What an event needs from around it; a use case that must repeat itself exactly brings its own id. */
export interface EventOrigin {
  readonly now: Date;
  readonly id?: string;
}

/** A notification that tells of something. @throws ZodError when a fact does not fit the envelope. */
export function createEvent(facts: EventFacts, origin: EventOrigin): NotificationEvent {
  return envelope(facts, { recipient: facts.recipient, href: facts.href }, origin);
}

/** Tells the sender that its event is stored here. The sender repeats an event until it has this (design D12). */
export function createReceipt(event: NotificationEvent, origin: EventOrigin): NotificationEvent {
  const facts = { type: 'nl.anw.authorization.received.v1', source: event.data.recipient, subject: event.subject } as const;
  return envelope(facts, { recipient: event.source, inReplyTo: event.id }, origin);
}

function envelope(facts: Pick<EventFacts, 'type' | 'source' | 'subject'>, data: NotificationEvent['data'], origin: EventOrigin): NotificationEvent {
  return NotificationEvent.parse({
    specversion: '1.0',
    id: origin.id ?? randomUUID(),
    source: facts.source,
    type: facts.type,
    subject: facts.subject,
    time: origin.now.toISOString(),
    datacontenttype: 'application/json',
    data: withoutAbsent(data),
  });
}

function withoutAbsent<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
