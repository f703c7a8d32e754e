export { Database, type DatabaseConfig, DatabaseUnavailableError, type SystemTransaction, type Transaction } from './database/database.js';
export { grantToApplication, lockToOrganisation, type TableRight } from './database/schema.js';
export { raiseSignal, type Signal, type SignalChannel, SignalListener } from './signals/signals.js';
export { InboxTable } from './notifications/inbox-table.js';
export { notificationEntities } from './notifications/notification-entities.js';
export { createNotificationTables } from './notifications/notification-tables.js';
export { OutboxTable } from './notifications/outbox-table.js';
export { listParkedEverywhere, ParkingTable } from './notifications/parking-table.js';
export { readOutboxBacklog, RelayTables } from './notifications/relay-tables.js';
