import type { TestPartner } from '@anw/testing';
import { createHash, randomUUID } from 'node:crypto';

const seconds = (moment: Date) => `${moment.toISOString().slice(0, 19)}Z`;

/**
 * A NutsOrganizationCredential as nuts-node issues it by default: an `ldp_vc` with a JsonWebSignature2020 proof (spec
 * nuts-protocols §2.3); `altered` is the city that is written after signing. The canonical quads are written out by hand, so that no JSON-LD library stands on both sides.
 */
export async function linkedDataOrganisation({ did, signer, organisation }: TestPartner, { altered = organisation.city } = {}): Promise<Readonly<Record<string, unknown>>> {
  const [issued, expires] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 86_400_000)].map(seconds);
  const id = `${did}#${randomUUID()}`;
  const created = seconds(new Date(Date.now() - 60_000));
  const date = (value: string | undefined) => `"${value}"^^<http://www.w3.org/2001/XMLSchema#dateTime>`;
  const type = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
  const document = [
    `<${did}> <http://schema.org/organization> _:c14n0 .`,
    `<${id}> ${type} <https://nuts.nl/credentials/v1#NutsOrganizationCredential> .`,
    `<${id}> ${type} <https://www.w3.org/2018/credentials#VerifiableCredential> .`,
    `<${id}> <https://www.w3.org/2018/credentials#credentialSubject> <${did}> .`,
    `<${id}> <https://www.w3.org/2018/credentials#expirationDate> ${date(expires)} .`,
    `<${id}> <https://www.w3.org/2018/credentials#issuanceDate> ${date(issued)} .`,
    `<${id}> <https://www.w3.org/2018/credentials#issuer> <${did}> .`,
    `_:c14n0 <http://schema.org/city> "${organisation.city}" .`,
    `_:c14n0 <http://schema.org/legalname> "${organisation.displayName}" .`,
  ];
  const options = [
    `_:c14n0 <http://purl.org/dc/terms/created> ${date(created)} .`,
    `_:c14n0 ${type} <https://w3id.org/security#JsonWebSignature2020> .`,
    '_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .',
    `_:c14n0 <https://w3id.org/security#verificationMethod> <${signer.kid}> .`,
  ];
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', b64: false, crit: ['b64'], kid: signer.kid })).toString('base64url');
  const signature = await signer.sign(Buffer.concat([Buffer.from(`${header}.`), digest(options), digest(document)]));
  return {
    '@context': ['https://www.w3.org/2018/credentials/v1', 'https://nuts.nl/credentials/v1', 'https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json'],
    id,
    type: ['VerifiableCredential', 'NutsOrganizationCredential'],
    issuer: did,
    issuanceDate: issued,
    expirationDate: expires,
    credentialSubject: { id: did, organization: { name: organisation.displayName, city: altered } },
    proof: { type: 'JsonWebSignature2020', proofPurpose: 'assertionMethod', created, verificationMethod: signer.kid, jws: `${header}..${Buffer.from(signature).toString('base64url')}` },
  };
}

function digest(quads: readonly string[]): Uint8Array {
  const sorted = [...quads].sort((one, other) => (one < other ? -1 : 1)).map((quad) => `${quad}\n`);
  return createHash('sha256').update(sorted.join('')).digest();
}
