import { Did, PatientHandle } from '@anw/values';
import { z } from 'zod';
import { Urgency } from '../urgency.js';
import { PractitionerOnDuty, PractitionersOnDuty } from './practitioner-on-duty.js';
import { PrecheckResult } from './precheck.js';

/** Four digits of a postcode: an area, no address. */
export const PostcodeArea = z.string().regex(/^[1-9]\d{3}$/);
export type PostcodeArea = z.infer<typeof PostcodeArea>;

/**
 * `POST /api/practitioners/proposal`: whom to send to this patient. Without custodian and handle (a caller who has not
 * been found yet) nobody has a light.
 */
export const ProposalInput = z.strictObject({
  patient: z.strictObject({ custodian: Did, handle: PatientHandle }).optional(),
  /** Where the patient lives; without it nurses are ordered by load alone. */
  postcodeArea: PostcodeArea.optional(),
  urgency: Urgency.optional(),
});
export type ProposalInput = z.infer<typeof ProposalInput>;

/** Amber: the custodian has not answered yet, or not within two seconds; ask again. */
export const TrafficLight = z.discriminatedUnion('light', [...PrecheckResult.options, z.strictObject({ light: z.literal('amber'), reason: z.string() })]);
export type TrafficLight = z.infer<typeof TrafficLight>;

export const ProposedPractitioner = PractitionerOnDuty.extend({
  /** What she has on her hands now and later in this shift. */
  load: z.strictObject({ openVisits: z.int().min(0), plannedBlocks: z.int().min(0), words: z.string() }),
  /** As the crow flies from where she starts or last was sent, when the region knows both places. */
  distanceKilometres: z.number().min(0).optional(),
  /** Whether the patient lives in her district, when both are known. */
  sameDistrict: z.boolean().optional(),
  light: TrafficLight.optional(),
  /** In Dutch, why she stands where she stands: "3 km, 1 open bezoek". */
  reason: z.string(),
});
export type ProposedPractitioner = z.infer<typeof ProposedPractitioner>;

/** In the order in which the desk would choose; `complete` is false while a custodian has not answered for all. */
export const PractitionerProposal = z.strictObject({
  practitioners: z.array(ProposedPractitioner),
  silent: PractitionersOnDuty.shape.silent,
  /** District of the patient's postcode area, when the region's table has one. */
  district: z.string().optional(),
  complete: z.boolean(),
});
export type PractitionerProposal = z.infer<typeof PractitionerProposal>;
