import { Did } from '@anw/values';
import { z } from 'zod';

export const urgencies = ['routine', 'soon', 'urgent'] as const;
export type Urgency = (typeof urgencies)[number];

/** How a visit came about: a block that was agreed beforehand, or a call. */
export const visitKinds = ['planned', 'unplanned'] as const;
export type VisitKind = (typeof visitKinds)[number];

/**
 * What the regisseur tells the nurse beside the credential (design §2 step 4): enough to go to the right door, nothing
 * from the record. It is wiped with the authorization.
 */
export const AuthorizationContext = z.strictObject({
  note: z.string().max(2_000),
  urgency: z.enum(urgencies),
  visitWindow: z.strictObject({ from: z.iso.datetime({ offset: true }), until: z.iso.datetime({ offset: true }) }),
  patient: z.strictObject({ name: z.string().min(1).max(200), birthDate: z.iso.date(), address: z.string().max(300).optional() }),
  custodian: z.strictObject({ did: Did, name: z.string().min(1).max(200) }),
  /** Opaque: authorizations of one regisseur with the same one are for the same visit, each at another custodian. */
  careRequest: z.uuid().optional(),
  /** Absent: the regisseur does not say. */
  kind: z.enum(visitKinds).optional(),
  /** Of the regisseur, as people know it; the credential has its DID. */
  regisseurName: z.string().min(1).max(200).optional(),
});
export type AuthorizationContext = z.infer<typeof AuthorizationContext>;

/** Answer of the regisseur's `GET /anw/{org}/authorizations/{id}` (design §6). */
export const AuthorizationDelivery = z.strictObject({
  credential: z.string().min(1).max(32_768),
  context: AuthorizationContext,
});
export type AuthorizationDelivery = z.infer<typeof AuthorizationDelivery>;
