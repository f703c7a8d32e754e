import type { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { bloodPressureEntry } from './dossier/blood-pressure-entry.js';
import { nursingReportEntry } from './dossier/nursing-report-entry.js';
import { dateOf, zibOf } from './r4/resource-facts.js';
import type { FhirResource } from './fhir-resource.js';
import type { StoredResource } from './fhir-source.js';

/** What came back from a shift, for the custodian's own team in the morning. */
export interface WrittenBackResource {
  readonly stored: StoredResource;
  readonly actor: Did;
  readonly regisseur: Did;
  readonly authorization: DidUrl;
  readonly patient: PatientId;
  readonly practitioner: { readonly identifier: EmployeeIdentifier; readonly name: string };
}

/** What actors wrote into the records of one custodian organisation. */
export interface WrittenBackList {
  /** Newest first, at most 200. */
  listWrittenBack(since: Date): Promise<readonly WrittenBackResource[]>;
}

/** What the day team reads of it at a glance. */
export interface WrittenBackSummary {
  readonly kind: 'report' | 'blood-pressure';
  /** The report, or both pressures with their unit. */
  readonly text: string;
  /** At the bedside, as far as the resource says. */
  readonly effectiveAt: Date | undefined;
}

export function summariseWrittenBack(resource: FhirResource): WrittenBackSummary {
  const effectiveAt = dateOf(resource);
  if (zibOf(resource)?.name !== 'blood-pressure') return { kind: 'report', text: nursingReportEntry(resource, '').text ?? '', effectiveAt };
  const values = bloodPressureEntry(resource, '').values;
  return { kind: 'blood-pressure', text: values.map(({ value, unit }) => [value, unit].filter(Boolean).join(' ')).join(' / '), effectiveAt };
}
