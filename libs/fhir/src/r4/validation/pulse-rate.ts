import { pulseRateZib } from '../zibs.js';
import { perMinute } from './measured-value.js';
import { writableVitalSign } from './measurement.js';

/** Polsfrequentie: the number; "the panel may be left out" (spec anw-fhir-profiles §9.2), and is not taken. */
export const writablePulseRate = writableVitalSign({ zib: pulseRateZib, label: 'Polsfrequentie', measure: perMinute({ hard: [0, 350], soft: [40, 150] }) });
