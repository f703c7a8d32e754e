import type { DossierFacts } from './dossier-facts.js';
import { concept, type FhirResource, profile, referenceTo, snomed } from './fhir-resource.js';

/** Reports of nurses, as free text and by SOAP, and a result in text (spec anw-fhir-profiles §3.2). */
export function reportsChapter(facts: DossierFacts): FhirResource[] {
  return [...nursingReports(facts), ...soapReport(facts), textResult(facts)];
}

const reports = [
  { daysAgo: 1, hour: 19, text: 'Steunkousen uitgetrokken, huid onderbenen gaaf. Voelt zich goed, heeft goed gegeten. Medicatie ingenomen uit de rol.' },
  { daysAgo: 2, hour: 20, text: 'Blaaskatheter doorgespoeld, loopt goed af, urine helder. Iets rood rond de insteekopening; morgen opnieuw bekijken.' },
  { daysAgo: 3, hour: 19, text: 'Was onrustig en moe na bezoek. Bloeddruk gemeten, niet afwijkend. Dochter gesproken: zij komt morgen langs.' },
  { daysAgo: 5, hour: 21, text: 'Gealarmeerd via de halsalarmering: was uit bed gegleden, geen letsel, geen pijn. Met de tillift teruggeholpen. Huisarts vanmorgen ingelicht.' },
  { daysAgo: 9, hour: 19, text: 'Wond aan de hiel verschoond volgens wondplan, rustig, kleiner dan vorige week.' },
] as const;

function nursingReports(facts: DossierFacts): FhirResource[] {
  return reports.map(({ daysAgo, hour, text }, index) => ({
    resourceType: 'Observation',
    id: facts.id(`report-${index + 1}`),
    meta: { profile: ['https://nuts.nl/fhir/StructureDefinition/nl-core-nursingreport'] },
    status: 'final',
    code: concept(snomed('11591000146107', 'patiëntcontactverslag')),
    subject: facts.patient,
    effectiveDateTime: facts.instant(daysAgo, hour),
    performer: [facts.nurse],
    valueString: text,
  }));
}

const soapLines = [
  { code: snomed('255362007', 'Subjective'), text: 'Sinds drie dagen kortademig bij traplopen, slaapt met twee kussens.' },
  { code: snomed('260224007', 'Objective'), text: 'Enkeloedeem beiderzijds, gewicht 1,2 kg hoger dan vorige week, geen koorts.' },
  { code: snomed('129265001', 'Evaluatie'), text: 'Past bij toename van hartfalen.' },
  { code: snomed('129271007', 'Beleid'), text: 'Overlegd met de huisarts: dagelijks wegen, plastablet verhoogd, vrijdag controle.' },
] as const;

function soapReport(facts: DossierFacts): FhirResource[] {
  const at = facts.instant(14, 11);
  const lines: FhirResource[] = soapLines.map(({ code, text }, index) => ({
    resourceType: 'Observation',
    id: facts.id(`soap-line-${index + 1}`),
    meta: profile('nl-core-SOAPReport.SOAPLine'),
    status: 'final',
    code: { coding: [code] },
    subject: facts.patient,
    effectiveDateTime: at,
    performer: [facts.nurse],
    valueString: text,
  }));
  const composition: FhirResource = {
    resourceType: 'Composition',
    id: facts.id('soap-report'),
    meta: profile('nl-core-SOAPReport'),
    status: 'final',
    type: concept(snomed('11591000146107', 'patiëntcontactverslag')),
    subject: facts.patient,
    date: at,
    author: [facts.nurse],
    title: 'Toename kortademigheid',
    section: soapLines.map(({ code }, index) => ({ code: { coding: [code] }, entry: [referenceTo(lines[index] as FhirResource)] })),
  };
  return [composition, ...lines];
}

function textResult(facts: DossierFacts): FhirResource {
  return {
    resourceType: 'DiagnosticReport',
    id: facts.id('text-result'),
    meta: profile('nl-core-TextResult'),
    status: 'final',
    code: concept(snomed('363680008', 'Radiografische beeldvormende verrichting')),
    subject: facts.patient,
    effectiveDateTime: facts.instant(40, 15),
    performer: [facts.generalPractitioner],
    conclusion: 'X-thorax: hart iets vergroot, geen aanwijzingen voor longontsteking.',
  };
}
