import { DidUrl, PatientId } from '@anw/values';
import { authorizeInteraction, type FhirAccess } from './authorize-interaction.js';
import type { FhirInteraction } from './parse-fhir-request.js';
import { matchSearch } from './match-search.js';
import { toOperationOutcome } from './outcome.js';

const patient = PatientId.parse('p1');
const authorization = DidUrl.parse('did:web:regie.example:iam:1#a');
const access: FhirAccess = { patient, authorization, mayPerform: () => true };

type Protected = Exclude<FhirInteraction, { kind: 'capabilities' }>;

function searchFor(id: string): Protected {
  const search = matchSearch('Observation', `patient=Patient/${id}&code=http://loinc.org%7C85354-9`);
  if (!search.ok) throw new Error('not a search of the policy');
  return search.value;
}

describe('one authorization is about one patient (§10.1)', () => {
  it('searches with the patient of the token', () => {
    expect(authorizeInteraction(searchFor('p1'), access)).toMatchObject({ ok: true, value: { kind: 'search', patient } });
  });

  it('reads the patient of the token', () => {
    expect(authorizeInteraction({ kind: 'read', type: 'Patient', id: 'p1' }, access)).toEqual({ ok: true, value: { kind: 'read-patient', patient } });
  });

  it.each([
    ['Observation', ['written-under-this-authorization', 'pointed-at', 'pointed-at']],
    ['Specimen', ['pointed-at']],
    ['Practitioner', ['pointed-at']],
    ['PractitionerRole', ['pointed-at']],
    ['Organization', ['pointed-at']],
  ])('reads %s by its id only as %j', (type, ways) => {
    const authorized = authorizeInteraction({ kind: 'read', type, id: 'x1' }, access);
    expect(authorized).toMatchObject({ ok: true, value: { kind: 'read-instance', type, id: 'x1', patient, authorization, ways: ways.map((which) => ({ type, which })) } });
  });

  it('creates for the patient of the token', () => {
    expect(authorizeInteraction({ kind: 'create', type: 'Observation' }, access)).toEqual({ ok: true, value: { kind: 'create', type: 'Observation', patient } });
  });

  const refusals: readonly (readonly [string, Protected])[] = [
    ['a search for another patient', searchFor('p2')],
    ['a search for an id that differs in a zero', searchFor('p01')],
    ['a search for an id in another case', searchFor('P1')],
    ['a read of another patient', { kind: 'read', type: 'Patient', id: 'p2' }],
    ['a read of a type that is not listed', { kind: 'read', type: 'Condition', id: 'c1' }],
  ];

  it.each(refusals)('refuses %s', (_attempt, interaction) => expect(authorizeInteraction(interaction, access)).toMatchObject({ ok: false, failure: { code: 'outside-policy' } }));

  it('refuses everything that the authorization does not list', () => {
    const nothing = { ...access, mayPerform: () => false };
    for (const interaction of [searchFor('p1'), { kind: 'read', type: 'Patient', id: 'p1' }, { kind: 'create', type: 'Observation' }] as const) {
      expect(authorizeInteraction(interaction, nothing)).toMatchObject({ ok: false, failure: { code: 'outside-policy', reason: 'operation-not-granted' } });
    }
  });

  it('asks for the operation by the path of the type', () => {
    const asked: unknown[] = [];
    authorizeInteraction({ kind: 'create', type: 'Observation' }, { ...access, mayPerform: (request) => asked.push(request) > 0 });
    expect(asked).toEqual([{ path: '/Observation', operation: 'create' }]);
  });

  it('answers every refusal of scope in the same words', () => {
    const answers = refusals.map(([, interaction]) => authorizeInteraction(interaction, access)).map((result) => (result.ok ? undefined : toOperationOutcome(result.failure)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});
