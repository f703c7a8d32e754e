import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import type { FhirResource } from '../fhir-resource.js';
import { enrichmentOf, fromOutOfHours, markFromOutOfHours } from './enrichment.js';
import { provenanceOf } from './provenance.js';

const [actor, regisseur] = [Did.parse('did:web:zorg.example:iam:41d2'), Did.parse('did:web:regie.example:iam:6f0c')];
const origin = { actor, regisseur, authorization: DidUrl.parse(`${regisseur}#b7a1`), practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'Noor de Wit' } };
const at = new Date('2026-01-01T22:00:00Z');
const stored = { resource: { resourceType: 'Observation', id: 'o1', valueString: 'Gevallen.' }, version: 1, lastUpdated: at };
const enrichment = enrichmentOf(stored, PatientId.parse('jo'), origin, 'e1');

describe('what came into the record from out-of-hours care (§9.1)', () => {
  it('is marked, whatever tags it was sent with, and keeps its profile', () => {
    const sent = { resourceType: 'Observation', meta: { profile: ['p'], tag: [{ system: 'urn:other', code: 'x' }] } };
    expect(markFromOutOfHours(sent)['meta']).toEqual({ profile: ['p'], tag: [fromOutOfHours] });
    expect(markFromOutOfHours<FhirResource>({ resourceType: 'Observation' })['meta']).toEqual({ tag: [fromOutOfHours] });
  });

  it('is noted by reference, without a word of what it says', () => {
    expect(enrichment).toEqual({ id: 'e1', type: 'Observation', resource: 'o1', version: 1, patient: 'jo', at, ...origin });
    expect(JSON.stringify(enrichment)).not.toContain('Gevallen');
  });

  it('has a Provenance with author, organisation, regisseur and authorization', () => {
    const provenance = provenanceOf(enrichment);
    expect(provenance).toMatchObject({ resourceType: 'Provenance', target: [{ reference: 'Observation/o1/_history/1' }], recorded: at.toISOString(), policy: [origin.authorization] });
    expect(provenance['agent']).toMatchObject([
      { who: { identifier: { value: 'e-10442' }, display: 'Noor de Wit' }, onBehalfOf: { identifier: { value: actor } } },
      { who: { identifier: { value: actor } } },
      { who: { identifier: { value: regisseur } } },
    ]);
  });
});
