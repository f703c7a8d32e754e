import type { VisitStopView } from '@anw/api-contracts';
import type { ReceivedAuthorization } from '@anw/authorization';
import { fragmentOf } from '@anw/values';

/** A visit as the nurse's page shows it. */
export function toVisitStopView({ credential, context, receivedAt, openedAt }: ReceivedAuthorization): VisitStopView {
  return {
    id: fragmentOf(credential.id),
    credential: credential.id,
    patient: context.patient,
    note: context.note,
    urgency: context.urgency,
    visitWindow: context.visitWindow,
    period: { from: credential.period.from.toISOString(), until: credential.period.until.toISOString() },
    custodian: context.custodian,
    regisseur: { did: credential.regisseur, name: regisseurName(credential.regisseur) },
    receivedAt: receivedAt.toISOString(),
    ...(openedAt && { openedAt: openedAt.toISOString() }),
  };
}

/** Until regisseurs send their name along, the host of the DID is the most that is certain. */
function regisseurName(did: string): string {
  return decodeURIComponent(did.split(':')[2] ?? did);
}
