import type { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { bloodPressureEntry } from './dossier/blood-pressure-entry.js';
import { nursingReportEntry } from './dossier/nursing-report-entry.js';
import { printQuantity, ReadComponent } from './dossier/observation-entry.js';
import { dateOf, zibOf } from './r4/resource-facts.js';
import type { WritableZib } from './r4/validation/writable-zib.js';
import { writableZibs } from './r4/validation/writable-zibs.js';
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
  readonly kind: 'report' | 'blood-pressure' | 'measurement';
  /** The report, both pressures with their unit, or what was measured with its number: `Lichaamsgewicht 68,4 kg`. */
  readonly text: string;
  /** At the bedside, as far as the resource says. */
  readonly effectiveAt: Date | undefined;
}

export function summariseWrittenBack(resource: FhirResource): WrittenBackSummary {
  const effectiveAt = dateOf(resource);
  const written = writableZibs.find(({ zib }) => zib === zibOf(resource));
  if (written === undefined || written.zib.name === 'nursing-report') return { kind: 'report', text: nursingReportEntry(resource, '').text ?? '', effectiveAt };
  if (written.zib.name === 'blood-pressure') return { kind: 'blood-pressure', text: bloodPressureEntry(resource, '').values.map(printValue).join(' / '), effectiveAt };
  return { kind: 'measurement', text: measurementText(resource, written), effectiveAt };
}

const Measured = ReadComponent.pick({ valueQuantity: true });

function measurementText(resource: FhirResource, { label, qualifierOf }: WritableZib): string {
  const quantity = Measured.parse(resource).valueQuantity;
  const value = printValue(printQuantity(quantity, quantity?.code ?? ''));
  return [label, qualifierOf?.(resource), value].filter(Boolean).join(' ');
}

/** A bare number has the unit `1` in UCUM, which nobody reads aloud. */
function printValue({ value, unit }: { readonly value: string; readonly unit?: string }): string {
  return unit === undefined || ['', '1'].includes(unit) ? value : `${value} ${unit}`;
}
