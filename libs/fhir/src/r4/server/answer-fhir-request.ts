import { mayPerform } from '@anw/authorization';
import { ANW_ACCESS_SCOPE, ANW_HOME_ACCESS_SCOPE, type PatientScopeName } from '@anw/credentials';
import { fhirOk, FhirFailureError, type FhirResult, fhirRefusal } from '../../fhir-failure.js';
import type { FhirSource } from '../../fhir-source.js';
import { enrichmentOf, markFromOutOfHours } from '../../enriched/enrichment.js';
import { type AuthorizedInteraction, authorizeInteraction } from '../authorize-interaction.js';
import { createCapabilityStatement } from '../capability-statement.js';
import { checkOutgoingBundle } from '../check-outgoing-bundle.js';
import { toCreateAnswer, versionedReference } from '../create-answer.js';
import { type FhirInteraction, parseFhirRequest } from '../parse-fhir-request.js';
import { createSearchBundle, describeSearch, type SearchBundle } from '../search-bundle.js';
import { judgeCreate } from '../validation/judge-create.js';
import { admitRequest } from './admit-request.js';
import type { Access, FhirAnswer, FhirServer, Handling, IncomingFhirRequest } from './fhir-server.js';
import { logRow } from './log-row.js';
import { readInstance, readPatient } from './read-resource.js';
import { revealHomeAccess } from './reveal-home-access.js';
import { refuseRequest } from './refuse-request.js';

/**
 * Answers one FHIR request at the custodian's partner door: who asks, may they still (checks 5 to 8 again), is it
 * listed, then the data together with its log row in one transaction (design D9, D15, D17). Who shows no good token
 * learns nothing about the request either. Rejects only when the log cannot be written.
 */
export async function answerFhirRequest(request: IncomingFhirRequest, server: FhirServer): Promise<FhirAnswer> {
  const asked = parseFhirRequest(request);
  const handling: Handling = { request, server, at: server.clock(), reference: server.randomUuid(), scope: scopeFor(asked) };
  if (asked.ok && asked.value.kind === 'capabilities') return capabilities(handling);
  const admission = await admitRequest(handling);
  if (!admission.admitted) return refuseRequest(admission.failure, handling, admission);
  const answered = asked.ok ? await perform(asked.value, handling, admission.access) : asked;
  return answered.ok ? answered.value : refuseRequest(answered.failure, handling, admission);
}

/** How to get into a home is no part of the record: a token for the one is none for the other. */
function scopeFor(asked: FhirResult<FhirInteraction>): PatientScopeName {
  return asked.ok && asked.value.kind === 'reveal-home-access' ? ANW_HOME_ACCESS_SCOPE : ANW_ACCESS_SCOPE;
}

function capabilities({ server: { base, organisation, softwareVersion } }: Handling): FhirAnswer {
  return { status: 200, body: createCapabilityStatement({ base, organisationName: organisation.displayName, softwareVersion }) };
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
    case 'reveal-home-access':
      return revealHomeAccess(interaction, handling, access);
    case 'read-patient':
      return readPatient(interaction.patient, handling, access);
    case 'read-instance':
      return readInstance(interaction, handling, access);
  }
}

type Search = Extract<AuthorizedInteraction, { kind: 'search' }>;

async function search({ search: asked, patient }: Search, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  const { server, at } = handling;
  const binding = { token: access.token.hash, search: asked };
  const after = asked.cursor === undefined ? undefined : server.cursors.open(asked.cursor, binding);
  if (asked.cursor !== undefined && after === undefined) return fhirRefusal('malformed-request', 'cursor');
  const find = (source: FhirSource) => source.search({ patient, search: asked.search, count: asked.count, ...(after && { after }) });
  const bundle = await server.withSource(find, async (result, { audit }) => {
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

type Create = Extract<AuthorizedInteraction, { kind: 'create' }>;

async function create({ type, patient }: Create, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  const { request, server, at } = handling;
  const { actor, regisseur, authorization, practitioner } = access.facts;
  const origin = { actor, regisseur, authorization: authorization.id, practitioner };
  const judged = judgeCreate(request.body ?? new Uint8Array(), type, { patient, origin, authorizedFrom: authorization.period.from, now: at });
  if (!judged.ok) return judged;
  const write = async (source: FhirSource) => {
    const prepared = await judged.value.checkInRecord(source);
    if (prepared.ok) return fhirOk({ ...prepared.value, result: await source.create({ ...prepared.value.draft, body: markFromOutOfHours(prepared.value.draft.body) }) });
    // What was stored stays stored: a repeat is told so, whatever the record says by now (design D18).
    const stored = await source.findRepeat(judged.value.draft);
    return stored === undefined ? prepared : fhirOk({ warnings: [], result: { outcome: 'repeated' as const, stored } });
  };
  const written = await server.withSource(write, async (outcome, { audit, enrichments }) => {
    if (!outcome.ok || outcome.value.result.outcome === 'duplicate') return outcome;
    const { stored, outcome: kind } = outcome.value.result;
    // Of a repeat too: a write at a server elsewhere may have come through before its row could be written here.
    await enrichments.record(enrichmentOf(stored, patient, origin, server.randomUuid()));
    const repeat = kind === 'repeated' ? { reason: 'repeat' } : {};
    await audit.append(logRow('fhir.create', handling, access, { query: type, resources: [versionedReference(stored)], ...repeat }));
    return outcome;
  });
  return written.ok ? toCreateAnswer(written.value.result, written.value.warnings, server.base) : written;
}
