import { EmployeeIdentifier } from '@anw/values';
import { z } from 'zod';
import { PostcodeArea } from '../desk/proposal.js';
import { Instant } from '../instant.js';

/** Answer of `GET /anw/{org}/practitioners` at the actor: who is on duty now, in the least that a desk needs. */
export const PartnerPractitioners = z.object({
  practitioners: z
    .array(
      z.object({
        /** Id of the shift, the actor's own. */
        shift: z.uuid(),
        identifier: EmployeeIdentifier,
        name: z.string().trim().min(1).max(200),
        roleName: z.string().trim().min(1).max(100),
        district: z.string().trim().min(1).max(100).optional(),
        /** From where she starts, as four digits: for who is near. */
        startArea: PostcodeArea.optional(),
        until: Instant,
      }),
    )
    .max(1_000),
});
export type PartnerPractitioners = z.infer<typeof PartnerPractitioners>;
