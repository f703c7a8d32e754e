import { z } from 'zod';
import { createCapabilityStatement } from './capability-statement.js';
import { parseFhirRequest } from './parse-fhir-request.js';
import { allowedCreates, allowedReads, allowedSearches } from './search-policy.js';
import { zibs } from './zibs.js';

const Served = z.object({
  type: z.string(),
  supportedProfile: z.array(z.string()),
  interaction: z.array(z.object({ code: z.string() })),
  searchInclude: z.array(z.string()).default([]),
  searchParam: z.array(z.object({ name: z.string(), type: z.string(), definition: z.string().optional() })).default([]),
  documentation: z.string().optional(),
});
const statement = createCapabilityStatement({ base: 'https://bron.example/fhir/de-linde', organisationName: 'Thuiszorg De Linde', softwareVersion: '0.1.0' });
const served = z.object({ rest: z.array(z.object({ resource: z.array(Served) })) }).parse(statement).rest[0]!.resource;
const types = served.map(({ type }) => type);

/** Every type of FHIR R4 that a server could list, as far as anybody here would think of it. */
const wellKnownTypes = ['Account', 'Appointment', 'AuditEvent', 'Basic', 'Binary', 'CareTeam', 'Communication', 'DocumentReference', 'Encounter', 'Group', 'List', 'Media', 'Person', 'Provenance', 'QuestionnaireResponse', 'Subscription', 'Task'];

function answered(method: 'GET' | 'POST', path: string, query = ''): boolean {
  return parseFhirRequest({ method, path, query, headers: { 'content-type': 'application/fhir+json' } }).ok;
}

describe('CapabilityStatement (§6.4): tells the truth', () => {
  it('says FHIR R4, and names no statement that is of another version', () => {
    expect(statement).toMatchObject({ fhirVersion: '4.0.1', kind: 'instance', format: ['application/fhir+json'] });
    expect(statement).not.toHaveProperty('instantiates');
  });

  it('lists exactly the types of the policy', () => {
    expect(types).toEqual([...new Set([...allowedSearches.map(({ type }) => type), ...allowedReads.map(({ type }) => type), ...allowedCreates])].sort());
  });

  it.each(served.map((each) => [each.type, each] as const))('of %s says whether it is read, searched and created, as requests are answered', (type, { interaction }) => {
    const codes = interaction.map(({ code }) => code);
    const [search] = allowedSearches.filter((each) => each.type === type);
    expect(codes.includes('read')).toBe(answered('GET', `/${type}/x1`));
    expect(codes.includes('create')).toBe(answered('POST', `/${type}`));
    expect(codes.includes('search-type')).toBe(search !== undefined);
    expect(codes.filter((code) => !['read', 'create', 'search-type'].includes(code))).toEqual([]);
  });

  it.each(wellKnownTypes)('does not list %s, which is refused', (type) => {
    expect(types).not.toContain(type);
    expect([answered('GET', `/${type}/x1`), answered('GET', `/${type}`, 'patient=p1'), answered('POST', `/${type}`)]).toEqual([false, false, false]);
  });

  it.each(allowedSearches.map((search) => [search.name, search] as const))('names every parameter and include of %s', (_name, { type, patientParameter, discriminator, profile, includes }) => {
    const { searchParam, searchInclude } = served.find((each) => each.type === type)!;
    const wanted = [patientParameter, ...(discriminator === undefined ? [] : [discriminator.parameter]), ...(profile === undefined ? [] : ['_profile'])];
    expect(searchParam.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted));
    expect(searchInclude).toEqual(expect.arrayContaining(includes.map(({ value }) => value)));
  });

  it('names no parameter and no include that no search has', () => {
    for (const { type, searchParam, searchInclude } of served) {
      const searches = allowedSearches.filter((each) => each.type === type);
      const names = searches.flatMap(({ patientParameter, discriminator, profile }) => [patientParameter, discriminator?.parameter, profile && '_profile']);
      expect(searchParam.filter(({ name }) => !names.includes(name))).toEqual([]);
      expect(searchInclude.filter((value) => !searches.some(({ includes }) => includes.some((include) => include.value === value)))).toEqual([]);
    }
  });

  it.each([
    ['Flag', 'http://nictiz.nl/fhir/SearchParameter/Flag-category'],
    ['MedicationDispense', 'http://nictiz.nl/fhir/SearchParameter/category'],
    ['MedicationAdministration', 'http://nictiz.nl/fhir/SearchParameter/category'],
  ])('says whose parameter the category of %s is, which R4 does not define (§2)', (type, definition) => {
    expect(served.find((each) => each.type === type)?.searchParam).toContainEqual({ name: 'category', type: 'token', definition });
  });

  it('names every profile that instances are given', () => {
    for (const { type, supportedProfile } of served) expect(supportedProfile).toEqual(zibs.flatMap((zib) => (zib.type === type && zib.profile !== undefined ? [zib.profile] : [])));
  });

  it.each(served.filter(({ interaction }) => interaction.some(({ code }) => code === 'read')).map((each) => [each.type, each] as const))('says which %s may be read', (_type, { documentation }) => expect(documentation).toMatch(/^\* read: /m));
});
