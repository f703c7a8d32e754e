export { Database, type DatabaseConfig, DatabaseUnavailableError, type SystemTransaction, type Transaction } from './database/database.js';
export { grantToApplication, lockToOrganisation, type TableRight } from './database/schema.js';
export { raiseSignal, type Signal, type SignalChannel, SignalListener } from './signals/signals.js';
