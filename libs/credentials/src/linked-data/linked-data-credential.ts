import { Did, DidUrl } from '@anw/values';
import { z } from 'zod';
import { contexts } from '../contexts.js';
import { HttpsIri, LinkedDataDate, one, PlainText, Proof } from './forms.js';

const listed = [contexts.credentials, contexts.nuts, contexts.jsonWebSignature2020, contexts.statusList2021] as const;

/** "Never compare contexts by position" (spec nuts-protocols §2.3); an object among them could give our words another meaning. */
const Contexts = z
  .array(z.enum(listed))
  .max(listed.length)
  .refine((urls) => [contexts.credentials, contexts.nuts, contexts.jsonWebSignature2020].every((url) => urls.includes(url)));

const Types = z.tuple([z.string(), z.string()]).refine((types) => types.includes('VerifiableCredential') && types.includes('NutsOrganizationCredential'));

const Subject = z.strictObject({ id: Did, organization: z.strictObject({ name: PlainText, city: PlainText }) });

const Status = z.strictObject({
  id: HttpsIri,
  type: z.literal('StatusList2021Entry'),
  statusPurpose: z.literal('revocation'),
  statusListIndex: z.string().regex(/^\d{1,9}$/),
  statusListCredential: HttpsIri,
});

/**
 * An organisation credential as nuts-node issues it by default (spec nuts-protocols §2.3, §3.1). The form is spelled out
 * to the last member, so that nothing in it is signed in another sense than it is read.
 */
export const LinkedDataCredential = z.strictObject({
  '@context': Contexts,
  id: DidUrl,
  type: Types,
  issuer: Did,
  issuanceDate: LinkedDataDate,
  expirationDate: LinkedDataDate.optional(),
  credentialSubject: one(Subject),
  credentialStatus: z.union([z.array(Status).max(10), Status.transform((entry) => [entry])]).default([]),
  proof: one(Proof),
});
