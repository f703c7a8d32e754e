import { anw2022Resources, type CheckPorts, createAuthorizationStatuses, createDpopNonces, type DpopPorts, type RequestFacts } from '@anw/authorization';
import { type AuthorizationCredential, createStatusEntries, type CredentialStatuses, MAX_AUTHORIZATION_SECONDS, parseStatusEntries, type SignedEmployee } from '@anw/credentials';
import { type ClientCertificate, DidDocument, DidResolutionError, type DidResolver } from '@anw/identity';
import { ANW_PURPOSE_OF_USE, DidUrl, EmployeeIdentifier, PatientHandle, PatientId, type ValidityPeriod } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { InMemoryCustodian } from '../in-memory/in-memory-custodian.js';
import { InMemoryDpopReplays } from '../in-memory/in-memory-dpop-replays.js';
import { exampleUser, newCredentialId, statusListsOf, type TestParties } from './test-credentials.js';
import type { TestParty } from './test-party.js';

/** A custodian that lists regisseur and actor, with one patient enrolled: everything an authorization needs to be let in. */
export interface TestCustodian {
  readonly records: InMemoryCustodian;
  readonly patient: PatientId;
  readonly handle: PatientHandle;
  readonly delegation: DidUrl;
  readonly row: string;
  readonly enrolment: string;
}

export async function createTestCustodian({ regisseur, custodian, actor }: TestParties, now: Date): Promise<TestCustodian> {
  const records = new InMemoryCustodian();
  const patient = PatientId.parse('patient-1');
  const handle = PatientHandle.parse(`urn:uuid:${randomUUID()}`);
  const delegation = newCredentialId(custodian);
  const period = aroundNow(now, 30 * 24);
  const row = { id: randomUUID(), regisseur: regisseur.did, actor: actor.did, period };
  const enrolment = { id: randomUUID(), patient, regisseur: regisseur.did, handle, period };
  await records.allowlist.addRow(row);
  await records.allowlist.addDelegation({ id: delegation, regisseur: regisseur.did, actors: [actor.did], period, maxAuthorizationSeconds: MAX_AUTHORIZATION_SECONDS, jwt: 'not looked at' });
  await records.enrolments.addEnrolment(enrolment);
  records.inCare.add(patient);
  return { records, patient, handle, delegation, row: row.id, enrolment: enrolment.id };
}

/** A trusted client certificate of the host that serves the party's DID document. */
export function certificateOf(party: TestParty, change: Partial<ClientCertificate> = {}): ClientCertificate {
  return { hosts: [hostOf(party)], thumbprint: `${party.organisation.name}-thumbprint`, trusted: true, ...change };
}

/** A token request that all eight checks grant; a refusal changes one fact. */
export function exampleRequestFacts(parties: TestParties, { delegation, handle }: TestCustodian, now: Date, change: Partial<RequestFacts> = {}): RequestFacts {
  return {
    custodian: parties.custodian.did,
    actor: parties.actor.did,
    signedWith: parties.actor.signer.kid,
    certificate: certificateOf(parties.actor),
    employee: presentedEmployee(parties.actor, now),
    minimumAssuranceLevel: 'low',
    authorization: heldAuthorization(parties, { delegation, handle }, now),
    maxAuthorizationSeconds: MAX_AUTHORIZATION_SECONDS,
    now,
    ...change,
  };
}

export function heldAuthorization(parties: TestParties, { delegation, handle }: Pick<TestCustodian, 'delegation' | 'handle'>, now: Date, change: Partial<AuthorizationCredential> = {}): AuthorizationCredential {
  return {
    id: newCredentialId(parties.regisseur),
    regisseur: parties.regisseur.did,
    actor: parties.actor.did,
    custodian: parties.custodian.did,
    delegation,
    handle,
    practitioner: EmployeeIdentifier.parse('e-10442'),
    purposeOfUse: ANW_PURPOSE_OF_USE,
    resources: anw2022Resources,
    period: aroundNow(now, 4),
    status: parseStatusEntries(createStatusEntries(statusListsOf(parties.regisseur), { page: 1, index: 417 })),
    ...change,
  };
}

/** A nurse as her employer signed for her, logged in ten minutes ago. */
export function presentedEmployee(employer: TestParty, now: Date, change: Partial<SignedEmployee> = {}): NonNullable<RequestFacts['employee']> {
  const said: SignedEmployee = { form: 'signed', id: newCredentialId(employer), issuer: employer.did, employer: employer.did, ...exampleUser(now), period: aroundNow(now, 1), status: [], ...change };
  return { issuer: employer.did, subject: employer.did, said };
}

/** The checks' ports over a test custodian; every status list says `valid` unless told otherwise. */
export function checkPortsOf({ records }: Pick<TestCustodian, 'records'>, parties: TestParties, lists: CredentialStatuses = validLists): CheckPorts {
  return {
    systems: { minimumFor: () => 'client-certificate' },
    documents: documentsOfParties(...Object.values<TestParty>({ ...parties })),
    statuses: createAuthorizationStatuses(lists, records.revocations),
    allowlist: records.allowlist,
    patients: { findByHandle: (handle) => records.enrolments.findByHandle(handle), isInCare: records.isInCare },
  };
}

/** A server's side of DPoP, with proofs of its own memory. */
export function dpopPorts(now: Date, change: Partial<DpopPorts> = {}): DpopPorts {
  return { replays: new InMemoryDpopReplays(), nonces: createDpopNonces({ key: new Uint8Array(32), clock: () => now }), nonceNeeded: false, ...change };
}

export const validLists: CredentialStatuses = { statusOf: async () => ({ status: 'valid', checkedAt: new Date('2026-01-01T19:00:00Z') }) };

/** DID documents of these parties, without services. */
export function documentsOfParties(...parties: readonly TestParty[]): DidResolver {
  return {
    resolve: async (did) => {
      if (!parties.some((party) => party.did === did)) throw new DidResolutionError('not-found', did);
      return DidDocument.parse({ id: did });
    },
  };
}

function hostOf(party: TestParty): string {
  return new URL(party.organisation.issuer).hostname;
}

/** As long before as after. */
function aroundNow(now: Date, hours: number): ValidityPeriod {
  return { from: new Date(now.getTime() - hours * 3_600_000), until: new Date(now.getTime() + hours * 3_600_000) };
}
