import type { DossierGroup, DossierPatient, Party } from '@anw/api-contracts';
import type { DossierGroup as FetchedGroup, DossierViewOptions, PatientCard } from '@anw/fhir';
import type { Clock } from '@anw/values';
import type { Errand } from '../custodians/custodian-door.js';

/** A group as the nurse's page shows it. */
export function toGroupView({ fetchedAt, ...group }: FetchedGroup): DossierGroup {
  return { ...group, ...(fetchedAt && { fetchedAt: fetchedAt.toISOString() }) };
}

/** She confirms identity by name, birth date and address; the BSN is not hers to see (design D7). */
export function withoutBsn({ bsn: _bsn, ...card }: PatientCard): DossierPatient {
  return card;
}

/** Whose record an errand is about. */
export function custodianOf({ authorization }: Errand): Party {
  return authorization.context.custodian;
}

/** @param since her last look, to mark what changed after it */
export function viewOptions(errand: Errand, clock: Clock, since: Date | undefined): DossierViewOptions {
  return { source: custodianOf(errand).name, now: clock(), ...(since && { since }) };
}
