import { type DraftContent, FhirResource } from '@anw/fhir';
import type { OrganisationId } from '@anw/values';
import { z } from 'zod';
import { readStoredStaffUser, StoredStaffUser, toStoredStaffUser } from '../sessions/stored-staff-user.js';

const Issue = z.strictObject({ message: z.string(), field: z.string().optional(), rule: z.string().optional() });

const StoredContent = z.strictObject({
  input: z.unknown(),
  writeId: z.uuid(),
  sender: z.custom<z.input<typeof StoredStaffUser>>((value) => StoredStaffUser.safeParse(value).success).optional(),
  written: z.array(z.strictObject({ step: z.string(), reference: z.string(), version: z.string().optional() })),
  leaving: z.strictObject({ step: z.string(), resource: FhirResource }).optional(),
  denials: z.int(),
  warnings: z.array(Issue),
  issues: z.array(Issue),
  cause: z.enum(['content', 'access']).optional(),
  reference: z.string().optional(),
});

/** The content of a draft as bytes, to be encrypted. */
export function encodeDraftContent({ sender, ...content }: DraftContent): Uint8Array {
  return Buffer.from(JSON.stringify({ ...content, ...(sender && { sender: toStoredStaffUser(sender) }) }));
}

/** @throws SyntaxError, z.ZodError on bytes that `encodeDraftContent` did not make */
export function decodeDraftContent(bytes: Uint8Array, organisation: OrganisationId): DraftContent {
  const { sender, ...content } = StoredContent.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  return { ...content, ...(sender && { sender: readStoredStaffUser(sender, organisation) }) };
}
