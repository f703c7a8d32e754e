import type { Reference } from './fhir-resource.js';
import { fullName, type SyntheticClient } from './synthetic-client.js';

/** What every chapter of a dossier is written from. */
export interface DossierFacts {
  readonly client: SyntheticClient;
  readonly patient: Reference;
  /** The district nurse of the custodian who knows this client. */
  readonly nurse: Reference;
  readonly generalPractitioner: Reference;
  readonly pharmacy: Reference;
  /** Logical id of a resource of this client. */
  id(name: string): string;
  /** Instant on an earlier day, at a whole hour. */
  instant(daysAgo: number, hour: number): string;
  /** `yyyy-mm-dd` of an earlier day. */
  day(daysAgo: number): string;
}

export function dossierFacts(client: SyntheticClient, at: Date): DossierFacts {
  const midnight = (daysAgo: number): number => (Math.floor(at.getTime() / 86_400_000) - daysAgo) * 86_400_000;
  return {
    client,
    patient: { reference: `Patient/${client.id}`, type: 'Patient', display: fullName(client) },
    nurse: { reference: `PractitionerRole/${client.custodian}-nurse`, type: 'PractitionerRole', display: 'I. Verhoeven, wijkverpleegkundige' },
    generalPractitioner: { reference: `PractitionerRole/${client.custodian}-general-practitioner`, type: 'PractitionerRole', display: 'A. Sanders, huisarts' },
    pharmacy: { reference: `Organization/${client.custodian}-pharmacy`, type: 'Organization', display: 'Apotheek De Vijzel' },
    id: (name) => `${client.id}-${name}`,
    instant: (daysAgo, hour) => new Date(midnight(daysAgo) + hour * 3_600_000).toISOString(),
    day: (daysAgo) => new Date(midnight(daysAgo)).toISOString().slice(0, 10),
  };
}
