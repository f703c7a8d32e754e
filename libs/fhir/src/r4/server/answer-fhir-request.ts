import { mayPerform } from '@anw/authorization';
import { fhirOk, FhirFailureError, type FhirResult, fhirRefusal } from '../../fhir-failure.js';
import type { FhirSource, StoredResource } from '../../fhir-source.js';
import { type AuthorizedInteraction, authorizeInteraction } from '../authorize-interaction.js';
import { createCapabilityStatement } from '../capability-statement.js';
import { checkOutgoingBundle } from '../check-outgoing-bundle.js';
import { toCreateAnswer, versionedReference } from '../create-answer.js';
import { type FhirInteraction, parseFhirRequest } from '../parse-fhir-request.js';
import { createSearchBundle, describeSearch, type SearchBundle, toOutgoingResource } from '../search-bundle.js';
import { prepareCreate } from '../validation/prepare-create.js';
import { admitRequest } from './admit-request.js';
import type { Access, FhirAnswer, FhirServer, Handling, IncomingFhirRequest } from './fhir-server.js';
import { logRow } from './log-row.js';
import { refuseRequest } from './refuse-request.js';

/**
 * Answers one FHIR request at the custodian's partner door: who asks, may they still (checks 5 to 8 again), is it
 * listed, then the data together with its log row in one transaction (design D9, D15, D17). Who shows no good token
 * learns nothing about the request either. Rejects only when the log cannot be written.
 */
export async function answerFhirRequest(request: IncomingFhirRequest, server: FhirServer): Promise<FhirAnswer> {
  const handling: Handling = { request, server, at: server.clock(), reference: server.randomUuid() };
  const asked = parseFhirRequest(request);
  if (asked.ok && asked.value.kind === 'capabilities') return capabilities(handling);
  const admission = await admitRequest(handling);
  if (!admission.admitted) return refuseRequest(admission.failure, handling, admission);
  const answered = asked.ok ? await perform(asked.value, handling, admission.access) : asked;
  return answered.ok ? answered.value : refuseRequest(answered.failure, handling, admission);
}

function capabilities({ server: { base, organisation, softwareVersion }, at }: Handling): FhirAnswer {
  return { status: 200, body: createCapabilityStatement({ base, organisationName: organisation.displayName, softwareVersion, publishedAt: at }) };
}

async function perform(asked: FhirInteraction, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  if (asked.kind === 'capabilities') return fhirOk(capabilities(handling));
  const { patient, authorization, practitioner } = access.facts;
  const authorized = authorizeInteraction(asked, {
    patient,
    authorization: authorization.id,
    mayPerform: (operation) => mayPerform(operation, authorization.resources, practitioner.assuranceLevel),
  });
  if (!authorized.ok) return authorized;
  try {
    return await answer(authorized.value, handling, access);
  } catch (error) {
    if (error instanceof FhirFailureError) return { ok: false, failure: error.failure };
    throw error;
  }
}

function answer(interaction: AuthorizedInteraction, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  switch (interaction.kind) {
    case 'search':
      return search(interaction, handling, access);
    case 'create':
      return create(interaction, handling, access);
    case 'read-patient':
      return read((source) => source.readPatient(interaction.patient), `Patient/${interaction.patient}`, handling, access);
    case 'read-written':
      return read((source) => source.readWritten(interaction), `${interaction.type}/${interaction.id}`, handling, access);
  }
}

type Search = Extract<AuthorizedInteraction, { kind: 'search' }>;

async function search({ search: asked, patient }: Search, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  const { server, at } = handling;
  const binding = { token: access.token.hash, search: asked };
  const after = asked.cursor === undefined ? undefined : server.cursors.open(asked.cursor, binding);
  if (asked.cursor !== undefined && after === undefined) return fhirRefusal('malformed-request', 'cursor');
  const bundle = await server.transaction(async ({ source, audit }) => {
    const result = await source.search({ patient, search: asked.search, count: asked.count, ...(after && { after }) });
    const nextCursor = result.next && server.cursors.seal(result.next, binding);
    const found = createSearchBundle({ search: asked, result, base: server.base, at, ...(nextCursor && { nextCursor }) });
    const fault = checkOutgoingBundle(found, asked.search, patient);
    if (fault !== undefined) throw new FhirFailureError(fault);
    await audit.append(logRow('fhir.search', handling, access, { query: describeSearch(asked), resources: versionsIn(found) }));
    return found;
  });
  return fhirOk({ status: 200, body: bundle });
}

function versionsIn(bundle: SearchBundle): readonly string[] {
  return bundle.entry.map(({ resource }) => `${resource.resourceType}/${resource.id}/_history/${String((resource['meta'] as { versionId?: unknown }).versionId)}`);
}

async function read(find: (source: FhirSource) => Promise<StoredResource | undefined>, query: string, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  const stored = await handling.server.transaction(async ({ source, audit }) => {
    const found = await find(source);
    if (found !== undefined) await audit.append(logRow('fhir.read', handling, access, { query, resources: [versionedReference(found)] }));
    return found;
  });
  if (stored === undefined) return fhirRefusal('not-found', 'absent-or-of-another');
  return fhirOk({ status: 200, body: toOutgoingResource(stored), headers: { etag: `W/"${stored.version}"` } });
}

type Create = Extract<AuthorizedInteraction, { kind: 'create' }>;

async function create({ type, patient }: Create, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  const { request, server, at } = handling;
  const { actor, regisseur, authorization, practitioner } = access.facts;
  const origin = { actor, regisseur, authorization: authorization.id, practitioner };
  const prepared = prepareCreate(request.body ?? new Uint8Array(), type, { patient, origin, authorizedFrom: authorization.period.from, now: at });
  if (!prepared.ok) return prepared;
  const result = await server.transaction(async ({ source, audit }) => {
    const written = await source.create(prepared.value.draft);
    if (written.outcome === 'duplicate') return written;
    const repeat = written.outcome === 'repeated' ? { reason: 'repeat' } : {};
    await audit.append(logRow('fhir.create', handling, access, { query: type, resources: [versionedReference(written.stored)], ...repeat }));
    return written;
  });
  return toCreateAnswer(result, prepared.value.warnings, server.base);
}
