import { SNOMED_CT } from '../code-systems.js';
import { bodyWeightZib } from '../zibs.js';
import { isFromList } from './components.js';
import { writableVitalSign } from './measurement.js';

/** Lichaamsgewicht (spec anw-fhir-profiles §3.1, §9.2). */
export const writableBodyWeight = writableVitalSign({
  zib: bodyWeightZib,
  label: 'Lichaamsgewicht',
  measure: {
    units: { kg: { hard: [0.2, 650], soft: [30, 250] }, g: { hard: [200, 650_000], soft: [30_000, 250_000] } },
    unitRule: 'WEIGHT-UNIT',
    unitText: 'Eenheid moet kg of g zijn.',
  },
  components: [
    {
      system: SNOMED_CT,
      code: '248159006',
      rule: 'WEIGHT-CLOTHING',
      text: 'Onbekende kleding.',
      accepts: isFromList('urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.8.1', ['UNDRESSED', 'MINIMAL', 'FULL', 'DIAPER']),
    },
  ],
});
