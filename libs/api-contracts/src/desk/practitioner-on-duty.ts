import { EmployeeIdentifier } from '@anw/values';
import { z } from 'zod';
import { Period } from '../instant.js';
import { Party } from '../party.js';

export const PractitionerOnDuty = z.strictObject({
  /** Id of the shift, named when an authorization is issued. */
  shift: z.uuid(),
  identifier: EmployeeIdentifier,
  name: z.string(),
  roleName: z.string(),
  actor: Party,
  period: Period,
});
export type PractitionerOnDuty = z.infer<typeof PractitionerOnDuty>;

/** `GET /api/practitioners/on-duty`. */
export const PractitionersOnDuty = z.strictObject({ practitioners: z.array(PractitionerOnDuty) });
export type PractitionersOnDuty = z.infer<typeof PractitionersOnDuty>;
