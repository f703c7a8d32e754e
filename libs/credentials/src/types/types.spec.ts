import { createTestParties, employeeOf, exampleAuthorization, exampleUser, keysOfParties, newCredentialId, organizationCredentialOf, statusListsOf } from '@anw/testing/parties';
import { Did, DidUrl } from '@anw/values';
import { CredentialError, type VerifiedCredential } from '../credential.js';
import { issueCredential } from '../issue-credential.js';
import { parseCredential } from '../parse-credential.js';
import { createStatusEntries } from '../status/status-entry.js';
import { verifyCredential } from '../verify-credential.js';
import { createAuthorizationClaims, issueAuthorizationCredential, readAuthorizationCredential, readStoredAuthorizationCredential } from './authorization-credential.js';
import { issueDelegationCredential, readDelegationCredential } from './delegation-credential.js';
import { createSelfAttestedEmployee, readEmployeeCredential } from './employee-credential.js';
import { readOrganizationCredential } from './organization-credential.js';

const now = new Date('2026-01-01T19:00:00Z');
const parties = createTestParties();
const { regisseur, custodian, actor } = parties;
const keys = keysOfParties(regisseur, custodian, actor);
const hours = (count: number) => ({ from: now, until: new Date(now.getTime() + count * 3_600_000) });

async function verified(jwt: string): Promise<VerifiedCredential> {
  return verifyCredential(parseCredential(jwt), { keys, now });
}

function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof CredentialError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('authorization credential (design §4)', () => {
  const issued = async (change = {}) => verified(await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now, change)));
  const withClaims = async (change: Record<string, unknown>, until = hours(8)) => {
    const terms = exampleAuthorization(parties, now);
    const claims = { ...createAuthorizationClaims(terms), ...change };
    return verified(await issueCredential(regisseur.signer, { id: terms.id, type: 'ANWAuthorizationCredential', subject: actor.did, claims, period: until, status: terms.status }));
  };

  it('says who may see whose record where, until when', async () => {
    const terms = exampleAuthorization(parties, now);
    expect(readAuthorizationCredential(await verified(await issueAuthorizationCredential(regisseur.signer, terms)))).toEqual({
      id: terms.id,
      regisseur: regisseur.did,
      actor: actor.did,
      custodian: custodian.did,
      delegation: terms.delegation,
      handle: terms.handle,
      practitioner: 'e-10442',
      purposeOfUse: 'anw-zorg-2022',
      resources: terms.resources,
      period: { from: new Date(now.getTime() - 5000), until: hours(8).until },
      status: [
        expect.objectContaining({ type: 'StatusList2021Entry', statusListIndex: 417, statusListCredential: `https://regie.example/statuslist/${regisseur.organisation.id}/1` }),
        expect.objectContaining({ type: 'BitstringStatusListEntry', statusListIndex: 417, statusListCredential: `https://regie.example/bitstring-statuslist/${regisseur.organisation.id}/1` }),
      ],
    });
  });

  it('names nobody in particular when there is no practitioner', async () => {
    const { practitioner: _, ...terms } = exampleAuthorization(parties, now);
    expect(readAuthorizationCredential(await verified(await issueAuthorizationCredential(regisseur.signer, terms)))).not.toHaveProperty('practitioner');
  });

  it('carries claims under the names of the wire, and no BSN can take the place of the handle', async () => {
    const credential = await issued();
    expect(Object.keys(credential.claims).sort()).toEqual(['custodian', 'delegation', 'id', 'practitioner', 'purposeOfUse', 'resources', 'subject']);
    expect(refusalOf(() => readStoredAuthorizationCredential({ ...credential, claims: { ...credential.claims, subject: 'urn:oid:2.16.840.1.113883.2.4.6.3:999911120' } }))).toBe('malformed');
  });

  it('lasts 24 h at most, the back-dated start included', async () => {
    const { issuedAt, expiresAt } = await issued({ period: hours(24) });
    expect(expiresAt!.getTime() - issuedAt.getTime()).toBe(24 * 3_600_000);
    await expect(issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now, { period: hours(24.01) }))).rejects.toThrow(RangeError);
  });

  it.each<[string, Record<string, unknown>]>([
    ['without custodian', { custodian: undefined }],
    ['without delegation', { delegation: undefined }],
    ['without purpose', { purposeOfUse: undefined }],
    ['with a purpose in a wrapping of spaces', { purposeOfUse: ' anw-zorg-2022 ' }],
    ['without patient', { subject: undefined }],
    ['without resources', { resources: [] }],
    ['with an operation that the bolt does not know', { resources: [{ path: '/Patient', operations: ['delete'], userContext: true, assuranceLevel: 'low' }] }],
    ['with a resource without user', { resources: [{ path: '/Patient', operations: ['read'], userContext: false, assuranceLevel: 'low' }] }],
    ['with a path that reaches below an instance', { resources: [{ path: '/Patient/1/Observation', operations: ['read'], userContext: true, assuranceLevel: 'low' }] }],
    ['with a claim that we would overlook', { onlyWeekends: true }],
    ['with a practitioner without name', { practitioner: ' ' }],
  ])('is refused %s', async (_, change) => {
    const credential = await withClaims(change);
    expect(refusalOf(() => readAuthorizationCredential(credential))).toBe('malformed');
  });

  it('is refused with a status entry that we cannot evaluate', async () => {
    const credential = await issued({ status: [{ type: 'RevocationList2020Status' }] });
    expect(refusalOf(() => readAuthorizationCredential(credential))).toBe('status-malformed');
  });

  it('is no credential of another type', async () => {
    const organization = await verified(await organizationCredentialOf(actor, now));
    expect(refusalOf(() => readAuthorizationCredential(organization))).toBe('unknown-type');
  });
});

