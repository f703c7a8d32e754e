import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FhirResource } from '../../fhir-resource.js';
import { createBloodPressure } from '../../measurement/blood-pressure.js';
import { createNursingReport } from '../../report/nursing-report.js';
import { zibOf } from '../resource-facts.js';
import { prepareCreate } from './prepare-create.js';
import { writableZibs } from './writable-zibs.js';

const patient = PatientId.parse('p1');
const at = new Date('2026-06-13T21:05:00Z');
const id = '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11';

/** Instances of the published profiles, where they lie beside the project; ours run always. */
const examples = join(import.meta.dirname, '../../../../../../shared/fhir-examples/r4');
const files = existsSync(examples) ? readdirSync(examples).filter((file) => /^Observation-.*\.json$/.test(file)) : [];
const instances = new Map([
  ['our blood pressure', createBloodPressure({ id, patient, systolic: 125, diastolic: 75, measuredAt: at })],
  ['our report', createNursingReport({ id, patient, text: 'Avondzorg geleverd.', writtenAt: at })],
  ...files.map((file) => [file, FhirResource.parse(JSON.parse(readFileSync(join(examples, file), 'utf8')))] as const),
]);
const writable = [...instances].filter(([, resource]) => writableZibs.some(({ zib }) => zib === zibOf(resource)));

/** Rules that an instance breaks as it lies there; the others break none. */
const broken: Readonly<Record<string, readonly string[]>> = {
  // A child of 2.4 kg is outside the soft limits of an adult.
  'Observation-nl-core-BodyWeight-01.json': ['VS-UNUSUAL'],
  // Refers to a regularity that lies elsewhere.
  'Observation-anw-ex-HeartRate-01.json': ['G9-REFERENCE'],
};

describe('instances of the published profiles', () => {
  it.each(writable)('%s is judged by its own content when it is about this patient, in this shift, by this nurse', (name, resource) => {
    const here = { ...resource, subject: { reference: 'Patient/p1', type: 'Patient', display: 'J. van Putten' }, effectiveDateTime: at.toISOString(), performer: undefined };
    const prepared = prepareCreate(JSON.stringify(here), 'Observation', {
      patient,
      origin: {
        actor: Did.parse('did:web:zorg.example:iam:2'),
        regisseur: Did.parse('did:web:regie.example:iam:1'),
        authorization: DidUrl.parse('did:web:regie.example:iam:1#a'),
        practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'M. Okafor' },
      },
      authorizedFrom: new Date('2026-06-13T19:00:00Z'),
      now: at,
    });
    const issues = (prepared.ok ? prepared.value.warnings : prepared.failure.issues) ?? [];
    expect(issues.map(({ rule }) => rule)).toEqual(broken[name] ?? []);
    expect(prepared.ok).toBe(issues.every(({ severity }) => severity === 'warning'));
  });
});
