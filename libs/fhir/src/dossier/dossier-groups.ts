import { LOINC } from '../r4/code-systems.js';
import { zibOf } from '../r4/resource-facts.js';
import { administrationAgreementEntry } from './medication/administration-agreement-entry.js';
import { advanceDirectiveEntry } from './at-the-door/advance-directive-entry.js';
import { alcoholUseEntry, drugUseEntry } from './history/substance-use-entry.js';
import { alertEntry } from './at-the-door/alert-entry.js';
import { allergyIntoleranceEntry } from './at-the-door/allergy-intolerance-entry.js';
import { bloodPressureEntry } from './measurements/blood-pressure-entry.js';
import { bodyHeightEntry } from './measurements/body-height-entry.js';
import { bodyTemperatureEntry } from './measurements/body-temperature-entry.js';
import { bodyWeightEntry } from './measurements/body-weight-entry.js';
import { careAgreementEntry } from './care-plan/care-agreement-entry.js';
import { contactPersonEntry, contactsInPatient } from './at-the-door/contact-person-entry.js';
import type { FhirResource } from '../fhir-resource.js';
import type { DossierEntry, EntryContext, EntryOf } from './dossier-entry.js';
import type { DossierPartName } from './dossier-queries.js';
import { episodeOfCareEntry } from './history/episode-of-care-entry.js';
import { familyHistoryEntry } from './history/family-history-entry.js';
import { freedomRestrictionEntry } from './history/freedom-restriction-entry.js';
import { laboratoryTestResultEntry } from './laboratory/laboratory-test-result-entry.js';
import { membersOf, pulsePanelEntry } from './measurements/pulse-panel-entry.js';
import { medicalDeviceEntry } from './care-plan/medical-device-entry.js';
import { medicationAdministrationEntry } from './medication/medication-administration-entry.js';
import { medicationAgreementEntry } from './medication/medication-agreement-entry.js';
import { medicationContraIndicationEntry } from './at-the-door/medication-contra-indication-entry.js';
import { medicationUseEntry } from './medication/medication-use-entry.js';
import { nursingInterventionEntry } from './care-plan/nursing-intervention-entry.js';
import { nursingReportEntry } from './reports/nursing-report-entry.js';
import { outcomeOfCareEntry } from './history/outcome-of-care-entry.js';
import { oxygenSaturationEntry } from './measurements/oxygen-saturation-entry.js';
import { plannedProcedureEntry, procedureEntry } from './history/procedure-entry.js';
import { plannedVaccinationEntry, vaccinationEntry } from './history/vaccination-entry.js';
import { problemEntry } from './history/problem-entry.js';
import { pulseRateEntry, pulseRegularityEntry } from './measurements/pulse-rate-entry.js';
import { soapReportEntry } from './reports/soap-report-entry.js';
import { treatmentDirectiveEntry } from './at-the-door/treatment-directive-entry.js';
import { treatmentObjectiveEntry } from './care-plan/treatment-objective-entry.js';
import type { TrendSource } from './measurements/trend.js';

/** One group of the dossier: what it is called, from which searches its lines come, and what of it makes a trend. */
export interface GroupDefinition {
  readonly name: string;
  readonly chapter: DossierChapter;
  readonly title: string;
  readonly lines: readonly GroupLines[];
  /** Series of values over time; `each-code`: one for every test that came more than once. */
  readonly trends?: readonly TrendSource[] | 'each-code';
  /** References of the resources that another line of the group shows already. */
  readonly foldedInto?: (resource: FhirResource) => readonly string[];
}

/** How the resources of one search become lines of the group. */
export interface GroupLines {
  readonly part: DossierPartName;
  readonly entriesOf: (resource: FhirResource, context: EntryContext) => readonly DossierEntry[];
}

export const dossierChapters = ['Aan de deur', 'Medicatie', 'Rapportages', 'Metingen', 'Zorgplan', 'Voorgeschiedenis', 'Laboratorium'] as const;
export type DossierChapter = (typeof dossierChapters)[number];

const perMinute = { '/min': 1 };
const weight = { kg: 1, g: 0.001 };
const height = { cm: 1, '[in_i]': 2.54 };

