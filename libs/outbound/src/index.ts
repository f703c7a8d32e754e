export { createDocumentFetch, maxAgeOf } from './fetch-did-document.js';
export { createOutbound, type Outbound, type OutboundConfig, type OutboundFetch, type OutboundRequest } from './outbound.js';
export { OutboundError, type OutboundFailure } from './outbound-error.js';
