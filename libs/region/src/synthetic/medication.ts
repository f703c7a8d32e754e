import type { DossierFacts } from './dossier-facts.js';
import { concept, type FhirResource, profile, quantity, referenceTo, snomed } from './fhir-resource.js';

const extension = (name: string): string => `http://nictiz.nl/fhir/StructureDefinition/${name}`;
const instruction = '1 maal per dag 1 tablet, oraal, om 08.00 uur';

/** One treatment with furosemide from agreement to administration, and a contra-indication (spec anw-fhir-profiles §3.6). */
export function medicationChapter(facts: DossierFacts): FhirResource[] {
  const product = pharmaceuticalProduct(facts);
  return [product, agreement(facts, product), administrationAgreement(facts, product), use(facts, product), administration(facts, product), contraIndication(facts)];
}

function pharmaceuticalProduct(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Medication',
    id: facts.id('medication-furosemide'),
    meta: profile('mp-PharmaceuticalProduct'),
    code: { coding: [{ system: 'http://www.whocc.no/atc', code: 'C03CA01', display: 'Furosemide' }], text: 'Furosemide tablet 40 mg' },
  };
}

function agreement(facts: DossierFacts, product: FhirResource): FhirResource {
  return {
    resourceType: 'MedicationRequest',
    id: facts.id('medication-agreement'),
    meta: profile('mp-MedicationAgreement'),
    extension: [...treatment(facts), { url: extension('ext-TimeInterval.Period'), valuePeriod: { start: facts.instant(14, 12) } }, { url: extension('ext-RenderedDosageInstruction'), valueString: instruction }],
    status: 'active',
    intent: 'order',
    category: [concept(snomed('33633005', 'voorschrijven van geneesmiddel'))],
    medicationReference: referenceTo(product, 'Furosemide tablet 40 mg'),
    subject: facts.patient,
    authoredOn: facts.instant(14, 12),
    requester: facts.generalPractitioner,
    dosageInstruction: [dosage()],
  };
}

function administrationAgreement(facts: DossierFacts, product: FhirResource): FhirResource {
  return {
    resourceType: 'MedicationDispense',
    id: facts.id('administration-agreement'),
    meta: profile('mp-AdministrationAgreement'),
    extension: [
      ...treatment(facts),
      { url: extension('ext-AdministrationAgreement.AdministrationAgreementDateTime'), valueDateTime: facts.instant(14, 15) },
      { url: extension('ext-TimeInterval.Period'), valuePeriod: { start: facts.instant(13, 0) } },
      { url: extension('ext-RenderedDosageInstruction'), valueString: instruction },
    ],
    status: 'in-progress',
    category: concept(snomed('422037009', 'toedieningsafspraak')),
    medicationReference: referenceTo(product, 'Furosemide tablet 40 mg'),
    subject: facts.patient,
    performer: [{ actor: facts.pharmacy }],
    authorizingPrescription: [{ reference: `MedicationRequest/${facts.id('medication-agreement')}`, type: 'MedicationRequest' }],
    dosageInstruction: [dosage()],
  };
}

function use(facts: DossierFacts, product: FhirResource): FhirResource {
  return {
    resourceType: 'MedicationStatement',
    id: facts.id('medication-use'),
    meta: profile('mp-MedicationUse2'),
    extension: [...treatment(facts), { url: extension('ext-AsAgreedIndicator'), valueBoolean: true }, { url: extension('ext-MedicationUse2.Author'), valueReference: facts.nurse }],
    status: 'active',
    category: concept(snomed('422979000', 'bevinding betreffende gedrag met betrekking tot medicatieregime')),
    medicationReference: referenceTo(product, 'Furosemide tablet 40 mg'),
    subject: facts.patient,
    effectivePeriod: { start: facts.instant(13, 8) },
    dateAsserted: facts.instant(2, 20),
    informationSource: facts.patient,
    dosage: [dosage()],
  };
}

function administration(facts: DossierFacts, product: FhirResource): FhirResource {
  return {
    resourceType: 'MedicationAdministration',
    id: facts.id('medication-administration'),
    meta: profile('mp-MedicationAdministration2'),
    extension: treatment(facts),
    status: 'completed',
    category: concept(snomed('18629005', 'toediening van medicatie')),
    medicationReference: referenceTo(product, 'Furosemide tablet 40 mg'),
    subject: facts.patient,
    effectiveDateTime: facts.instant(1, 8),
    performer: [{ actor: facts.nurse }],
    dosage: { route: oral(), dose: quantity(1, '1', 'stuk') },
  };
}

function contraIndication(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'Flag',
    id: facts.id('medication-contra-indication'),
    meta: profile('nl-core-MedicationContraIndication'),
    status: 'active',
    category: [concept(snomed('140401000146105', 'contra-indicatie met betrekking op medicatiebewaking'))],
    code: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.4.1.902.40', code: '195', display: 'Verminderde nierfunctie' }] },
    subject: facts.patient,
    period: { start: facts.day(500) },
    author: facts.generalPractitioner,
  };
}

/** What ties agreement, use and administration of one treatment together. */
function treatment(facts: DossierFacts): object[] {
  return [
    {
      url: extension('ext-PharmaceuticalTreatment.Identifier'),
      valueIdentifier: { system: 'urn:oid:2.16.840.1.113883.2.4.3.11.999.77.1.1', value: facts.id('treatment-1') },
    },
  ];
}

function dosage(): object {
  return { text: instruction, timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd', timeOfDay: ['08:00:00'] } }, route: oral(), doseAndRate: [{ doseQuantity: quantity(1, '1', 'stuk') }] };
}

function oral(): object {
  return { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.4.9', code: '9', display: 'ORAAL' }] };
}
