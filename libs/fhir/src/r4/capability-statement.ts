import type { FhirResource } from '../fhir-resource.js';
import { allowedCreates, allowedReads, type AllowedSearch, allowedSearches } from './search-policy.js';
import { zibs } from './zibs.js';

export interface CapabilityFacts {
  /** FHIR base URL of the organisation. */
  readonly base: string;
  readonly organisationName: string;
  readonly softwareVersion: string;
  /** When this build of the policy came into force. */
  readonly publishedAt: Date;
}

/** `GET metadata`, open to all (spec anw-fhir-profiles §6.4): tells exactly what the policy lists, no more. */
export function createCapabilityStatement(facts: CapabilityFacts): FhirResource {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: facts.publishedAt.toISOString(),
    kind: 'instance',
    publisher: facts.organisationName,
    software: { name: 'ANW bolt', version: facts.softwareVersion },
    implementation: { description: `ANW-zorg: ${facts.organisationName}`, url: facts.base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: {
          cors: false,
          service: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'OAuth' }], text: 'Nuts RFC021, purpose of use anw-zorg-2022' }],
        },
        resource: servedTypes().map(describeType),
      },
    ],
  };
}

function servedTypes(): readonly string[] {
  return [...new Set([...allowedSearches.map(({ type }) => type), ...allowedReads.map(({ type }) => type), ...allowedCreates])].sort();
}

function describeType(type: string): object {
  const searches = allowedSearches.filter((search) => search.type === type);
  const interactions = [
    ...(allowedReads.some((read) => read.type === type) ? ['read'] : []),
    ...(searches.length > 0 ? ['search-type'] : []),
    ...(allowedCreates.includes(type) ? ['create'] : []),
  ];
  const includes = searches.flatMap((search) => search.includes.map((include) => include.value));
  return {
    type,
    supportedProfile: zibs.filter((zib) => zib.type === type).map((zib) => zib.profile),
    interaction: interactions.map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: false,
    conditionalCreate: false,
    ...(includes.length === 0 ? {} : { searchInclude: includes }),
    searchParam: searchParameters(type, searches),
  };
}

/** Parameters that R4 does not define, by type and name (spec anw-fhir-profiles §2). */
const customParameters: Readonly<Record<string, string>> = { 'Flag.category': 'http://nictiz.nl/fhir/SearchParameter/Flag-category' };

function searchParameters(type: string, searches: readonly AllowedSearch[]): readonly object[] {
  const parameters = new Map<string, object>();
  for (const { patientParameter, discriminator, profile } of searches) {
    parameters.set(patientParameter, { name: patientParameter, type: patientParameter === '_id' ? 'token' : 'reference' });
    if (discriminator !== undefined) {
      const definition = customParameters[`${type}.${discriminator.parameter}`];
      parameters.set(discriminator.parameter, { name: discriminator.parameter, ...(definition === undefined ? {} : { definition }), type: 'token' });
    }
    if (profile !== undefined) parameters.set('_profile', { name: '_profile', type: 'uri' });
  }
  return [...parameters.values()];
}
