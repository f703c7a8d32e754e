import type { DossierFacts } from './dossier-facts.js';
import { concept, type FhirResource, loinc, profile } from './fhir-resource.js';
import { fullName, type SyntheticClient } from './synthetic-client.js';

const contactRoles = 'urn:oid:2.16.840.1.113883.2.4.3.11.22.472';

/** Patient, her first contact, and safety at her door (spec anw-fhir-profiles §3.7). */
export function patientChapter(facts: DossierFacts): FhirResource[] {
  return [patient(facts), contactPerson(facts), homeAccessAlert(facts)];
}

function patient({ client, generalPractitioner }: DossierFacts): FhirResource {
  return {
    resourceType: 'Patient',
    id: client.id,
    meta: profile('nl-core-Patient'),
    identifier: [{ system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: client.bsn }],
    active: true,
    name: [officialName(client), { use: 'usual', given: [client.givenName] }],
    telecom: [{ system: 'phone', value: client.phone, use: 'home' }],
    gender: client.gender,
    _gender: codeSpecification('http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender', client.gender === 'female' ? 'F' : 'M', client.gender === 'female' ? 'Female' : 'Male'),
    birthDate: client.birthDate,
    deceasedBoolean: false,
    address: [address(client)],
    generalPractitioner: [generalPractitioner],
  };
}

function officialName(client: SyntheticClient): object {
  const family = [client.prefix, client.familyName].filter((part) => part !== '').join(' ');
  const initials = client.initials.split('.').filter((letter) => letter !== '').map((letter) => `${letter}.`);
  return {
    use: 'official',
    text: fullName(client),
    family,
    _family: {
      extension: [
        ...(client.prefix === '' ? [] : [{ url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-prefix', valueString: client.prefix }]),
        { url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-name', valueString: client.familyName },
      ],
    },
    given: initials,
    _given: initials.map(() => ({ extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier', valueCode: 'IN' }] })),
  };
}

function address({ street, houseNumber, postalCode, city }: SyntheticClient): object {
  return {
    extension: [
      {
        url: 'http://nictiz.nl/fhir/StructureDefinition/ext-AddressInformation.AddressType',
        valueCodeableConcept: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-AddressUse', code: 'HP', display: 'Primary Home' }] },
      },
    ],
    use: 'home',
    type: 'both',
    line: [`${street} ${houseNumber}`],
    _line: [
      {
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-streetName', valueString: street },
          { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-houseNumber', valueString: houseNumber },
        ],
      },
    ],
    city,
    postalCode,
    country: 'Nederland',
    _country: codeSpecification('urn:iso:std:iso:3166', 'NL', 'Nederland'),
  };
}

function codeSpecification(system: string, code: string, display: string): object {
  return { extension: [{ url: 'http://nictiz.nl/fhir/StructureDefinition/ext-CodeSpecification', valueCodeableConcept: { coding: [{ system, code, display }] } }] };
}

/** The daughter who is rung first. */
function contactPerson(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'RelatedPerson',
    id: facts.id('contact-person'),
    meta: profile('nl-core-ContactPerson'),
    active: true,
    patient: facts.patient,
    relationship: [
      { coding: [{ system: contactRoles, code: '01', display: 'Eerste relatie/contactpersoon' }] },
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'DAUC', display: 'Dochter' }] },
    ],
    name: [{ use: 'official', text: `Karin ${facts.client.familyName}`, family: facts.client.familyName, given: ['Karin'] }],
    telecom: [{ system: 'phone', value: `+3165559${String(9101 + facts.client.variation)}`, use: 'mobile' }],
  };
}

/** Safety around the front door is clinical, and no secret. */
function homeAccessAlert(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Flag',
    id: facts.id('alert-dog'),
    meta: profile('nl-core-Alert'),
    status: 'active',
    category: [concept(loinc('74018-3', 'Alert'))],
    code: { text: 'Grote hond in huis; laat hem door de cliënt in de keuken zetten.' },
    subject: facts.patient,
    period: { start: facts.day(300) },
    author: facts.nurse,
  };
}
