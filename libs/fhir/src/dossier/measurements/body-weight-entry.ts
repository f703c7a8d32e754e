import { SNOMED_CT } from '../../r4/code-systems.js';
import { measurementEntry, optional } from './measurement-entry.js';

const CLOTHING = 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.8.1';

/** Kleding (spec anw-fhir-profiles §5). */
const clothing = { [`${CLOTHING}|UNDRESSED`]: 'ongekleed', [`${CLOTHING}|MINIMAL`]: 'minimaal gekleed', [`${CLOTHING}|FULL`]: 'volledig gekleed', [`${CLOTHING}|DIAPER`]: 'luier' };

/** A weight as a line of the dossier (zib Lichaamsgewicht). */
export const bodyWeightEntry = measurementEntry({
  label: 'Gewicht',
  value: { label: 'Gewicht', units: ['kg', 'g'] },
  components: { [`${SNOMED_CT}|248159006`]: optional('Kleding', clothing) },
});
