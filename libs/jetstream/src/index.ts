export { JetStreamChannel } from './jetstream-channel.js';
export { type BusReadiness, BusUnavailableError, JetStreamConnection, type JetStreamConnectionConfig, type JetStreamLink } from './jetstream-connection.js';
export { type BusNotification, JetStreamTransport, NOTIFICATION_PATTERN } from './jetstream-transport.js';
