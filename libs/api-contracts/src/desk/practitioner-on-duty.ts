import { EmployeeIdentifier } from '@anw/values';
import { z } from 'zod';
import { Instant, Period } from '../instant.js';
import { Party } from '../party.js';

/** Who says so: the regisseur's own planning, or the actor, and then how long ago. */
const DutySource = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('regisseur') }), z.strictObject({ kind: z.literal('actor'), fetchedAt: Instant, ageSeconds: z.int().min(0) })]);

export const PractitionerOnDuty = z.strictObject({
  /** Id of the shift, named when an authorization is issued. */
  shift: z.uuid(),
  identifier: EmployeeIdentifier,
  name: z.string(),
  roleName: z.string(),
  actor: Party,
  district: z.string().optional(),
  period: Period,
  source: DutySource,
});
export type PractitionerOnDuty = z.infer<typeof PractitionerOnDuty>;

/** `GET /api/practitioners/on-duty`. Of a silent actor stands what it last said; `problem` says in Dutch why, and who must repair it. */
export const PractitionersOnDuty = z.strictObject({
  practitioners: z.array(PractitionerOnDuty),
  silent: z.array(Party.extend({ problem: z.string(), fetchedAt: Instant.optional() })),
});
export type PractitionersOnDuty = z.infer<typeof PractitionersOnDuty>;
