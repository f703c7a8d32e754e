import { PatientId } from '@anw/values';
import { randomBytes } from 'node:crypto';
import type { StoredResource } from '../fhir-source.js';
import type { IdentifiedResource } from '../fhir-resource.js';
import { checkOutgoingBundle } from './check-outgoing-bundle.js';
import { matchSearch, type SearchInteraction } from './match-search.js';
import { createSearchBundle, describeSearch } from './search-bundle.js';
import { createSearchCursors } from './search-cursor.js';

const patient = PatientId.parse('p1');
const base = 'https://bron.example/fhir/de-linde';
const at = new Date('2026-06-13T21:05:00Z');

function search(query = 'patient=Patient/p1&code=http://loinc.org%7C85354-9&_sort=-date&_count=5', type = 'Observation'): SearchInteraction {
  const matched = matchSearch(type, query);
  if (!matched.ok) throw new Error('not a search of the policy');
  return matched.value;
}

function stored(resource: IdentifiedResource): StoredResource {
  return { resource, version: 2, lastUpdated: at };
}

function bloodPressure(owner = 'p1', code = '85354-9'): StoredResource {
  return stored({ resourceType: 'Observation', id: 'o1', code: { coding: [{ system: 'http://loinc.org', code }] }, subject: { reference: `Patient/${owner}` } });
}

function bundleOf(matches: readonly StoredResource[], included: readonly StoredResource[] = [], asked = search()) {
  return createSearchBundle({ search: asked, result: { total: matches.length, matches, included }, base, at });
}

describe('searchset Bundle (§2)', () => {
  it('has a total, a self link as accepted, and entries marked match', () => {
    const bundle = createSearchBundle({ search: search(), result: { total: 7, matches: [bloodPressure()], included: [] }, nextCursor: 'abc', base, at });
    const self = `${base}/Observation?patient=Patient%2Fp1&code=http%3A%2F%2Floinc.org%7C85354-9&_sort=-date&_count=5`;
    expect(bundle).toMatchObject({ type: 'searchset', total: 7, link: [{ relation: 'self', url: self }, { relation: 'next', url: `${self}&_cursor=abc` }] });
    expect(bundle.entry).toMatchObject([{ fullUrl: `${base}/Observation/o1`, search: { mode: 'match' } }]);
  });

  it('makes a next link that is a search of the policy again', () => {
    const bundle = createSearchBundle({ search: search(), result: { total: 7, matches: [], included: [] }, nextCursor: 'abc', base, at });
    const again = matchSearch('Observation', new URL(bundle.link[1]?.url ?? '').search.slice(1));
    expect(again).toMatchObject({ ok: true, value: { cursor: 'abc', count: 5 } });
  });

  it('fills meta.profile where the source left it empty, by the code', () => {
    expect(bundleOf([bloodPressure()]).entry[0]?.resource['meta']).toEqual({
      versionId: '2',
      lastUpdated: '2026-06-13T21:05:00.000Z',
      profile: ['http://nictiz.nl/fhir/StructureDefinition/nl-core-BloodPressure'],
    });
  });

  it('leaves a profile that the source gave', () => {
    const own = bloodPressure();
    const resource = { ...own.resource, meta: { profile: ['http://example.org/own'] } };
    expect(bundleOf([{ ...own, resource }]).entry[0]?.resource['meta']).toMatchObject({ profile: ['http://example.org/own'] });
  });

  it('prints the accepted parameters for the log without the patient', () => {
    expect(describeSearch(search())).toBe('Observation?code=http%3A%2F%2Floinc.org%7C85354-9&_sort=-date&_count=5');
  });
});

describe('check of the outgoing Bundle (§10.2)', () => {
  const patientSearch = search('_id=p1&_include=Patient:general-practitioner&_include:iterate=PractitionerRole:organization', 'Patient');
  const owner = stored({ resourceType: 'Patient', id: 'p1', generalPractitioner: [{ reference: 'PractitionerRole/r1' }] });
  const role = stored({ resourceType: 'PractitionerRole', id: 'r1', organization: { reference: 'Organization/g1' } });
  const organisation = stored({ resourceType: 'Organization', id: 'g1' });

  it('lets the patient’s own matches out', () => expect(checkOutgoingBundle(bundleOf([bloodPressure()]), search().search, patient)).toBeUndefined());

  it('lets the listed includes out, iterated ones too', () => {
    expect(checkOutgoingBundle(bundleOf([owner], [role, organisation], patientSearch), patientSearch.search, patient)).toBeUndefined();
  });

  it.each([
    ['another patient’s resource', bundleOf([bloodPressure('p2')])],
    ['a resource without a subject', bundleOf([stored({ resourceType: 'Observation', id: 'o1', code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] } })])],
    ['another code', bundleOf([bloodPressure('p1', '8867-4')])],
    ['another type', bundleOf([stored({ resourceType: 'Condition', id: 'c1', subject: { reference: 'Patient/p1' } })])],
    ['an include nobody refers to', bundleOf([bloodPressure()], [organisation])],
  ])('stops %s', (_fault, bundle) => expect(checkOutgoingBundle(bundle, search().search, patient)).toMatchObject({ code: 'unexpected' }));

  it.each([
    ['an organisation the role does not name', [owner], [role, stored({ resourceType: 'Organization', id: 'g2' })]],
    ['an organisation without the role', [owner], [organisation]],
    ['another patient as include', [owner], [stored({ resourceType: 'Patient', id: 'p2' })]],
  ])('stops %s', (_fault, matches, included) => {
    expect(checkOutgoingBundle(bundleOf(matches, included, patientSearch), patientSearch.search, patient)).toMatchObject({ code: 'unexpected' });
  });
});

describe('cursor of a next page (§2: opaque and bound to the token)', () => {
  const cursors = createSearchCursors(randomBytes(32), randomBytes);
  const position = { date: at, id: 'observation-1' };
  const binding = { token: 'hash-1', search: search() };
  const cursor = cursors.seal(position, binding);

  it('opens for the token and the search it was made for', () => expect(cursors.open(cursor, binding)).toEqual(position));
  it('is of the form that a request may carry', () => expect(search(`patient=Patient/p1&code=http://loinc.org%7C85354-9&_cursor=${cursor}`).cursor).toBe(cursor));
  it('shows nothing of the position', () => expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('observation-1'));
  it('does not open for another token', () => expect(cursors.open(cursor, { ...binding, token: 'hash-2' })).toBeUndefined());
  it('does not open for another search', () => {
    expect(cursors.open(cursor, { ...binding, search: search('patient=Patient/p1&code=http://snomed.info/sct%7C11591000146107') })).toBeUndefined();
  });
  it('does not open when it was changed', () => expect(cursors.open(`${cursor.slice(0, -8)}AAAAAAAA`, binding)).toBeUndefined());
  it('does not open when it is nothing of ours', () => expect(cursors.open('abc', binding)).toBeUndefined());
  it('does not open under another secret', () => expect(createSearchCursors(randomBytes(32), randomBytes).open(cursor, binding)).toBeUndefined());
});
