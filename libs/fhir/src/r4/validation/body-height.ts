import { SNOMED_CT } from '../code-systems.js';
import { bodyHeightZib } from '../zibs.js';
import { isConcept } from './components.js';
import { writableVitalSign } from './measurement.js';

/** Lichaamslengte (spec anw-fhir-profiles §3.1, §9.2). The profile has inches too; §9.2 takes centimetres alone. */
export const writableBodyHeight = writableVitalSign({
  zib: bodyHeightZib,
  label: 'Lichaamslengte',
  measure: { units: { cm: { hard: [20, 280], soft: [120, 220] } }, unitRule: 'HEIGHT-UNIT', unitText: 'Eenheid moet cm zijn.' },
  // The list of positions is extensible, so any concept will do.
  components: [{ system: SNOMED_CT, code: '425260001', rule: 'HEIGHT-POSITION', text: 'Geef de houding als keuze uit een lijst.', accepts: isConcept }],
});
