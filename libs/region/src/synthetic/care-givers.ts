import { sampleOrganisations } from '../sample/organisations.js';
import { concept, type FhirResource, profile } from './fhir-resource.js';
import type { SyntheticClient } from './synthetic-client.js';

const roleCodes = 'http://fhir.nl/fhir/NamingSystem/uzi-rolcode';

/** The people and organisations that a custodian's dossiers point at; the same for all its clients. */
export function careGivers(custodian: SyntheticClient['custodian']): FhirResource[] {
  const home = sampleOrganisations.find(({ name }) => name === custodian);
  return [
    organisation(`${custodian}-home-care`, home?.displayName ?? custodian, 'X3', 'Verplegings- of verzorgingsinstelling'),
    organisation(`${custodian}-practice`, 'Huisartsenpraktijk Aan de Brink', 'Z3', 'Huisartspraktijk (zelfstandig of groepspraktijk)'),
    organisation(`${custodian}-pharmacy`, 'Apotheek De Vijzel', 'J8', 'Openbare apotheek'),
    organisation(`${custodian}-laboratory`, 'Streeklaboratorium Oost', 'L1', 'Laboratorium'),
    ...professional(`${custodian}-nurse`, `${custodian}-home-care`, { given: 'I.', family: 'Verhoeven', code: '30.000', role: 'Verpleegkundige' }),
    ...professional(`${custodian}-general-practitioner`, `${custodian}-practice`, { given: 'A.', family: 'Sanders', code: '01.015', role: 'Huisarts' }),
  ];
}

function organisation(id: string, name: string, code: string, display: string): FhirResource {
  return {
    resourceType: 'Organization',
    id,
    meta: profile('nl-core-HealthcareProvider-Organization'),
    active: true,
    type: [concept({ system: 'http://nictiz.nl/fhir/NamingSystem/organization-type', code, display })],
    name,
    telecom: [{ system: 'phone', value: '+31575999000', use: 'work' }],
  };
}

interface Professional {
  readonly given: string;
  readonly family: string;
  readonly code: string;
  readonly role: string;
}

function professional(id: string, organisationId: string, { given, family, code, role }: Professional): FhirResource[] {
  return [
    {
      resourceType: 'PractitionerRole',
      id,
      meta: profile('nl-core-HealthProfessional-PractitionerRole'),
      practitioner: { reference: `Practitioner/${id}`, type: 'Practitioner', display: `${given} ${family}` },
      organization: { reference: `Organization/${organisationId}`, type: 'Organization' },
      specialty: [concept({ system: roleCodes, code, display: role })],
      telecom: [{ system: 'phone', value: '+31575999001', use: 'work' }],
    },
    {
      resourceType: 'Practitioner',
      id,
      meta: profile('nl-core-HealthProfessional-Practitioner'),
      name: [{ use: 'official', text: `${given} ${family}`, family, given: [given] }],
    },
  ];
}
