import type { Bsn, PatientId } from '@anw/values';
import { z } from 'zod';
import type { FhirResource } from './fhir-resource.js';
import { valuesAt } from './r4/resource-facts.js';

/** A regisseur's narrow search: one person, not a list to browse (design §6, `patients/_search`). */
export type PatientQuery = { readonly familyName: string; readonly birthDate: string } | { readonly bsn: Bsn };

/** The least that tells two people apart on the telephone. */
export interface PatientSummary {
  readonly id: PatientId;
  readonly name: string;
  /** `yyyy-mm-dd`. */
  readonly birthDate: string;
  /** Where she lives, in one line: the desk reads it back to the caller, the nurse has to find the door. */
  readonly address?: string;
}

/** Patients of one custodian organisation. */
export interface PatientDirectory {
  findPatients(query: PatientQuery): Promise<readonly PatientSummary[]>;
  /** Known here, active and alive: the "in care" of check 8. */
  isInCare(patient: PatientId): Promise<boolean>;
}

const FamilyPart = z.object({ url: z.string(), valueString: z.string() });

const FAMILY_PARTS = {
  ownPrefix: 'http://hl7.org/fhir/StructureDefinition/humanname-own-prefix',
  ownName: 'http://hl7.org/fhir/StructureDefinition/humanname-own-name',
  partnerPrefix: 'http://hl7.org/fhir/StructureDefinition/humanname-partner-prefix',
  partnerName: 'http://hl7.org/fhir/StructureDefinition/humanname-partner-name',
};

/**
 * Family names by which a caller may give a patient: the whole, own name and partner's name, each with and without its
 * prefix, in the form of `normaliseFamilyName`.
 */
export function familyNamesOf(patient: FhirResource): readonly string[] {
  const whole = valuesAt(patient, ['name', 'family']).filter((family) => typeof family === 'string');
  const parts = new Map(
    valuesAt(patient, ['name', '_family', 'extension']).flatMap((extension) => {
      const part = FamilyPart.safeParse(extension);
      return part.success ? [[part.data.url, part.data.valueString] as const] : [];
    }),
  );
  const own = withPrefix(parts.get(FAMILY_PARTS.ownPrefix), parts.get(FAMILY_PARTS.ownName));
  const partner = withPrefix(parts.get(FAMILY_PARTS.partnerPrefix), parts.get(FAMILY_PARTS.partnerName));
  return [...new Set([...whole, ...own, ...partner].map(normaliseFamilyName).filter((name) => name !== ''))];
}

/** Letters only, without case and accents: "Van der Giessen" and "van der giessen" are one, as are "Müller" and "Muller". */
export function normaliseFamilyName(name: string): string {
  return name.normalize('NFKD').toLowerCase().replace(/[^\p{Letter}]/gu, '');
}

/** Neither marked inactive nor deceased; a patient that says nothing about it is in care. */
export function isActivePatient(patient: FhirResource): boolean {
  return patient['active'] !== false && patient['deceasedBoolean'] !== true && patient['deceasedDateTime'] === undefined;
}

function withPrefix(prefix: string | undefined, name: string | undefined): readonly string[] {
  if (name === undefined) return [];
  return prefix === undefined ? [name] : [name, `${prefix} ${name}`];
}
