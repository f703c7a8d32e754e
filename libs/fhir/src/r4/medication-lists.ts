/** Code lists of medication and the extensions that hold them (spec anw-fhir-profiles §3.6, §5); the one place for builders and rules. */

/** Code lists of products: four of the G-Standaard, and ATC. */
export const productLists = {
  GPK: 'urn:oid:2.16.840.1.113883.2.4.4.1',
  HPK: 'urn:oid:2.16.840.1.113883.2.4.4.7',
  ZI: 'urn:oid:2.16.840.1.113883.2.4.4.8',
  PRK: 'urn:oid:2.16.840.1.113883.2.4.4.10',
  ATC: 'http://www.whocc.no/atc',
} as const;

export type ProductList = keyof typeof productLists;

interface DoseUnitCodes {
  readonly ucum: string;
  /** Basiseenheid of the G-Standaard. */
  readonly gStandard: string;
}

/** What doses are counted in. Pieces, doses and units are bare numbers in UCUM; the G-Standaard tells them apart. */
export const doseUnits = {
  stuk: { ucum: '1', gStandard: '245' },
  dosis: { ucum: '1', gStandard: '208' },
  eenheid: { ucum: '1', gStandard: '211' },
  IE: { ucum: '[iU]', gStandard: '217' },
  druppel: { ucum: '[drp]', gStandard: '303' },
  ml: { ucum: 'ml', gStandard: '233' },
  g: { ucum: 'g', gStandard: '215' },
  mg: { ucum: 'mg', gStandard: '229' },
  microgram: { ucum: 'ug', gStandard: '252' },
} as const satisfies Record<string, DoseUnitCodes>;

export type DoseUnit = keyof typeof doseUnits;

/** Unit of the G-Standaard beside the one of UCUM: `pattern-GstdSimpleQuantity`. */
export const QUANTITY_TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/iso21090-PQ-translation';
export const G_STANDARD_UNITS = 'urn:oid:2.16.840.1.113883.2.4.4.1.900.2';
/** Table 7 of the G-Standaard. */
export const G_STANDARD_ROUTES = 'urn:oid:2.16.840.1.113883.2.4.4.9';

/** Modifier: an agreement or a use that has ended, for a while or for good. */
export const STOP_TYPE = 'http://nictiz.nl/fhir/StructureDefinition/ext-StopType';
export const SUSPENDED = '385655000';
export const STOPPED = '410546004';

/** When something agreed holds: a period, or a start with a duration. */
export const PERIOD_OF_USE = 'http://nictiz.nl/fhir/StructureDefinition/ext-TimeInterval.Period';
export const DURATION_OF_USE = 'http://nictiz.nl/fhir/StructureDefinition/ext-TimeInterval.Duration';

/** Why something was not given, or otherwise than agreed. */
export const REASON_FOR_DEVIATION = 'http://nictiz.nl/fhir/StructureDefinition/ext-MedicationAdministration2.ReasonForDeviation';
export const NULL_FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
/** SNOMED CT codes of the list; the tenth is `OTH` of NullFlavor. */
export const deviationReasons: readonly string[] = ['705046008', '274512008', '152741000146103', '153221000146105', '153211000146100', '408366001', '406149000', '153241000146104', '159691000146109'];
