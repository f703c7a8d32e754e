import { Did, DidUrl } from '@anw/values';
import { z } from 'zod';

/** A public key as JWK; `parsePublicKey` says which we can use. Our own are P-256 (spec nuts-protocols §2.1). */
export const PublicKeyJwk = z.looseObject({ kty: z.string(), crv: z.string().optional(), x: z.string().optional(), y: z.string().optional() });
export type PublicKeyJwk = z.infer<typeof PublicKeyJwk>;

export const VerificationMethod = z.looseObject({
  id: DidUrl,
  type: z.string(),
  controller: Did,
  publicKeyJwk: PublicKeyJwk.optional(),
});
export type VerificationMethod = z.infer<typeof VerificationMethod>;

export const DidService = z.looseObject({ id: z.string(), type: z.string(), serviceEndpoint: z.union([z.string(), z.record(z.string(), z.unknown())]) });
export type DidService = z.infer<typeof DidService>;

/** The part of a DID document that the bolt reads (W3C DID Core §5; spec nuts-protocols §1.2). */
export const DidDocument = z.looseObject({
  id: Did,
  verificationMethod: z.array(VerificationMethod).default([]),
  assertionMethod: z.array(z.union([DidUrl, VerificationMethod])).default([]),
  service: z.array(DidService).default([]),
});
export type DidDocument = z.infer<typeof DidDocument>;

/** Service types that our organisations publish, so that a partner is found by its DID alone. */
export type AnwServiceType = 'anw-oauth' | 'anw-fhir' | 'anw-notifications' | 'anw-bolt' | 'anw-requesting-system';

/** The endpoint of the first service of that type, when it is a plain URL or name. */
export function serviceEndpoint(document: DidDocument, type: AnwServiceType): string | undefined {
  const endpoint = document.service.find((service) => service.type === type)?.serviceEndpoint;
  return typeof endpoint === 'string' ? endpoint : undefined;
}
