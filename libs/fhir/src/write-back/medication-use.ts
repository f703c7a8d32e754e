import { STOP_TYPE, STOPPED, SUSPENDED } from '../r4/medication-lists.js';
import { medicationUseZib } from '../r4/zibs.js';
import { type Coding, concept, noteOf, snomed, subjectOf } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { type DoseInput, doseQuantity, medicationOf, type ProductInput } from './medication.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface MedicationUseInput {
  readonly product: ProductInput;
  readonly use: MedicationUse;
  /** Who told it: the client, or the nurse who saw it. */
  readonly source: 'patient' | 'practitioner';
  /** When it was told or seen: ISO 8601 with a zone. */
  readonly assertedAt: string;
  /** Day or moment since when, and until when, it is used so: ISO 8601. */
  readonly usedFrom?: string | undefined;
  readonly usedUntil?: string | undefined;
  readonly dose?: DoseInput | undefined;
  /** As told, for whatever the rest cannot say. */
  readonly note?: string | undefined;
}

export type MedicationUse = 'active' | 'not-taken' | 'suspended' | 'stopped';

/** MedicatieGebruik stop type (spec anw-fhir-profiles §5). */
const stopTypes: Readonly<Partial<Record<MedicationUse, Coding>>> = {
  suspended: snomed(SUSPENDED, 'onderbroken'),
  stopped: snomed(STOPPED, 'stopgezet'),
};

const statuses = { active: 'active', 'not-taken': 'not-taken', suspended: 'on-hold', stopped: 'stopped' } as const satisfies Record<MedicationUse, string>;

const fields: ElementFields<FieldOf<MedicationUseInput>> = [
  ['MedicationStatement.medication', 'product'],
  ['MedicationStatement.status', 'use'],
  ['MedicationStatement.modifierExtension', 'use'],
  ['MedicationStatement.informationSource', 'source'],
  ['MedicationStatement.dateAsserted', 'assertedAt'],
  ['MedicationStatement.effective.end', 'usedUntil'],
  ['MedicationStatement.effective', 'usedFrom'],
  ['MedicationStatement.dosage', 'dose'],
  ['MedicationStatement.note', 'note'],
];

/** MedicatieGebruik2 as `mp-MedicationUse2`: what the client really takes. */
export const medicationUseKind: WriteKind<MedicationUseInput> = {
  label: 'Medicatiegebruik',
  steps: ({ product, use, source, assertedAt, usedFrom, usedUntil, dose, note }, subject) => {
    const stopType = stopTypes[use];
    const period = { ...(usedFrom === undefined ? {} : { start: usedFrom }), ...(usedUntil === undefined ? {} : { end: usedUntil }) };
    return singleStep(
      'medication-use',
      {
        resourceType: 'MedicationStatement',
        meta: { profile: [medicationUseZib.profile] },
        ...(stopType === undefined ? {} : { modifierExtension: [{ url: STOP_TYPE, valueCodeableConcept: concept(stopType) }] }),
        status: statuses[use],
        category: concept(snomed('422979000', 'bevinding betreffende gedrag met betrekking tot medicatieregime')),
        ...medicationOf(product),
        subject: subjectOf(subject.patient),
        ...(Object.keys(period).length === 0 ? {} : { effectivePeriod: period }),
        dateAsserted: new Date(assertedAt).toISOString(),
        // The custodian completes the nurse from the token, as it does the author.
        informationSource: source === 'patient' ? subjectOf(subject.patient) : { type: 'Practitioner' },
        ...noteOf(note),
        ...(dose === undefined ? {} : { dosage: [{ doseAndRate: [{ doseQuantity: doseQuantity(dose) }] }] }),
      },
      subject,
    );
  },
  fieldOf: (_step, expression) => fieldAt(fields, expression),
};
