import { SNOMED_CT } from '../../r4/code-systems.js';
import { type CodeWords, conceptWarnings, printConcept } from '../elements/print-concept.js';
import type { ReadObservation } from '../elements/observation-entry.js';
import type { RecordValue } from '../elements/record-entry.js';
import { measurementEntry } from './measurement-entry.js';

/** Temperatuurtype (spec anw-fhir-profiles §5). */
const sites: CodeWords = {
  [`${SNOMED_CT}|307047009`]: 'rectaal',
  [`${SNOMED_CT}|415945006`]: 'in de mond',
  [`${SNOMED_CT}|415882003`]: 'onder de oksel',
  [`${SNOMED_CT}|415929009`]: 'in de lies',
  [`${SNOMED_CT}|415974002`]: 'in het oor',
  [`${SNOMED_CT}|415922000`]: 'aan de slaap',
  [`${SNOMED_CT}|364246006`]: 'vaginaal',
  [`${SNOMED_CT}|698832009`]: 'in de blaas',
  [`${SNOMED_CT}|276885007`]: 'kern',
};

/** A temperature as a line of the dossier (zib Lichaamstemperatuur). */
export const bodyTemperatureEntry = measurementEntry({ label: 'Temperatuur', value: { label: 'Temperatuur', units: ['Cel'] }, more: measuringSite });

/** Where it was measured is a second coding beside the code of the zib (spec anw-fhir-profiles §3.1). */
function measuringSite({ code }: ReadObservation): readonly RecordValue[] {
  const coding = (code?.coding ?? []).filter(({ system }) => system === SNOMED_CT);
  if (coding.length === 0) return [];
  return [{ label: 'Gemeten', value: printConcept({ coding }, sites), warnings: conceptWarnings([{ coding }], sites) }];
}
