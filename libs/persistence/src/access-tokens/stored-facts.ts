import type { AccessFacts, OrganisationFacts } from '@anw/authorization';
import { GrantedResource, parseStatusEntries } from '@anw/credentials';
import { assuranceLevels } from '@anw/identity';
import { Did, DidUrl, EmployeeIdentifier, PatientHandle, PatientId } from '@anw/values';
import { z } from 'zod';

const Instant = z.iso.datetime().transform((text) => new Date(text));

/** Facts of a token as the database keeps them: JSON, so dates are text. */
const StoredFacts = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('patient-access'),
    actor: Did,
    regisseur: Did,
    practitioner: z.object({ identifier: EmployeeIdentifier, name: z.string(), roleName: z.string().optional(), assuranceLevel: z.enum(assuranceLevels) }),
    authorization: z.object({
      id: DidUrl,
      period: z.object({ from: Instant, until: Instant }),
      custodian: Did,
      delegation: DidUrl,
      handle: PatientHandle,
      practitioner: EmployeeIdentifier.optional(),
      purposeOfUse: z.string(),
      status: z.array(z.unknown()).transform(parseStatusEntries),
      resources: z.array(GrantedResource),
    }),
    patient: PatientId,
  }),
  z.object({ kind: z.literal('organisation-access'), client: Did }),
]);

export function readStoredFacts(json: unknown): AccessFacts | OrganisationFacts {
  return StoredFacts.parse(json);
}
