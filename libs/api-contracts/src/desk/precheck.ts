import { Did, PatientHandle } from '@anw/values';
import { z } from 'zod';

/** `POST /api/precheck`: may this regisseur authorize this actor for this patient at this custodian? */
export const PrecheckInput = z.strictObject({ custodian: Did, handle: PatientHandle, actor: Did });
export type PrecheckInput = z.infer<typeof PrecheckInput>;

/** Green means that the custodian would grant a token; red says in Dutch why nothing can be sent, and which organisation can repair that. */
export const PrecheckResult = z.discriminatedUnion('light', [
  z.strictObject({
    light: z.literal('green'),
    /** The custodian keeps how to get into the home; what it says never comes to the desk. `proposed`: tick "Toegang tot de woning meegeven" beforehand. */
    homeAccess: z.strictObject({ proposed: z.boolean() }).optional(),
  }),
  z.strictObject({ light: z.literal('red'), reason: z.string(), code: z.string(), repairBy: z.enum(['regisseur', 'custodian', 'actor']).optional() }),
]);
export type PrecheckResult = z.infer<typeof PrecheckResult>;
