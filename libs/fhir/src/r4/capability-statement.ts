import type { FhirResource } from '../fhir-resource.js';
import { allowedCreates, type AllowedRead, allowedReads, type AllowedSearch, allowedSearches, POLICY_DATE, writtenValue } from './search-policy.js';
import { zibs } from './zibs.js';

export interface CapabilityFacts {
  /** FHIR base URL of the organisation. */
  readonly base: string;
  readonly organisationName: string;
  readonly softwareVersion: string;
}

/**
 * `GET metadata`, open to all (spec anw-fhir-profiles §6.4): tells exactly what the policy lists, no more. It instantiates
 * nothing: the published statements are those of v2024.1, in FHIR STU3, and to name one would not be true.
 */
export function createCapabilityStatement(facts: CapabilityFacts): FhirResource {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: POLICY_DATE,
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
  const documentation = describeUse(type, searches);
  return {
    type,
    supportedProfile: zibs.flatMap((zib) => (zib.type === type && zib.profile !== undefined ? [zib.profile] : [])),
    interaction: interactions.map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: false,
    updateCreate: false,
    conditionalCreate: false,
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    ...(includes.length === 0 ? {} : { searchInclude: [...new Set(includes)] }),
    ...(searches.length === 0 ? {} : { searchParam: searchParameters(type, searches) }),
    ...(documentation.length === 0 ? {} : { documentation: documentation.join('\n') }),
  };
}

const inWords: Readonly<Record<AllowedRead['which'], string>> = {
  'authorized-patient': 'the patient of the authorization',
  'written-under-this-authorization': 'what was written under this authorization',
  'pointed-at': 'what a resource given under this authorization points at',
  'home-access': 'the home access that the authorization names, with a token and a reason of its own',
};

/** A read opens less than FHIR lets expect, and a search takes these parameters only: in markdown, a line for each. */
function describeUse(type: string, searches: readonly AllowedSearch[]): readonly string[] {
  const ways = allowedReads.filter((read) => read.type === type).map(({ which }) => inWords[which]);
  return [...[...new Set(ways)].map((way) => `* read: ${way}`), ...searches.map((search) => `* search: \`${requestLine(search)}\``)];
}

/** `[…]` may be left out. */
function requestLine({ type, patientParameter, discriminator, includes, sortable, profile }: AllowedSearch): string {
  const selecting = discriminator === undefined ? [] : [`${discriminator.parameter}=${writtenValue(discriminator)}`];
  const parameters = [`${patientParameter}={id}`, ...selecting, ...includes.map(({ parameter, value }) => `${parameter}=${value}`)].join('&');
  const instead = profile === undefined || discriminator === undefined ? '' : `, or _profile=${profile} for ${discriminator.parameter}`;
  return `${type}?${parameters}${profile !== undefined && discriminator === undefined ? `[&_profile=${profile}]` : ''}${sortable ? '[&_sort=-date][&_count=1..100]' : ''}${instead}`;
}

/** Parameters that R4 does not define, by type and name (spec anw-fhir-profiles §2). */
const customParameters: Readonly<Record<string, string>> = {
  'Flag.category': 'http://nictiz.nl/fhir/SearchParameter/Flag-category',
  'MedicationDispense.category': 'http://nictiz.nl/fhir/SearchParameter/category',
  'MedicationAdministration.category': 'http://nictiz.nl/fhir/SearchParameter/category',
};

function searchParameters(type: string, searches: readonly AllowedSearch[]): readonly object[] {
  const parameters = new Map<string, object>();
  for (const { patientParameter, discriminator, profile } of searches) {
    parameters.set(patientParameter, { name: patientParameter, type: patientParameter === '_id' ? 'token' : 'reference' });
    if (discriminator !== undefined && discriminator.parameter !== '_profile') {
      const definition = customParameters[`${type}.${discriminator.parameter}`];
      parameters.set(discriminator.parameter, { name: discriminator.parameter, ...(definition === undefined ? {} : { definition }), type: 'token' });
    }
    if (profile !== undefined || discriminator?.parameter === '_profile') parameters.set('_profile', { name: '_profile', type: 'uri' });
  }
  return [...parameters.values()];
}
