import { createTestParties, newCredentialId, statusListsOf } from '@anw/testing/parties';
import { jwtVerify } from 'jose';
import { type CredentialToIssue, issueCredential } from './issue-credential.js';
import { createStatusEntries } from './status/status-entry.js';

const now = new Date('2026-01-01T19:00:00.750Z');
const seconds = Math.floor(now.getTime() / 1000);
const { regisseur, actor } = createTestParties();

function credentialWith(change: Partial<CredentialToIssue> = {}): CredentialToIssue {
  return {
    id: newCredentialId(regisseur),
    type: 'NutsOrganizationCredential',
    subject: actor.did,
    claims: { organization: { name: 'Thuiszorg De Linde', city: 'Zwolle' } },
    period: { from: now, until: new Date(now.getTime() + 3_600_000) },
    ...change,
  };
}

async function readWithJose(jwt: string) {
  return jwtVerify(jwt, regisseur.publicKey, { algorithms: ['ES256'], issuer: regisseur.did, subject: actor.did, currentDate: now });
}

describe('issuing a jwt_vc (spec nuts-protocols §2.2)', () => {
  it('makes a JWT that an independent implementation verifies without any clock skew (B13)', async () => {
    const { protectedHeader } = await readWithJose(await issueCredential(regisseur.signer, credentialWith()));
    expect(protectedHeader).toEqual({ typ: 'JWT', alg: 'ES256', kid: regisseur.signer.kid });
  });

  it('writes iss, sub, jti, nbf, iat, exp and vc, and nothing else', async () => {
    const credential = credentialWith();
    const { payload } = await readWithJose(await issueCredential(regisseur.signer, credential));
    expect(payload).toEqual({
      iss: regisseur.did,
      sub: actor.did,
      jti: credential.id,
      nbf: seconds - 5,
      iat: seconds - 5,
      exp: seconds + 3600,
      vc: {
        '@context': ['https://www.w3.org/2018/credentials/v1', 'https://nuts.nl/credentials/v1'],
        type: ['VerifiableCredential', 'NutsOrganizationCredential'],
        credentialSubject: [{ id: actor.did, organization: { name: 'Thuiszorg De Linde', city: 'Zwolle' } }],
      },
    });
  });

  it('names the context of status lists when the credential has a status', async () => {
    const status = createStatusEntries(statusListsOf(regisseur), { page: 1, index: 417 });
    const { payload } = await readWithJose(await issueCredential(regisseur.signer, credentialWith({ status })));
    expect(payload['vc']).toMatchObject({
      '@context': ['https://www.w3.org/2018/credentials/v1', 'https://nuts.nl/credentials/v1', 'https://w3id.org/vc/status-list/2021/v1'],
      credentialStatus: status,
    });
  });

  it('lets no claim replace the id of the subject', async () => {
    const { payload } = await readWithJose(await issueCredential(regisseur.signer, credentialWith({ claims: { id: 'did:web:vreemd.example' } })));
    expect(payload['vc']).toMatchObject({ credentialSubject: [{ id: actor.did }] });
  });

  it('refuses an id in the space of another issuer', async () => {
    await expect(issueCredential(regisseur.signer, credentialWith({ id: newCredentialId(actor) }))).rejects.toThrow(RangeError);
  });

  it('refuses a period that ends before it starts', async () => {
    await expect(issueCredential(regisseur.signer, credentialWith({ period: { from: now, until: new Date(now.getTime() - 6000) } }))).rejects.toThrow(RangeError);
  });
});
