export { isReceipt, NotificationEvent, NotificationType, notificationTypes } from './event.js';
export type { DeliveryState, Inbox, NotificationChannel, Outbox, OutboxMessage, ParkedMessage, Parking } from './outbox.js';
