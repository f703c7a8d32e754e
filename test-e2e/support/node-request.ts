import { signCompactJws } from '@anw/identity';
import type { TestPartner } from '@anw/testing';
import { randomBytes, randomUUID } from 'node:crypto';

/** What nuts-node presents: JWTs, and objects without or with a proof. */
export type Presented = string | Readonly<Record<string, unknown>>;

/** Release 6.2.10 of nuts-node, and its head (spec nuts-protocols §2.9). */
export type NodeRelease = '6.2.10' | 'head';

export interface PresentationFacts {
  readonly holder: TestPartner;
  readonly audience: string;
  readonly credentials: readonly Presented[];
  readonly release: NodeRelease;
  /** Changes to claims of the JWT and to `vp`; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly vp?: Readonly<Record<string, unknown>>;
}

/** The claims of a presentation as the client of that release writes them, to the second of now. */
export function nodePresentationClaims({ holder: { did }, audience, credentials, release, claims, vp }: PresentationFacts): object {
  const now = Math.floor(Date.now() / 1000);
  const common = { sub: did, jti: `${did}#${randomUUID()}`, aud: [audience], nbf: now, exp: now + 5, nonce: randomBytes(32).toString('base64url') };
  const context = ['https://www.w3.org/2018/credentials/v1'];
  const single = credentials.length === 1 ? credentials[0] : credentials;
  return release === '6.2.10'
    ? { ...common, ...claims, vp: { '@context': context, holder: did, type: 'VerifiablePresentation', verifiableCredential: single, ...vp } }
    : { ...common, iss: did, iat: now, ...claims, vp: { '@context': context, type: ['VerifiablePresentation'], verifiableCredential: credentials, ...vp } };
}

export function nodePresentation(facts: PresentationFacts): Promise<string> {
  return signCompactJws(facts.holder.signer, { typ: 'JWT' }, nodePresentationClaims(facts));
}

export interface Descriptor {
  readonly id: string;
  readonly credential: Presented;
}

/** The submission of a single presentation, with the path of that release when it holds one credential. */
export function nodeSubmission(definition: string, descriptors: readonly Descriptor[], release: NodeRelease): string {
  const path = (index: number) => (descriptors.length === 1 && release === '6.2.10' ? '$.verifiableCredential' : `$.verifiableCredential[${index}]`);
  return printSubmission(definition, descriptors.map(({ id, credential }, index) => ({ id, format: formatOf(credential), path: path(index) })));
}

/** The submission of one presentation for each credential. */
export function nestedSubmission(definition: string, descriptors: readonly Descriptor[]): string {
  return printSubmission(definition, descriptors.map(({ id, credential }, index) => ({ id, format: 'jwt_vp', path: `$[${index}]`, path_nested: { id, format: formatOf(credential), path: '$.verifiableCredential[0]' } })));
}

function printSubmission(definition: string, descriptor_map: readonly object[]): string {
  return JSON.stringify({ id: randomUUID(), definition_id: definition, descriptor_map });
}

function formatOf(credential: Presented): 'jwt_vc' | 'ldp_vc' {
  return typeof credential === 'string' ? 'jwt_vc' : 'ldp_vc';
}
