import { DidUrl } from '@anw/values';
import { z } from 'zod';

/** One value, alone or in an array of one: a node writes one of a thing without brackets (spec nuts-protocols §2.3). */
export const one = <T extends z.ZodType>(element: T) => z.union([z.tuple([element]).transform(([value]) => value), element]);

/**
 * A moment as a node prints it: no fraction that ends in a zero, UTC as `Z`. Another spelling of the same moment does not
 * survive a node, whose signature check prints it anew (spec nuts-protocols §2.3).
 */
export const LinkedDataDate = z.iso.datetime({ offset: true }).regex(/^[^.]{19}(?:\.\d{0,8}[1-9])?(?:Z|[+-](?!00:00)\d{2}:\d{2})$/);

/** An https URL without any character that could end an IRI in N-Quads. */
export const HttpsIri = z
  .string()
  .max(2_048)
  .regex(/^https:\/\/[^\x00-\x20\x7f-\uffff<>"{}|\\^`]+$/);

/**
 * Text that every processor writes alike in N-Quads: no control character, and no half of a surrogate pair, which would be
 * signed as another character.
 */
export const PlainText = z.string().max(1_024).regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** Exactly what a signature of a node has (spec nuts-protocols §2.3). */
export const Proof = z.strictObject({
  type: z.literal('JsonWebSignature2020'),
  proofPurpose: z.literal('assertionMethod'),
  created: LinkedDataDate,
  verificationMethod: DidUrl,
  jws: z.string().max(2_048),
});
export type Proof = z.infer<typeof Proof>;
