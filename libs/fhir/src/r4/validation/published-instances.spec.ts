import { InMemoryRecord, publishedInstances } from '@anw/testing/parties';
import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import type { FhirResource, IdentifiedResource } from '../../fhir-resource.js';
import { zibOf } from '../resource-facts.js';
import { judgeCreate } from './judge-create.js';
import { writableZibs } from './writable-zibs.js';
import type { WriteContext } from './write-context.js';

const patient = PatientId.parse('p1');
const at = new Date('2026-06-13T21:05:00Z');
const context: WriteContext = {
  patient,
  origin: {
    actor: Did.parse('did:web:zorg.example:iam:2'),
    regisseur: Did.parse('did:web:regie.example:iam:1'),
    authorization: DidUrl.parse('did:web:regie.example:iam:1#a'),
    practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'M. Okafor' },
  },
  authorizedFrom: new Date('2026-06-13T19:00:00Z'),
  now: at,
};

const examples = publishedInstances();
const instances = new Map([...examples].filter(([file]) => /^(Observation|Composition|DiagnosticReport|Medication.*)-.*\.json$/.test(file)).map(([file, resource]) => [file, ofThisPatient(resource)] as const));
const writable = [...instances].filter(([, resource]) => writableZibs.some(({ zib }) => zib.name === zibOf(resource)?.name));

/** About this patient, in this shift, by this nurse; the agreements hold from now on. */
function ofThisPatient(resource: FhirResource): IdentifiedResource {
  const times = { Composition: { date: at.toISOString() }, MedicationStatement: { dateAsserted: at.toISOString() } }[resource.resourceType] ?? { effectiveDateTime: at.toISOString() };
  const authors = { Composition: ['author'], MedicationStatement: [] }[resource.resourceType] ?? ['performer'];
  const subject = resource.resourceType === 'Medication' ? {} : { subject: { reference: 'Patient/p1', type: 'Patient', display: 'J. van Putten' } };
  const changed = JSON.parse(JSON.stringify(resource).replaceAll(/2022-1[12]-\d\d/g, '2026-06-13').replaceAll(/Patient\/[^"]+/g, 'Patient/p1')) as Record<string, unknown>;
  const kept = Object.entries(changed).filter(([name]) => !authors.includes(name));
  return { ...Object.fromEntries(kept), ...subject, ...times, resourceType: resource.resourceType, id: resource.id! };
}

/** Rules that an instance breaks as it lies there; the others break none. */
const broken: Readonly<Record<string, readonly string[]>> = {
  // A child of 2.4 kg is outside the soft limits of an adult.
  'Observation-nl-core-BodyWeight-01.json': ['VS-UNUSUAL'],
  // Their parts lie in the record already, and were not written under this authorization.
  'Observation-anw-ex-HeartRate-01.json': ['PULSE-MEMBER'],
  'Observation-nl-core-PulseRate-01.json': ['PULSE-MEMBER', 'PULSE-MEMBER'],
  'Composition-nl-core-SOAPReport-01.json': ['SOAP-ENTRY', 'SOAP-ENTRY', 'SOAP-ENTRY', 'SOAP-ENTRY'],
  // Has images.
  'DiagnosticReport-nl-core-TextResult-01.json': ['RESULT-ATTACHMENT'],
  // Names an encounter, an episode and an agreement by identifiers of other systems, and an author who is not the nurse.
  'MedicationStatement-mp-MedUse2-mp9-MBH920mgexample-1-MGB1.json': ['MED-AUTHOR'],
};

describe(`instances of the published profiles (${writable.length} at hand)`, () => {
  it.each([...writable, ['none', undefined] as const].slice(0, Math.max(writable.length, 1)))('%s is judged by its own content when it is about this patient, in this shift, by this nurse', async (name, resource) => {
    if (resource === undefined) return expect(examples.size).toBe(0);
    const record = new InMemoryRecord([...instances.values()], at);
    const judged = judgeCreate(JSON.stringify(resource), resource.resourceType, context);
    const prepared = judged.ok ? await judged.value.checkInRecord(record) : judged;
    const issues = (prepared.ok ? prepared.value.warnings : prepared.failure.issues) ?? [];
    expect(issues.map(({ rule }) => rule)).toEqual(broken[name] ?? []);
    expect(prepared.ok).toBe(issues.every(({ severity }) => severity === 'warning'));
  });
});
