export { createEvent, createReceipt, type EventFacts, type EventOrigin } from './create-event.js';
export { isReceipt, isToOneself, NotificationEvent, NotificationType, notificationTypes } from './event.js';
export { HttpsChannel, type HttpsChannelPorts, HttpsDeliveryError, NOTIFICATION_MEDIA_TYPE, type PostNotification } from './https-channel.js';
export { type ParkingReason, UnacceptableNotificationError } from './notification-error.js';
export type {
  ChannelName,
  ClaimedMessage,
  ClaimRequest,
  DeliveryState,
  Inbox,
  NotificationChannel,
  Outbox,
  OutboxBacklog,
  OutboxMessage,
  ParkedMessage,
  Parking,
  RelayOutcome,
  RelayStore,
} from './outbox.js';
export { ClaimLoop, type ClaimLoopPorts } from './claim-loop.js';
export { OutboxRelay, type OutboxRelayPorts } from './outbox-relay.js';
export {
  type IncomingNotification,
  type NotificationEffect,
  type NotificationEffects,
  type NotificationStores,
  receiveNotification,
  type ReceiveNotificationPorts,
  type ReceiveResult,
  type Recipient,
} from './receive-notification.js';
export { relayMessage, type RelayMessagePorts } from './relay-message.js';
export { channelsToTry, defaultRelayTiming, type RelayTiming } from './relay-plan.js';
export { NOTIFICATION_JWS_TYPE, signEvent } from './sign-event.js';
export { durableName, NOTIFICATION_STREAM, NOTIFICATION_SUBJECTS, notificationSubject, recipientFilter } from './subject.js';
export { type EventExpectations, MAX_NOTIFICATION_AGE_SECONDS, MAX_NOTIFICATION_BYTES, verifyEvent } from './verify-event.js';
export { type DeliverWebhookPorts, deliverWebhook, type DeliveryOutcome, MAXIMUM_ATTEMPTS, type WebhookDelivery, type WebhookFetch } from './webhook/deliver-webhook.js';
export { signWebhook, verifyWebhook, WEBHOOK_SIGNATURE_HEADER } from './webhook/sign-webhook.js';
export { WebhookEvent } from './webhook/webhook-event.js';
export { type PushNotice, pushNotices, type PushText, textOfNotice } from './push/push-notice.js';
export { isPushEndpoint, nextPushAttempt, NOTICE_SECONDS, type PushOutcome, pushOutcome } from './push/push-service.js';
export { VisitEvent } from './webhook/visit-event.js';
