import type { ResourceIssue } from '../../fhir-failure.js';
import type { FhirResource } from '../../fhir-resource.js';
import { SNOMED_CT, UCUM } from '../code-systems.js';
import { allowedSearches } from '../search-policy.js';
import { bodyWeightZib } from '../zibs.js';
import { isFromList } from './components.js';
import { warning } from './issue.js';
import { writableVitalSign } from './measurement.js';
import { Observation } from './structure/observation.js';
import type { RecordView } from './write-record.js';

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
  checkInRecord: checkChange,
});

const MOST_CHANGE = 0.1;

const lastWeight = allowedSearches.find(({ zib }) => zib.name === bodyWeightZib.name)!;

/** "> 10 % from the last value": a slipped decimal point that stays within the limits, or a client to look after. */
async function checkChange(weight: Observation, { patient, record }: RecordView): Promise<readonly ResourceIssue[]> {
  const { matches } = await record.search({ patient, search: lastWeight, count: 1 });
  const [now, last] = [kilograms(weight), matches[0] && kilograms(matches[0].resource)];
  if (now === undefined || last === undefined) return [];
  // Of sums of tenths a hair is left over: 88 kg after 80 kg is not more than ten per cent.
  const changed = Math.abs(now - last) / last > MOST_CHANGE + 1e-9;
  return changed ? [warning('WEIGHT-CHANGE', 'Het gewicht verschilt meer dan 10 % van het vorige; controleer de meting.', 'Observation.value')] : [];
}

const Weight = Observation.pick({ valueQuantity: true }).loose();

function kilograms(resource: FhirResource | Observation): number | undefined {
  const { value, system, code } = Weight.safeParse(resource).data?.valueQuantity ?? {};
  if (value === undefined || value <= 0 || system !== UCUM) return undefined;
  if (code === 'kg') return value;
  return code === 'g' ? value / 1_000 : undefined;
}
