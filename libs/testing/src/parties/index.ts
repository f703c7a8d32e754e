export { InMemoryCustodian } from '../in-memory/in-memory-custodian.js';
export { InMemoryDpopReplays } from '../in-memory/in-memory-dpop-replays.js';
export { InMemoryNonces } from '../in-memory/in-memory-nonces.js';
export { InMemoryRecord } from '../in-memory/in-memory-record.js';
export { InMemoryStatusRegister } from '../in-memory/in-memory-status-register.js';
export {
  createTestParties,
  employeeOf,
  exampleAuthorization,
  examplePresentation,
  exampleResources,
  exampleUser,
  newCredentialId,
  organizationCredentialOf,
  statusListsOf,
  type TestParties,
} from './test-credentials.js';
export { createTestParty, keysOfParties, signersOfParties, type TestParty } from './test-party.js';
export { certificateOf, checkPortsOf, createTestCustodian, documentsOfParties, dpopPorts, exampleRequestFacts, heldAuthorization, presentedEmployee, type TestCustodian, validLists } from './test-access.js';
export { createOtherKey, type OtherKey } from './other-key.js';
export { publishedInstances } from './published-instances.js';
