export { createDocumentFetch, maxAgeOf } from './fetch-did-document.js';
export { createOutbound, type Outbound, type OutboundConfig, type OutboundFetch, type OutboundOutcome, type OutboundRequest } from './outbound.js';
export { OutboundError, type OutboundFailure } from './outbound-error.js';
export { type CircuitSettings, type CircuitStateName, defaultCircuitSettings } from './partner-circuits.js';
export { overwriteParserMemory } from './overwrite-parser-memory.js';
