export { type AuditEvent, type AuditEventName, auditEventNames, type AuditLog, type AuditOutcome, auditOutcomes, type AuditTrail } from './audit-event.js';
export { type LogHead, LogHeadError, signLogHead, type StoredHead, verifyLogHead } from './chain/log-head.js';
export { type ChainEnd, chainStart, createLink, hashLink, type LinkEntry, type LogLink } from './chain/log-link.js';
export { hashRow, type LoggedRow, type SealedFact, sealedFacts } from './chain/logged-row.js';
export { ROWS_PER_LINK, type SealableLog, sealLog } from './chain/seal-log.js';
export { type ChainBreak, type ChainReport, type KnownEnd, verifyChain } from './chain/verify-chain.js';
export { type BadHead, type LogChainReader, type LogReport, type LogToVerify, verifyLog } from './chain/verify-log.js';
