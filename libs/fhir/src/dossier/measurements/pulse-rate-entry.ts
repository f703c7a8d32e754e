import { SNOMED_CT } from '../../r4/code-systems.js';
import { measurementEntry } from './measurement-entry.js';

/** Polsregelmatigheid (spec anw-fhir-profiles §5). */
const regularities = { [`${SNOMED_CT}|271636001`]: 'regelmatig', [`${SNOMED_CT}|61086009`]: 'onregelmatig' };

/** The number of a pulse as a line of the dossier (zib Polsfrequentie). */
export const pulseRateEntry = measurementEntry({ label: 'Pols', value: { label: 'Pols', units: ['/min'] } });

/** Its regularity, which is an Observation of its own. */
export const pulseRegularityEntry = measurementEntry({ label: 'Regelmaat van de pols', value: { label: 'Regelmaat', words: regularities } });
