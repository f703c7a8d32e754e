import { SNOMED_CT } from '../../r4/code-systems.js';
import { measurementEntry, optional } from '../measurements/measurement-entry.js';

const alcoholStatuses = { [`${SNOMED_CT}|219006`]: 'drinkt alcohol', [`${SNOMED_CT}|82581004`]: 'drinkt niet meer' };
const drugStatuses = { [`${SNOMED_CT}|417284009`]: 'gebruikt drugs' };

/** Use of alcohol as a line of the dossier (zib AlcoholGebruik). */
export const alcoholUseEntry = measurementEntry({
  label: 'Alcoholgebruik',
  value: { label: 'Gebruik', words: alcoholStatuses },
  components: { [`${SNOMED_CT}|897148007`]: optional('Hoeveelheid') },
});

/** Use of drugs as a line of the dossier (zib DrugsGebruik). */
export const drugUseEntry = measurementEntry({
  label: 'Drugsgebruik',
  value: { label: 'Gebruik', words: drugStatuses },
  components: {
    [`${SNOMED_CT}|105590001`]: optional('Middel'),
    [`${SNOMED_CT}|363908000`]: optional('Hoeveelheid'),
    [`${SNOMED_CT}|410675002`]: optional('Toedieningsweg'),
  },
});
