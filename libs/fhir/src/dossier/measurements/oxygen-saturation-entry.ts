import { SNOMED_CT } from '../../r4/code-systems.js';
import { measurementEntry, optional } from './measurement-entry.js';

/** A saturation as a line of the dossier (zib O2Saturatie); extra oxygen also under the code of the upstream example (spec anw-fhir-profiles §2). */
export const oxygenSaturationEntry = measurementEntry({
  label: 'Saturatie',
  value: { label: 'Saturatie', units: ['%'] },
  components: { [`${SNOMED_CT}|266702001`]: optional('Extra zuurstof'), [`${SNOMED_CT}|57485005`]: optional('Extra zuurstof') },
});
