import { LOINC, SNOMED_CT } from '../../r4/code-systems.js';
import { measurementEntry, optional } from './measurement-entry.js';

const CUFF = 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.15.1';
const pressure = ['mm[Hg]'];

/** Manchettype and diastolisch eindpunt (spec anw-fhir-profiles §5). */
const cuffs = {
  [`${CUFF}|STD`]: 'standaard',
  [`${CUFF}|L`]: 'groot',
  [`${CUFF}|S`]: 'klein',
  [`${CUFF}|XL`]: 'extra groot',
  [`${CUFF}|KIND`]: 'kind',
  [`${CUFF}|JONGKIND`]: 'jong kind',
  [`${CUFF}|NEONAAT`]: 'neonaat',
};
const endpoints = { [`${SNOMED_CT}|255271000`]: 'fase 4', [`${SNOMED_CT}|255272007`]: 'fase 5' };

/** A blood pressure as a line of the dossier (zib Bloeddruk). */
export const bloodPressureEntry = measurementEntry({
  label: 'Bloeddruk',
  components: {
    [`${LOINC}|8480-6`]: { label: 'Bovendruk', units: pressure },
    [`${LOINC}|8462-4`]: { label: 'Onderdruk', units: pressure },
    [`${SNOMED_CT}|6797001`]: optional('Gemiddelde', undefined, pressure),
    [`${SNOMED_CT}|70665002`]: optional('Manchet', cuffs),
    [`${SNOMED_CT}|85549003`]: optional('Eindpunt onderdruk', endpoints),
  },
});
