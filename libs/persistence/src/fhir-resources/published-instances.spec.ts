import { type AllowedSearch, allowedSearches, chapterFour, type IdentifiedResource, needsPatient, patientOf, referenceTo, searchTokensOf, zibOf } from '@anw/fhir';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { publishedInstances } from '@anw/testing/parties';
import { OrganisationId, PatientId } from '@anw/values';
import { randomBytes, randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fhirResourceEntities } from './fhir-resource-entity.js';
import { FhirResourceTable } from './fhir-resource-table.js';
import { createFhirResourceTables } from './fhir-resource-tables.js';
import { ResourceLoadTable } from './resource-load-table.js';

class CreateFhirResources1700000000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return createFhirResourceTables(runner);
  }
  async down(): Promise<void> {}
}

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const jo = PatientId.parse('nl-core-Patient-01');
const now = new Date('2026-06-13T21:10:00Z');

/** "The SOAP examples have no `subject`" (spec anw-fhir-profiles §11): whoever loads them knows whose they are. */
function ofLocalPatient(resource: IdentifiedResource): IdentifiedResource {
  return needsPatient(resource.resourceType) && patientOf(resource) === undefined ? { ...resource, subject: { reference: `Patient/${jo}` } } : resource;
}

const published = [...publishedInstances().values()].map(ofLocalPatient);
const itemsOfChapterFour = chapterFour.flatMap(({ zibs }) => zibs);
const ofChapterFour = published.filter((resource) => itemsOfChapterFour.some((zib) => zib === zibOf(resource)));

/** The least that each search of the policy finds. */
const own = allowedSearches.filter(({ type }) => type !== 'Patient').map(instanceFor);

function instanceFor({ name, type, discriminator }: AllowedSearch): IdentifiedResource {
  const owner = ['subject', 'patient'].map((element) => ({ resourceType: type, id: `own-${name}`, [element]: { reference: `Patient/${jo}` } })).find((candidate) => patientOf(candidate) !== undefined)!;
  const [token = ''] = discriminator?.parameter === '_profile' ? [] : (discriminator?.tokens ?? []);
  const [system, code] = token.split('|');
  const coded = { coding: [{ system, code }] };
  const shapes = ['code', 'category', 'type', 'clinicalStatus', 'status', 'lifecycleStatus'].flatMap((element) => [coded, [coded], token].map((value) => ({ ...owner, [element]: value })));
  return [owner, ...shapes].find((shape) => finds({ discriminator }, shape)) ?? owner;
}

function finds({ discriminator }: Pick<AllowedSearch, 'discriminator'>, resource: IdentifiedResource): boolean {
  return discriminator === undefined || searchTokensOf(resource).some(({ parameter, token }) => parameter === discriminator.parameter && discriminator.tokens.includes(token));
}

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase([CreateFhirResources1700000000000], fhirResourceEntities);
});
afterAll(() => test.drop());

function load(resources: readonly IdentifiedResource[]) {
  return test.database.withOrganisation(linde, (tx) => new ResourceLoadTable(tx, { clock: () => now, searchKey: randomBytes(32) }).loadResources(resources));
}

function source<T>(ask: (table: FhirResourceTable) => Promise<T>): Promise<T> {
  return test.database.withOrganisation(linde, (tx) => ask(new FhirResourceTable(tx, { clock: () => now, newId: randomUUID })));
}

async function found(search: AllowedSearch, patient: PatientId): Promise<readonly string[]> {
  const { matches, included } = await source((table) => table.search({ patient, search, count: 100 }));
  return [...matches, ...included].map(({ resource }) => referenceTo(resource));
}

/** By the searches for its zib; a part that no search returns by itself is read by whoever was given what points at it. */
async function findAgain(resource: IdentifiedResource): Promise<readonly string[]> {
  const patient = patientOf(resource) ?? jo;
  const searches = allowedSearches.filter(({ zib }) => zib === zibOf(resource));
  if (searches.length === 0) return (await source((table) => table.readReferred([referenceTo(resource)], patient))).map((stored) => referenceTo(stored.resource));
  return (await Promise.all(searches.map((search) => found(search, patient)))).flat();
}

describe(`instances of the published profiles (${ofChapterFour.length} of chapter 4 at hand), in the store`, () => {
  it('are loaded, all of them but places, once those without a patient have one', async () => {
    const places = published.filter(({ resourceType }) => resourceType === 'Location').map((place) => ({ reference: referenceTo(place), reason: 'home-access' }));
    expect(await load(published)).toEqual({ loaded: published.length - places.length, refused: places });
  });

  it.each(ofChapterFour.length === 0 ? [['none at hand', undefined] as const] : ofChapterFour.map((resource) => [referenceTo(resource), resource] as const))('%s is found again', async (reference, resource) => {
    if (resource === undefined) return expect(publishedInstances().size).toBe(0);
    expect(await findAgain(resource)).toContain(reference);
  });
});

describe('an instance of every search of the policy, in the store', () => {
  beforeAll(() => load([{ resourceType: 'Patient', id: jo, name: [{ family: 'Putten' }] }, ...own]));

  it.each(own.map((resource, index) => [allowedSearches.filter(({ type }) => type !== 'Patient')[index]!.name, resource] as const))('is found by %s', async (name, resource) => {
    expect(await found(allowedSearches.find((search) => search.name === name)!, jo)).toContain(referenceTo(resource));
  });

  it.each(allowedSearches.filter(({ discriminator }) => discriminator !== undefined).map((search) => [search.name, search] as const))('is found by %s with its codes alone', async (_name, search) => {
    const references = await found(search, jo);
    const others = [...own, ...published].filter((resource) => resource.resourceType === search.type && !finds(search, resource)).map(referenceTo);
    expect(references.filter((reference) => others.includes(reference))).toEqual([]);
  });
});
