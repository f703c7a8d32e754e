import type { ResourceIssue } from '../../fhir-failure.js';
import { referenceTo } from '../../fhir-resource.js';
import type { StoredResource } from '../../fhir-source.js';
import type { HeldReference } from './check-references.js';
import type { WriteContext } from './write-context.js';
import type { ResolvedReference, WriteRecord } from './write-record.js';

/**
 * G9: a reference "resolves here and belongs to the same patient", or is of nobody in particular. What is absent and
 * what is another patient's are told alike: the record gives neither.
 */
export async function resolveReferences(held: readonly HeldReference[], record: WriteRecord, context: WriteContext): Promise<{ readonly issues: readonly ResourceIssue[]; readonly references: readonly ResolvedReference[] }> {
  const found = new Map([...(await findInRecord(held, record, context)), ...(await findWritten(held, record, context))].map((stored) => [referenceTo(stored.resource), stored]));
  const resolved = held.map((reference) => ({ ...reference, stored: found.get(reference.reference) }));
  return {
    issues: resolved.filter(({ stored }) => stored === undefined).map(({ rule, expression }) => rule.notFound(expression)),
    references: resolved.flatMap((reference) => (reference.stored === undefined ? [] : [{ ...reference, stored: reference.stored }])),
  };
}

async function findInRecord(held: readonly HeldReference[], record: WriteRecord, { patient }: WriteContext): Promise<readonly StoredResource[]> {
  const references = held.filter(({ rule }) => rule.among === 'record').map(({ reference }) => reference);
  return references.length === 0 ? [] : record.readReferred([...new Set(references)], patient);
}

async function findWritten(held: readonly HeldReference[], record: WriteRecord, { patient, origin: { authorization } }: WriteContext): Promise<readonly StoredResource[]> {
  const wanted = new Map(held.filter(({ rule }) => rule.among === 'written').map((each) => [each.reference, each]));
  const found: StoredResource[] = [];
  // One after another: they share the connection of one transaction.
  for (const { type, id } of wanted.values()) {
    const stored = await record.readWritten({ type, id, patient, authorization });
    if (stored !== undefined) found.push(stored);
  }
  return found;
}
