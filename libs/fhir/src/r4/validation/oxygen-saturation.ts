import { LOINC, SNOMED_CT } from '../code-systems.js';
import { oxygenSaturationZib } from '../zibs.js';
import { error } from './issue.js';
import { writableVitalSign } from './measurement.js';

const bothCodes = ['2708-6', '59408-5'];
const wrongCode = error('O2-CODE', 'code-invalid', 'LOINC 2708-6 en 59408-5 zijn beide nodig.', 'Observation.code');

/** O2Saturatie (spec anw-fhir-profiles §3.1, §9.2). */
export const writableOxygenSaturation = writableVitalSign({
  zib: oxygenSaturationZib,
  label: 'O2-saturatie',
  wrongCode,
  measure: { units: { '%': { hard: [0, 100], soft: [85, 100] } }, unitRule: 'O2-UNIT', unitText: 'Eenheid moet % zijn.' },
  components: [{ system: SNOMED_CT, code: '266702001', rule: 'O2-EXTRA', text: 'Geef met ja of nee aan of er extra zuurstof was.', accepts: ({ valueBoolean }) => valueBoolean !== undefined }],
  checkOwnRules: ({ code }) => {
    const given = (code.coding ?? []).filter(({ system }) => system === LOINC).map((coding) => coding.code);
    return bothCodes.every((each) => given.includes(each)) ? [] : [wrongCode];
  },
});
