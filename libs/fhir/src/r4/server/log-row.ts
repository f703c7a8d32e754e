import type { AuditEvent } from '@anw/audit';
import { groundsOf } from '@anw/authorization';
import type { Access, Handling, IncomingFhirRequest } from './fhir-server.js';

/** The log row of a disclosure or a write; it commits with it (design D17). */
export function logRow(name: 'fhir.read' | 'fhir.search' | 'fhir.create' | 'home-access.revealed', { at, server, request, reference }: Handling, access: Access, more: Pick<AuditEvent, 'query' | 'resources' | 'reason'>): AuditEvent {
  return { id: server.randomUuid(), name, outcome: 'success', at, reference, ...whoAndWhy(access, request), ...(access.token.standing && { grounds: groundsOf(access.token.standing) }), ...more };
}

/** Who asked, for whom, about whom, on whose authority (NEN 7513; spec anw-fhir-profiles §8). */
export function whoAndWhy({ facts, token }: Access, request: IncomingFhirRequest): Partial<AuditEvent> {
  const { identifier, name, roleName } = facts.practitioner;
  return {
    practitioner: { identifier, name, ...(roleName && { roleName }) },
    actor: facts.actor,
    regisseur: facts.regisseur,
    patient: facts.patient,
    authorization: facts.authorization.id,
    token: token.decision,
    purposeOfUse: facts.authorization.purposeOfUse,
    ...requestingSystem(request),
  };
}

export function requestingSystem({ certificate }: IncomingFhirRequest): Pick<AuditEvent, 'requestingSystem'> {
  return certificate === undefined ? {} : { requestingSystem: certificate.hosts[0] ?? certificate.thumbprint };
}
