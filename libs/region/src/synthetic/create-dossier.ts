import { careGivers } from './care-givers.js';
import { carePlanChapter } from './care-plan.js';
import { dossierFacts } from './dossier-facts.js';
import type { FhirResource } from './fhir-resource.js';
import { measurementsChapter } from './measurements.js';
import { medicalHistoryChapter } from './medical-history.js';
import { medicalPolicyChapter } from './medical-policy.js';
import { medicationChapter } from './medication.js';
import { patientChapter } from './patient.js';
import { reportsChapter } from './reports.js';
import type { SyntheticClient } from './synthetic-client.js';

/**
 * The whole dossier of a made-up client: at least one instance of every zib that the bolt names, as FHIR R4;
 * how to get into the home is kept apart and is none of it. The same
 * client and moment give the same dossier; what was measured and written lies before `at`.
 */
export function createDossier(client: SyntheticClient, at: Date): FhirResource[] {
  const facts = dossierFacts(client, at);
  return [
    ...careGivers(client.custodian),
    ...patientChapter(facts),
    ...measurementsChapter(facts),
    ...reportsChapter(facts),
    ...medicalHistoryChapter(facts),
    ...medicalPolicyChapter(facts),
    ...carePlanChapter(facts),
    ...medicationChapter(facts),
  ];
}
