import type { FhirResource } from '../fhir-resource.js';
import { bloodPressureKind } from './blood-pressure.js';
import { bodyHeightKind } from './body-height.js';
import { bodyTemperatureKind } from './body-temperature.js';
import { bodyWeightKind } from './body-weight.js';
import { heartRateKind } from './heart-rate.js';
import { medicationAdministrationKind } from './medication-administration.js';
import { medicationUseKind } from './medication-use.js';
import { nursingReportKind } from './nursing-report.js';
import { oxygenSaturationKind } from './oxygen-saturation.js';
import { pulseRateKind } from './pulse-rate.js';
import { respirationKind } from './respiration.js';
import { soapReportKind } from './soap-report.js';
import { textResultKind } from './text-result.js';
import { visualAcuityKind } from './visual-acuity.js';
import type { WriteKind, WriteStep, WriteSubject } from './write-kind.js';

/** Everything that a nurse can write back (write table of chapter 4, and the report in free text). A kind more is a file and an entry more. */
export const writeKinds = {
  'blood-pressure': bloodPressureKind,
  'body-weight': bodyWeightKind,
  'body-height': bodyHeightKind,
  'body-temperature': bodyTemperatureKind,
  'oxygen-saturation': oxygenSaturationKind,
  'pulse-rate': pulseRateKind,
  'heart-rate': heartRateKind,
  respiration: respirationKind,
  'visual-acuity': visualAcuityKind,
  'nursing-report': nursingReportKind,
  'soap-report': soapReportKind,
  'text-result': textResultKind,
  'medication-use': medicationUseKind,
  'medication-administration': medicationAdministrationKind,
} as const;

export type WriteKindName = keyof typeof writeKinds;

/** The plain input of each kind; JSON, so that a draft can be kept as it is. */
export type WriteInputs = { readonly [K in WriteKindName]: (typeof writeKinds)[K] extends WriteKind<infer Input> ? Input : never };

/** One thing that a nurse writes. */
export type Write = { readonly [K in WriteKindName]: { readonly kind: K; readonly input: WriteInputs[K] } }[WriteKindName];

/** The resources to create, in order. */
export function stepsOf(write: Write, subject: WriteSubject): readonly WriteStep[] {
  return kindOf(write.kind).steps(write.input, subject);
}

/**
 * The resource of a write that is one step.
 * @throws Error when it is more than one: a later step needs what the custodian made of an earlier one.
 */
export function resourceOf(write: Write, subject: WriteSubject): FhirResource {
  const [only, ...others] = stepsOf(write, subject);
  if (only === undefined || others.length > 0) throw new Error(`A ${write.kind} is more than one resource.`);
  return only.create({});
}

/** The member of her input that an outcome on a step points at. */
export function fieldOf(kind: WriteKindName, step: string, expression: string): string | undefined {
  return kindOf(kind).fieldOf(step, expression);
}

/** Pairs of kind and input come from `Write` alone, so that kind and input agree. */
function kindOf(name: WriteKindName): WriteKind<WriteInputs[WriteKindName]> {
  return writeKinds[name] as unknown as WriteKind<WriteInputs[WriteKindName]>;
}
