import type { PatientId } from '@anw/values';
import { LOINC, OBSERVATION_CATEGORY, SNOMED_CT, UCUM } from '../r4/code-systems.js';
import type { UnnamedResource } from './steps.js';

/** Said of every measurement. */
export interface Measured {
  /** ISO 8601 with a zone. */
  readonly measuredAt: string;
  readonly note?: string | undefined;
}

/** A code with the words that the source of the code gives it. */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export function loinc(code: string, display: string): Coding {
  return { system: LOINC, code, display };
}

export function snomed(code: string, display: string): Coding {
  return { system: SNOMED_CT, code, display };
}

export function concept(...coding: readonly Coding[]): object {
  return { coding };
}

/** @param unit as a nurse writes it. @param code UCUM. */
export function quantity(value: number, unit: string, code: string): object {
  return { value, unit, system: UCUM, code };
}

export function subjectOf(patient: PatientId): object {
  return { reference: `Patient/${patient}`, type: 'Patient' };
}

/** A note of white space alone says nothing and is left out. */
export function noteOf(note: string | undefined): object {
  return note === undefined || note.trim() === '' ? {} : { note: [{ text: note }] };
}

interface ObservationFacts {
  readonly profile: string;
  readonly code: readonly Coding[];
  readonly patient: PatientId;
  readonly at: string;
  readonly [element: string]: unknown;
}

/** A final Observation; the custodian sets the author from the token (spec anw-fhir-profiles §9.1 G10). */
export function observation({ profile, code, patient, at, ...content }: ObservationFacts): UnnamedResource {
  return {
    resourceType: 'Observation',
    meta: { profile: [profile] },
    status: 'final',
    code: { coding: code },
    subject: subjectOf(patient),
    effectiveDateTime: new Date(at).toISOString(),
    ...content,
  };
}

/** The same with the category that every vital sign has (spec anw-fhir-profiles §2). */
export function vitalSign(facts: ObservationFacts): UnnamedResource {
  const category = [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'vital-signs', display: 'Vital Signs' }] }];
  return observation({ category, ...facts });
}

/** Optional elements and components are left out when there is nothing to say. */
export function listed<T>(...found: readonly (T | undefined)[]): readonly T[] {
  return found.filter((each) => each !== undefined);
}
