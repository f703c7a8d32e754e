import type { Did } from '@anw/values';
import { createHash } from 'node:crypto';
import type { NotificationEvent, NotificationType } from './event.js';

/** The one stream of the bus, shared by all organisations of a region. */
export const NOTIFICATION_STREAM = 'ANW';

/** Everything that the stream keeps. */
export const NOTIFICATION_SUBJECTS = 'anw.v1.>';

/** Where a notification goes on the bus: `anw.v1.<recipient>.<type>` (design §4). */
export function notificationSubject(event: Pick<NotificationEvent, 'type' | 'data'>): string {
  return `anw.v1.${recipientToken(event.data.recipient)}.${typeTokens(event.type)}`;
}

/** Everything that is meant for one organisation, and nothing else. */
export function recipientFilter(recipient: Did): string {
  return `anw.v1.${recipientToken(recipient)}.>`;
}

/** Name under which the bus remembers how far an organisation has read; the same for all replicas of its service. */
export function durableName(recipient: Did): string {
  return `anw-${recipientToken(recipient)}`;
}

/** 130 bits of the DID's hash: a DID itself holds characters that a subject may not. */
function recipientToken(recipient: Did): string {
  return base32(createHash('sha256').update(recipient).digest()).slice(0, 26);
}

/** `nl.anw.authorization.offered.v1` is `authorization.offered` on the bus; the version stands in front of the subject. */
function typeTokens(type: NotificationType): string {
  return type.slice('nl.anw.'.length, -'.v1'.length);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Base32 (RFC 4648 §6) in lower case, without padding. */
function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((quintet) => alphabet[Number.parseInt(quintet, 2)]).join('');
}