describe('delegation credential (design §4, D11)', () => {
  const terms = {
    id: DidUrl.parse(`${custodian.did}#c0ffee10-0000-4000-8000-000000000001`),
    regisseur: regisseur.did,
    purposeOfUse: 'anw-zorg-2022',
    actors: [actor.did],
    period: hours(24 * 30),
    status: createStatusEntries(statusListsOf(custodian), { page: 1, index: 3 }),
  };

  it('says which actors a regisseur may authorize', async () => {
    expect(readDelegationCredential(await verified(await issueDelegationCredential(custodian.signer, terms)))).toMatchObject({
      id: terms.id,
      custodian: custodian.did,
      regisseur: regisseur.did,
      purposeOfUse: 'anw-zorg-2022',
      maxAuthorizationSeconds: 86_400,
      actors: [actor.did],
    });
  });

  it('may delegate to nobody yet', async () => {
    expect(readDelegationCredential(await verified(await issueDelegationCredential(custodian.signer, { ...terms, actors: [] }))).actors).toEqual([]);
  });

  it.each([0, 86_401, 1.5])('is refused with a maximum of %d s', async (maxAuthorizationSeconds) => {
    const credential = await verified(await issueDelegationCredential(custodian.signer, { ...terms, maxAuthorizationSeconds }));
    expect(refusalOf(() => readDelegationCredential(credential))).toBe('malformed');
  });

  it('is refused when an actor is no DID', async () => {
    const credential = await verified(await issueDelegationCredential(custodian.signer, { ...terms, actors: ['zorg' as Did] }));
    expect(refusalOf(() => readDelegationCredential(credential))).toBe('malformed');
  });
});

describe('employee credential (design §4; spec nuts-protocols §3.2)', () => {
  it('tells, when signed, who she is, how and when she logged in', async () => {
    expect(readEmployeeCredential(await verified(await employeeOf(actor, now)))).toMatchObject({
      form: 'signed',
      issuer: actor.did,
      employer: actor.did,
      identifier: 'e-10442',
      name: 'P. Visser',
      roleName: 'Wijkverpleegkundige',
      authenticatedAt: new Date(now.getTime() - 600_000),
      assuranceLevel: 'substantial',
      means: 'employer-oidc',
    });
  });

  it('tells, when self-attested, no more than a name, an identifier and a role', () => {
    const raw = createSelfAttestedEmployee({ id: newCredentialId(actor), employer: actor.did, user: exampleUser(now), now });
    expect(readEmployeeCredential(parseCredential(raw) as VerifiedCredential)).toEqual({
      form: 'self-attested',
      id: raw['id'],
      issuer: actor.did,
      employer: actor.did,
      identifier: 'e-10442',
      name: 'P. Visser',
      roleName: 'Wijkverpleegkundige',
    });
  });

  it('may leave the role out', () => {
    const raw = { ...createSelfAttestedEmployee({ id: newCredentialId(actor), employer: actor.did, user: exampleUser(now), now }), credentialSubject: { id: actor.did, identifier: 'e-1', name: 'X' } };
    expect(readEmployeeCredential(parseCredential(raw) as VerifiedCredential)).not.toHaveProperty('roleName');
  });

  const signedWith = async (change: Record<string, unknown>, period = hours(1)) => {
    const { authenticatedAt, ...user } = exampleUser(now);
    const claims = { ...user, authenticatedAt: authenticatedAt.toISOString(), ...change };
    return verified(await issueCredential(actor.signer, { id: newCredentialId(actor), type: 'NutsEmployeeCredential', subject: actor.did, claims, period }));
  };

  it.each(['identifier', 'name', 'authenticatedAt', 'assuranceLevel', 'means'])('is refused, when signed, without %s', async (claim) => {
    const credential = await signedWith({ [claim]: undefined });
    expect(refusalOf(() => readEmployeeCredential(credential))).toBe('malformed');
  });

  it.each(['e-1\u0000', 'e-1\n2'])('is refused with the identifier %j', async (identifier) => {
    const credential = await signedWith({ identifier });
    expect(refusalOf(() => readEmployeeCredential(credential))).toBe('malformed');
  });

  it('is refused with an assurance level that does not exist', async () => {
    const credential = await signedWith({ assuranceLevel: 'absolute' });
    expect(refusalOf(() => readEmployeeCredential(credential))).toBe('malformed');
  });

  it('is refused when valid for more than a day', async () => {
    const credential = await signedWith({}, hours(24));
    expect(refusalOf(() => readEmployeeCredential(credential))).toBe('lives-too-long');
  });
});

describe('organisation credential (RFC012; spec nuts-protocols §3.1)', () => {
  it('tells name and city', async () => {
    expect(readOrganizationCredential(await verified(await organizationCredentialOf(actor, now)))).toMatchObject({ organisation: actor.did, issuer: actor.did, name: 'Thuiszorg De Linde', city: 'Zwolle' });
  });

  it.each([{ name: 'De Linde' }, { name: '', city: 'Zwolle' }, { name: 1, city: 'Zwolle' }, 'De Linde', undefined])('is refused with %j', async (organization) => {
    const credential = await verified(
      await issueCredential(actor.signer, { id: newCredentialId(actor), type: 'NutsOrganizationCredential', subject: actor.did, claims: { organization }, period: hours(1) }),
    );
    expect(refusalOf(() => readOrganizationCredential(credential))).toBe('malformed');
  });
});
