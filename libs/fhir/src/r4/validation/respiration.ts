import { respirationZib } from '../zibs.js';
import { perMinute } from './measured-value.js';
import { writableVitalSign } from './measurement.js';

/** Ademhaling, as its frequency (spec anw-fhir-profiles §3.1, §9.2). */
export const writableRespiration = writableVitalSign({ zib: respirationZib, label: 'Ademhaling', measure: perMinute({ hard: [0, 120], soft: [8, 35] }) });
