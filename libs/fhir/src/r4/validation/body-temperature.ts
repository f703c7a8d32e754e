import type { ResourceIssue } from '../../fhir-failure.js';
import { SNOMED_CT } from '../code-systems.js';
import { bodyTemperatureZib } from '../zibs.js';
import { error } from './issue.js';
import { writableVitalSign } from './measurement.js';
import type { Observation } from './structure/observation.js';

/** Where it was measured: rectal, oral, axillary, inguinal, tympanic, temporal, vaginal, bladder, core (spec anw-fhir-profiles §5). */
const sites = ['307047009', '415945006', '415882003', '415929009', '415974002', '415922000', '364246006', '698832009', '276885007'];

/** Lichaamstemperatuur (spec anw-fhir-profiles §3.1, §9.2). */
export const writableBodyTemperature = writableVitalSign({
  zib: bodyTemperatureZib,
  label: 'Lichaamstemperatuur',
  measure: { units: { Cel: { hard: [20, 46], soft: [34, 41] } }, unitRule: 'TEMP-UNIT', unitText: 'Eenheid moet Cel zijn.' },
  checkOwnRules: checkSite,
});

/** The site is a second coding of `code`, 0..1, from a required list: another SNOMED CT coding there is an unknown site. */
function checkSite({ code }: Observation): readonly ResourceIssue[] {
  const found = (code.coding ?? []).filter(({ system }) => system === SNOMED_CT);
  if (found.some((coding) => coding.code === undefined || !sites.includes(coding.code))) return [error('TEMP-TYPE', 'code-invalid', 'Onbekende meetplaats.', 'Observation.code.coding')];
  return found.length > 1 ? [error('TEMP-TYPE', 'structure', 'Noem ten hoogste één meetplaats.', 'Observation.code.coding')] : [];
}
