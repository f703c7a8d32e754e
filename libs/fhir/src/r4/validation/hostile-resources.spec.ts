import { InMemoryRecord } from '@anw/testing/parties';
import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import fc from 'fast-check';
import type { FhirResource } from '../../fhir-resource.js';
import { stepsOf, type Write } from '../../write-back/write-kinds.js';
import { toOperationOutcome } from '../outcome.js';
import { judgeCreate } from './judge-create.js';
import type { WriteContext } from './write-context.js';

const patient = PatientId.parse('p1');
const now = new Date('2026-06-13T21:10:00Z');
const at = '2026-06-13T21:05:00Z';
const context: WriteContext = {
  patient,
  origin: {
    actor: Did.parse('did:web:zorg.example:iam:2'),
    regisseur: Did.parse('did:web:regie.example:iam:1'),
    authorization: DidUrl.parse('did:web:regie.example:iam:1#a'),
    practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'M. Okafor' },
  },
  authorizedFrom: new Date('2026-06-13T19:00:00Z'),
  now,
};

const product = { list: 'PRK' as const, code: '17469', name: 'x' };
const writes: readonly Write[] = [
  { kind: 'blood-pressure', input: { systolic: 125, diastolic: 75, position: 'sitting', measuredAt: at, note: 'x' } },
  { kind: 'body-weight', input: { weight: 80, unit: 'kg', clothing: 'full', measuredAt: at } },
  { kind: 'pulse-rate', input: { rate: 72, regularity: 'regular', measuredAt: at } },
  { kind: 'heart-rate', input: { rate: 72, regularity: 'regular', interpretation: 'normal', measuredAt: at } },
  { kind: 'visual-acuity', input: { acuity: 0.8, eye: 'left', distance: 5, measuredAt: at } },
  { kind: 'soap-report', input: { subjective: 'a', plan: 'b', subjectiveIcpc: 'R05', writtenAt: at } },
  { kind: 'text-result', input: { type: 'imaging', conclusion: 'x', status: 'final', examinedAt: at } },
  { kind: 'medication-use', input: { product, use: 'stopped', source: 'practitioner', assertedAt: at, usedFrom: '2026-06-01', dose: { amount: 1, unit: 'stuk' } } },
  { kind: 'medication-administration', input: { product, given: true, dose: { amount: 1, unit: 'stuk' }, route: { code: '9', name: 'oraal' }, administeredAt: at, reason: 'x' } },
];
const resources = writes.flatMap((write) =>
  stepsOf(write, { id: '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11', patient }).map((step) => step.create(Object.fromEntries(step.after.map((name) => [name, `Observation/${name}`])))),
);

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, each]) => pathsIn(each, [...path, Array.isArray(value) ? Number(name) : name]))];
}

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) return value.map((each, index) => (index === first ? replaced(each, rest, by) : each));
  const object = value as Record<string, unknown>;
  return { ...object, [first]: replaced(object[first], rest, by) };
}

/** What an attacker or a fault puts where something else is due. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, [], {}, [null], [[]], '', ' ', 'Patient/p2', 'Observation/o1', '../Patient/p1', 'entered-in-error', -1, 1e17, 9e99, { reference: 'Patient/p2' }, { coding: [null] }, { coding: {} }, [{ url: null }], [{ url: 'http://x' }], { extension: [null] }),
);

describe('whatever is posted (§9: "never a 5xx")', () => {
  it('is judged without a fault of ours, and answered with an outcome of at most twenty issues', async () => {
    const record = new InMemoryRecord([], now);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...resources), fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 3 }), async (resource: FhirResource, changes) => {
        const changed = changes.reduce<unknown>((each, [choice, by]) => {
          const paths = pathsIn(each).filter((path) => path.length > 0);
          return paths.length === 0 ? each : replaced(each, paths[choice % paths.length]!, by);
        }, resource);
        const judged = judgeCreate(JSON.stringify(changed), resource.resourceType, context);
        const prepared = judged.ok ? await judged.value.checkInRecord(record) : judged;
        if (prepared.ok) return;
        const { status, outcome } = toOperationOutcome(prepared.failure);
        expect([400, 403, 413, 422]).toContain(status);
        expect(outcome.issue.length).toBeGreaterThan(0);
        expect(outcome.issue.length).toBeLessThanOrEqual(20);
        expect(outcome.issue.every(({ details, code }) => details.text !== '' && code.length > 0)).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it.each(['', 'null', '[]', '"x"', '1', '{}', '{"resourceType":null}', '{"resourceType":"Observation","code":null}', '{"resourceType":"Observation","code":{"coding":[null]}}', '{"resourceType":"Observation","category":[null],"code":[[]]}'])('is refused: %s', (body) => {
    expect(judgeCreate(body, 'Observation', context)).toMatchObject({ ok: false });
  });

  it('is never taken for another client, wherever her reference is put', async () => {
    const record = new InMemoryRecord([], now);
    for (const resource of resources) {
      for (const path of pathsIn(resource).filter((each) => each.length > 0)) {
        for (const by of ['Patient/p2', { reference: 'Patient/p2' }]) {
          const judged = judgeCreate(JSON.stringify(replaced(resource, path, by)), resource.resourceType, context);
          const prepared = judged.ok ? await judged.value.checkInRecord(record) : judged;
          if (prepared.ok) expect(JSON.stringify(prepared.value.draft.body)).not.toContain('"reference":"Patient/p2"');
        }
      }
    }
  });
});
