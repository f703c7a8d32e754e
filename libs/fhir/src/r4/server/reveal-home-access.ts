import { fhirOk, type FhirResult, fhirRefusal } from '../../fhir-failure.js';
import { homeAccessLocation } from '../../home-access/home-access.js';
import type { AuthorizedInteraction } from '../authorize-interaction.js';
import type { Access, FhirAnswer, Handling } from './fhir-server.js';
import { logRow } from './log-row.js';

/**
 * Reveals how to get into the home, with a line of its own in the log that tells why (spec anw-fhir-profiles §3.7). The
 * token has been spent by now, whatever comes of this.
 */
export async function revealHomeAccess({ id, reason, patient }: Extract<AuthorizedInteraction, { kind: 'reveal-home-access' }>, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  const description = await handling.server.transaction(async ({ homeAccess, audit }) => {
    const found = await homeAccess.readHomeAccess({ id, patient });
    if (found !== undefined) await audit.append(logRow('home-access.revealed', handling, access, { reason, resources: [`Location/${id}`] }));
    return found;
  });
  return description === undefined ? fhirRefusal('not-found', 'home-access-absent-or-of-another') : fhirOk({ status: 200, body: homeAccessLocation(id, description) });
}
