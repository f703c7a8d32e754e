import { z } from 'zod';
import { fhirOk, type FhirResult, fhirRefusal, type ResourceIssue } from '../../../fhir-failure.js';
import type { FhirResource } from '../../../fhir-resource.js';
import { expressionOf } from './expression.js';

/**
 * G6: "no unknown elements, right JSON types, no nulls or empty arrays and objects, primitives match their pattern".
 * What is of the wrong shape is answered with 400, what is of the right shape but outside its pattern with 422.
 */
export function checkStructure<T>(schema: z.ZodType<T>, resource: FhirResource): FhirResult<T> {
  const parsed = schema.safeParse(resource);
  const empty = emptyObjects(resource, []).map((path) => structureIssue(resource.resourceType, path, 'Dit onderdeel is leeg.'));
  if (parsed.success && empty.length === 0) return fhirOk(parsed.data);
  const issues = [...(parsed.error?.issues ?? []).map((issue) => toIssue(resource.resourceType, issue)), ...empty];
  const misshapen = issues.some(({ code }) => code === 'structure');
  return fhirRefusal(misshapen ? 'unreadable-resource' : 'invalid-resource', 'structure', issues);
}

function toIssue(type: string, issue: z.core.$ZodIssue): ResourceIssue {
  switch (issue.code) {
    case 'unrecognized_keys':
      return structureIssue(type, issue.path, 'Dit onderdeel bevat iets onbekends.');
    case 'invalid_type':
      return structureIssue(type, issue.path, issue.input === undefined && !('received' in issue) ? 'Dit onderdeel ontbreekt of heeft niet de juiste vorm.' : 'Dit onderdeel heeft niet de juiste vorm.');
    case 'too_small':
      return structureIssue(type, issue.path, 'Dit onderdeel is leeg.');
    default:
      return { rule: 'G6', severity: 'error', code: 'invalid', text: 'Dit gegeven voldoet niet aan het voorgeschreven formaat.', expression: expressionOf(type, issue.path) };
  }
}

function structureIssue(type: string, path: readonly PropertyKey[], text: string): ResourceIssue {
  return { rule: 'G6', severity: 'error', code: 'structure', text, expression: expressionOf(type, path) };
}

/** Paths of `{}`: JSON allows them, FHIR does not (FHIR R4 JSON §2.1.0.1.1). */
function emptyObjects(value: unknown, path: readonly PropertyKey[]): readonly (readonly PropertyKey[])[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => emptyObjects(each, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([name, each]) => emptyObjects(each, [...path, name]));
}
