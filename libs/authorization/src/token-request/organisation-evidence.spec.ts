import { createPresentation, createSubmission, issueAuthorizationCredential, parseCredential, type ParsedCredential } from '@anw/credentials';
import { createCrlRevocation } from '@anw/identity';
import { createUziAuthority, issueX509Credential, type UziAuthority, type UziCertificate } from '@anw/testing/certificates';
import { certificateOf, createTestCustodian, createTestParties, documentsOfParties, dpopPorts, employeeOf, exampleAuthorization, InMemoryNonces, keysOfParties, organizationCredentialOf, type TestCustodian, validLists } from '@anw/testing/parties';
import { randomBytes, randomUUID } from 'node:crypto';
import { createAnonymousRefusals } from '../refusals/anonymous-refusals.js';
import { answerTokenRequest, type AuthorizationServer } from './answer-token-request.js';
import { presentationDefinitionFor } from './offered-scope.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const { actor, custodian, regisseur } = parties;
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

let uzi: UziAuthority;
let certificate: UziCertificate;
let held: TestCustodian;

beforeAll(async () => {
  uzi = await createUziAuthority(now);
  certificate = await uzi.issue({ name: 'Thuiszorg De Linde', city: 'Zwolle', ura: '90000382', algorithm: 'PS256' });
  held = await createTestCustodian(parties, now);
});

const certified = () => issueX509Credential({ authority: uzi, certificate, organisation: actor.did, validFrom: hours(-1), validUntil: hours(24) });
const evidence = (certificateRequired: boolean) => ({ authorities: [uzi.fingerprint], certificateRequired });
const noEvidence = { authorities: [], certificateRequired: false };

/** Asks for access to a patient with this credential of the organisation. */
async function statusFor(organization: ParsedCredential['raw'], asked: ReturnType<typeof evidence> | typeof noEvidence): Promise<number> {
  const { handle, delegation, records } = held;
  const server: AuthorizationServer = {
    organisation: custodian.organisation,
    scopes: [{ name: 'anw-zorg-2022', minimumAssuranceLevel: 'low', records, isInCare: records.isInCare }],
    keys: keysOfParties(regisseur, custodian, actor),
    nonces: new InMemoryNonces(),
    lists: validLists,
    systems: { minimumFor: () => 'client-certificate' },
    bindings: { bindingFor: () => 'either' },
    maxAuthorizationSeconds: 86_400,
    certificates: { evidence: asked, revocation: createCrlRevocation({ fetchList: async (url) => (await uzi.revocationList(url))!, clock: () => now }) },
    dpop: dpopPorts(now),
    anonymous: createAnonymousRefusals(),
    documents: documentsOfParties(regisseur, custodian, actor),
    clock: () => now,
    randomUuid: randomUUID,
    randomBytes,
    transaction: records.transaction,
  };
  const wallet = [organization, await employeeOf(actor, now), await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now, { handle, delegation }))].map((raw) => parseCredential(raw));
  const plan = createSubmission(presentationDefinitionFor(custodian.did, server.scopes, 'anw-zorg-2022', evidence(false))!, wallet);
  if ('missing' in plan) throw new Error(`nothing to present for ${plan.missing.join()}`);
  const assertion = await createPresentation(actor.signer, { audience: custodian.organisation.issuer, credentials: plan.credentials.map(({ raw }) => raw), now });
  const parameters = new URLSearchParams({ grant_type: 'vp_token-bearer', scope: 'anw-zorg-2022', assertion, presentation_submission: JSON.stringify(plan.submission) });
  return (await answerTokenRequest({ parameters, certificate: certificateOf(actor), dpop: undefined }, server)).status;
}

describe('who vouches for an organisation (contract A; Nuts RFC023)', () => {
  it('is itself where no authority is trusted, and then no certificate counts', async () => {
    expect(await statusFor(await organizationCredentialOf(actor, now), noEvidence)).toBe(200);
    expect(await statusFor(certified(), noEvidence)).toBe(400);
  });

  it('is itself or a certificate of a trusted authority', async () => {
    expect(await statusFor(await organizationCredentialOf(actor, now), evidence(false))).toBe(200);
    expect(await statusFor(certified(), evidence(false))).toBe(200);
  });

  it('is a certificate alone where the custodian requires one', async () => {
    expect(await statusFor(await organizationCredentialOf(actor, now), evidence(true))).toBe(400);
    expect(await statusFor(certified(), evidence(true))).toBe(200);
  });

  it('is asked for in the presentation definition, with the URA alone of what the certificate calls the organisation', () => {
    const [organization] = presentationDefinitionFor(custodian.did, [{ name: 'anw-zorg-2022' }], 'anw-zorg-2022', evidence(true))!.input_descriptors;
    expect(organization!.constraints.fields).toEqual([
      { path: ['$.type'], filter: { type: 'string', const: 'X509Credential' } },
      { path: ['$.issuer'], filter: { type: 'string', pattern: `^did:x509:0:sha256:(?:${uzi.fingerprint})::` } },
      { id: 'organization_name', path: ['$.credentialSubject[0].subject.O', '$.credentialSubject.subject.O'], filter: { type: 'string' } },
      { id: 'organization_city', path: ['$.credentialSubject[0].subject.L', '$.credentialSubject.subject.L'], filter: { type: 'string' } },
      { id: 'organization_ura', path: ['$.credentialSubject[0].san.otherName', '$.credentialSubject.san.otherName'], filter: { type: 'string', pattern: '^[0-9.]+-\\d+-\\d+-S-(\\d+)-00\\.000-\\d+$' } },
    ]);
  });
});