/** Every group of the dossier, in the order that matters at the door. */
export const dossierGroups: readonly GroupDefinition[] = [
  group('alert', 'Aan de deur', 'Alerts', alertEntry),
  group('medication-contra-indication', 'Aan de deur', 'Contra-indicaties', medicationContraIndicationEntry),
  group('allergy-intolerance', 'Aan de deur', 'Allergieën en intoleranties', allergyIntoleranceEntry),
  group('treatment-directive', 'Aan de deur', 'Behandelaanwijzingen', treatmentDirectiveEntry),
  group('advance-directive', 'Aan de deur', 'Wilsverklaringen', advanceDirectiveEntry),
  {
    name: 'contact-person',
    chapter: 'Aan de deur',
    title: 'Contactpersonen',
    lines: [lines('contact-person', contactPersonEntry), { part: 'patient', entriesOf: contactsInPatient }],
  },
  group('medication-use', 'Medicatie', 'Medicatiegebruik', medicationUseEntry),
  group('medication-agreement', 'Medicatie', 'Medicatieafspraken', medicationAgreementEntry),
  group('administration-agreement', 'Medicatie', 'Toedieningsafspraken', administrationAgreementEntry),
  group('medication-administration', 'Medicatie', 'Toedieningen', medicationAdministrationEntry),
  group('nursing-report', 'Rapportages', 'Rapportages', nursingReportEntry),
  group('soap-report', 'Rapportages', 'SOEP-verslagen', soapReportEntry),
  {
    ...group('blood-pressure', 'Metingen', 'Bloeddruk', bloodPressureEntry),
    trends: [
      { part: 'blood-pressure', label: 'Bovendruk', unit: 'mmHg', component: `${LOINC}|8480-6`, factors: { 'mm[Hg]': 1 } },
      { part: 'blood-pressure', label: 'Onderdruk', unit: 'mmHg', component: `${LOINC}|8462-4`, factors: { 'mm[Hg]': 1 } },
    ],
  },
  {
    name: 'pulse-rate',
    chapter: 'Metingen',
    title: 'Polsfrequentie',
    lines: [lines('pulse-rate', pulseRateEntry), lines('pulse-regularity', pulseRegularityEntry), lines('pulse-panel', pulsePanelEntry)],
    trends: [{ part: 'pulse-rate', label: 'Pols', unit: '/min', factors: perMinute }],
    foldedInto: membersOf,
  },
  { ...group('oxygen-saturation', 'Metingen', 'Zuurstofsaturatie', oxygenSaturationEntry), trends: [{ part: 'oxygen-saturation', label: 'Saturatie', unit: '%', factors: { '%': 1 } }] },
  { ...group('body-temperature', 'Metingen', 'Lichaamstemperatuur', bodyTemperatureEntry), trends: [{ part: 'body-temperature', label: 'Temperatuur', unit: '°C', factors: { Cel: 1 } }] },
  { ...group('body-weight', 'Metingen', 'Lichaamsgewicht', bodyWeightEntry), trends: [{ part: 'body-weight', label: 'Gewicht', unit: 'kg', factors: weight }] },
  { ...group('body-height', 'Metingen', 'Lichaamslengte', bodyHeightEntry), trends: [{ part: 'body-height', label: 'Lengte', unit: 'cm', factors: height }] },
  group('nursing-intervention', 'Zorgplan', 'Verpleegkundige interventies', nursingInterventionEntry),
  group('treatment-objective', 'Zorgplan', 'Behandeldoelen', treatmentObjectiveEntry),
  group('care-agreement', 'Zorgplan', 'Zorgafspraken', careAgreementEntry),
  group('medical-device', 'Zorgplan', 'Hulpmiddelen', medicalDeviceEntry),
  group('problem', 'Voorgeschiedenis', 'Problemen', problemEntry),
  group('episode-of-care', 'Voorgeschiedenis', 'Zorgepisodes', episodeOfCareEntry),
  { name: 'procedure', chapter: 'Voorgeschiedenis', title: 'Verrichtingen', lines: [{ part: 'procedure', entriesOf: proceduresAlone }, lines('planned-procedure', plannedProcedureEntry)] },
  { name: 'vaccination', chapter: 'Voorgeschiedenis', title: 'Vaccinaties', lines: [lines('vaccination', vaccinationEntry), lines('planned-vaccination', plannedVaccinationEntry)] },
  group('alcohol-use', 'Voorgeschiedenis', 'Alcoholgebruik', alcoholUseEntry),
  group('drug-use', 'Voorgeschiedenis', 'Drugsgebruik', drugUseEntry),
  group('family-history', 'Voorgeschiedenis', 'Familieanamnese', familyHistoryEntry),
  group('freedom-restriction', 'Voorgeschiedenis', 'Vrijheidsbeperkende interventies', freedomRestrictionEntry),
  group('outcome-of-care', 'Voorgeschiedenis', 'Uitkomst van zorg', outcomeOfCareEntry),
  { ...group('laboratory-test-result', 'Laboratorium', 'Laboratoriumuitslagen', laboratoryTestResultEntry), trends: 'each-code' },
];

/** In the same order. */
export const dossierGroupNames: readonly string[] = dossierGroups.map(({ name }) => name);

function group(name: DossierPartName, chapter: DossierChapter, title: string, entryOf: EntryOf): GroupDefinition {
  return { name, chapter, title, lines: [lines(name, entryOf)] };
}

/** A search for procedures finds the restrictions of freedom as well, which have a group of their own. */
function proceduresAlone(resource: FhirResource, context: EntryContext): readonly DossierEntry[] {
  return zibOf(resource)?.name === 'freedom-restriction' ? [] : [procedureEntry(resource, context)];
}

function lines(part: DossierPartName, entryOf: EntryOf): GroupLines {
  return { part, entriesOf: (resource, context) => [entryOf(resource, context)] };
}
