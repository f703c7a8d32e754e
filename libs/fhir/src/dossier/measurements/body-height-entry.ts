import { SNOMED_CT } from '../../r4/code-systems.js';
import { measurementEntry, optional, positions } from './measurement-entry.js';

/** A height as a line of the dossier (zib Lichaamslengte). */
export const bodyHeightEntry = measurementEntry({
  label: 'Lengte',
  value: { label: 'Lengte', units: ['cm', '[in_i]'] },
  components: { [`${SNOMED_CT}|425260001`]: optional('Houding', positions) },
});
