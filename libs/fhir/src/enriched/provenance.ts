import type { FhirResource } from '../fhir-resource.js';
import type { Enrichment } from './enrichment.js';

const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';
/** A DID in a FHIR identifier (spec anw-fhir-profiles §7). */
const DID_SYSTEM = 'http://nuts.nl';

/** "A Provenance or equal record: who, organisation, regisseur, credential id" (spec anw-fhir-profiles §9.1). */
export function provenanceOf({ id, type, resource, version, at, actor, regisseur, authorization, practitioner }: Enrichment): FhirResource {
  const organisation = (did: string) => ({ identifier: { system: DID_SYSTEM, value: did } });
  return {
    resourceType: 'Provenance',
    id,
    target: [{ reference: `${type}/${resource}/_history/${version}` }],
    recorded: at.toISOString(),
    policy: [authorization],
    activity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation', code: 'CREATE', display: 'create' }] },
    agent: [
      {
        type: { coding: [{ system: PARTICIPATION, code: 'author', display: 'Author' }] },
        who: { identifier: { system: `${actor}#employee`, value: practitioner.identifier }, display: practitioner.name },
        onBehalfOf: organisation(actor),
      },
      { type: { coding: [{ system: PARTICIPATION, code: 'enterer', display: 'Enterer' }] }, who: organisation(actor) },
      { type: { coding: [{ system: PARTICIPATION, code: 'verifier', display: 'Verifier' }], text: 'Regisseur die de inzet autoriseerde' }, who: organisation(regisseur) },
    ],
  };
}
