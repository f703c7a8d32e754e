import { z } from 'zod';
import { RegionError } from '../region-error.js';
import type { RegionFile } from '../region-file.js';
import type { FhirBundle } from './load-resources.js';

/** A patient that has been loaded and is not enrolled yet. */
export type DossierPatient = Omit<RegionFile['patients'][number], 'handle'>;

const Patient = z.looseObject({
  resourceType: z.literal('Patient'),
  id: z.string(),
  birthDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  name: z.array(z.looseObject({ use: z.string().optional(), text: z.string().optional(), family: z.string().optional(), given: z.array(z.string()).optional() })).min(1),
});

/** The patient of a FHIR bundle or list of resources. @throws RegionError when there is not one that could be found again */
export function patientOf(dossier: FhirBundle, custodian: string): DossierPatient {
  const found = resourcesOf(dossier).filter((resource) => (resource as { resourceType?: unknown } | null)?.resourceType === 'Patient');
  if (found.length === 0) throw new RegionError('The dossier holds no Patient: give a FHIR R4 bundle with the patient and her resources.');
  if (found.length > 1) throw new RegionError(`The dossier holds ${found.length} patients: give one file for each.`);
  return describe(found[0], custodian);
}

function describe(resource: unknown, custodian: string): DossierPatient {
  const parsed = Patient.safeParse(resource);
  if (!parsed.success) throw new RegionError(`A Patient in the dossier cannot be found by name and birth date: ${z.prettifyError(parsed.error)}`);
  const { id, birthDate, name } = parsed.data;
  const official = name.find(({ use }) => use === 'official') ?? name[0];
  const familyName = official?.family;
  if (familyName === undefined) throw new RegionError(`Patient/${id} in the dossier has no family name, and without one the desk cannot find her.`);
  return { custodian, id, familyName, name: official?.text ?? [...(official?.given ?? []), familyName].join(' '), birthDate };
}

function resourcesOf(dossier: FhirBundle): readonly unknown[] {
  if (Array.isArray(dossier)) return dossier;
  const { entry, resourceType } = dossier as { entry?: unknown; resourceType?: unknown };
  if (Array.isArray(entry)) return entry.map((item: { resource?: unknown } | null) => item?.resource);
  return resourceType === 'Patient' ? [dossier] : [];
}
