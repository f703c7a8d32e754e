import { Did, DidUrl, PatientId } from '@anw/values';
import { z } from 'zod';

/** What a custodian's own system hears by webhook: the same CloudEvents envelope as elsewhere, with references and nothing clinical. */
export const WebhookEvent = z.strictObject({
  specversion: z.literal('1.0'),
  /** The same for every attempt: by this a repeat is known. */
  id: z.uuid(),
  source: Did,
  type: z.enum(['nl.anw.dossier.enriched.v1', 'nl.anw.webhook.test.v1']),
  /** Relative reference with version; of a test, nothing. */
  subject: z.string().max(256).optional(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.strictObject({
    resource: z.string().max(256).optional(),
    patient: PatientId.optional(),
    actor: Did.optional(),
    regisseur: Did.optional(),
    authorization: DidUrl.optional(),
  }),
});
export type WebhookEvent = z.infer<typeof WebhookEvent>;
