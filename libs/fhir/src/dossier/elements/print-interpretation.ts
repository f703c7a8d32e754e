import { SNOMED_CT } from '../../r4/code-systems.js';
import { type CodeWords, conceptWarnings, printConcepts } from './print-concept.js';
import type { Concept } from './readable.js';

const HL7 = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';

const interpretations: CodeWords = {
  [`${SNOMED_CT}|281302008`]: 'boven referentiebereik',
  [`${SNOMED_CT}|281300000`]: 'onder referentiebereik',
  [`${SNOMED_CT}|281301001`]: 'binnen referentiebereik',
  [`${SNOMED_CT}|11896004`]: 'intermediair',
  [`${SNOMED_CT}|30714006`]: 'resistent',
  [`${SNOMED_CT}|131196009`]: 'gevoelig',
  [`${SNOMED_CT}|48867003`]: 'bradycardie',
  [`${SNOMED_CT}|76863003`]: 'normaal',
  [`${SNOMED_CT}|3424008`]: 'tachycardie',
  [`${HL7}|H`]: 'hoog',
  [`${HL7}|HH`]: 'kritiek hoog',
  [`${HL7}|L`]: 'laag',
  [`${HL7}|LL`]: 'kritiek laag',
  [`${HL7}|N`]: 'normaal',
  [`${HL7}|A`]: 'afwijkend',
  [`${HL7}|AA`]: 'kritiek afwijkend',
  [`${HL7}|POS`]: 'positief',
  [`${HL7}|NEG`]: 'negatief',
  [`${HL7}|S`]: 'gevoelig',
  [`${HL7}|I`]: 'intermediair',
  [`${HL7}|R`]: 'resistent',
};

/** How the source judges a value, in words and what to warn of. */
export function printInterpretation(concepts: readonly Concept[]): { readonly interpretation: string | undefined; readonly warnings: readonly string[] } {
  return { interpretation: printConcepts(concepts, interpretations), warnings: conceptWarnings(concepts, interpretations) };
}
