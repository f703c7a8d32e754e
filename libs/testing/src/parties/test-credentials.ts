import {
  type AuthorizationToIssue,
  createPresentation,
  createStatusEntries,
  type GrantedResource,
  issueAuthorizationCredential,
  issueEmployeeCredential,
  issueOrganizationCredential,
  type PresentationToCreate,
  type StatusListBase,
} from '@anw/credentials';
import type { User } from '@anw/identity';
import { ANW_PURPOSE_OF_USE, DidUrl, EmployeeIdentifier, PatientHandle, type ValidityPeriod } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { createTestParty, type TestParty } from './test-party.js';

/** The three roles, and someone who has nothing to do with them. */
export interface TestParties {
  readonly regisseur: TestParty;
  readonly custodian: TestParty;
  readonly actor: TestParty;
  readonly stranger: TestParty;
}

export function createTestParties(): TestParties {
  return { regisseur: createTestParty('regie'), custodian: createTestParty('bron'), actor: createTestParty('zorg'), stranger: createTestParty('vreemd') };
}

export function newCredentialId(issuer: TestParty): DidUrl {
  return DidUrl.parse(`${issuer.did}#${randomUUID()}`);
}

/** Where a party serves its status lists. */
export function statusListsOf(party: TestParty): StatusListBase {
  return { door: new URL(party.organisation.issuer).origin, uuid: party.organisation.id };
}

export const exampleResources: readonly GrantedResource[] = [
  { path: '/Patient', operations: ['search', 'read'], userContext: true, assuranceLevel: 'low' },
  { path: '/Observation', operations: ['search', 'read', 'create'], userContext: true, assuranceLevel: 'low' },
];

/** A valid authorization of eight hours from `now`; a refusal changes one fact. */
export function exampleAuthorization({ regisseur, custodian, actor }: TestParties, now: Date, change: Partial<AuthorizationToIssue> = {}): AuthorizationToIssue {
  return {
    id: newCredentialId(regisseur),
    actor: actor.did,
    custodian: custodian.did,
    delegation: DidUrl.parse(`${custodian.did}#c0ffee10-0000-4000-8000-000000000001`),
    handle: PatientHandle.parse('urn:uuid:0e5d4c1a-6a0b-4f6e-8d8c-0f6c4f0e9a11'),
    practitioner: exampleUser(now).identifier,
    purposeOfUse: ANW_PURPOSE_OF_USE,
    resources: exampleResources,
    period: hoursFrom(now, 8),
    status: createStatusEntries(statusListsOf(regisseur), { page: 1, index: 417 }),
    ...change,
  };
}

/** A nurse who logged in ten minutes before `now`. */
export function exampleUser(now: Date): User {
  return {
    identifier: EmployeeIdentifier.parse('e-10442'),
    name: 'P. Visser',
    roleName: 'Wijkverpleegkundige',
    assuranceLevel: 'substantial',
    authenticatedAt: new Date(now.getTime() - 600_000),
    means: 'employer-oidc',
  };
}

/** A signed employee credential of one hour, by and about `employer`. */
export function employeeOf(employer: TestParty, now: Date, change: Partial<User> = {}): Promise<string> {
  return issueEmployeeCredential(employer.signer, { id: newCredentialId(employer), user: { ...exampleUser(now), ...change }, period: hoursFrom(now, 1) });
}

/** An organisation credential of a year that the organisation issued to itself. */
export function organizationCredentialOf(organisation: TestParty, now: Date): Promise<string> {
  return issueOrganizationCredential(organisation.signer, {
    id: newCredentialId(organisation),
    organisation: organisation.did,
    name: 'Thuiszorg De Linde',
    city: 'Zwolle',
    period: hoursFrom(now, 24 * 365),
  });
}

/** What an actor presents at a custodian: organisation, employee, authorization, in that order. */
export async function examplePresentation(parties: TestParties, now: Date, change: Partial<PresentationToCreate> = {}): Promise<string> {
  const { actor, custodian, regisseur } = parties;
  return createPresentation(actor.signer, {
    audience: custodian.organisation.issuer,
    credentials: [
      await organizationCredentialOf(actor, now),
      await employeeOf(actor, now),
      await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now)),
    ],
    now,
    ...change,
  });
}

function hoursFrom(from: Date, hours: number): ValidityPeriod {
  return { from, until: new Date(from.getTime() + hours * 3_600_000) };
}
