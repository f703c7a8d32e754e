import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import { consentParties, ConsentProvision, consentStatuses } from './consent-elements.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { conceptWarnings, printConcepts } from '../elements/print-concept.js';
import { printReference } from '../elements/print-party.js';
import { printStatus } from '../elements/print-status.js';
import { isOver, printPeriod } from '../elements/print-time.js';
import { extensionOf, readable } from '../elements/readable.js';
import { recordEntry } from '../elements/record-entry.js';

const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';
const SPECIFICATION_OTHER = `${NICTIZ}/ext-TreatmentDirective2.SpecificationOther`;

const ReadConsent = z.looseObject({
  status: readable.text,
  dateTime: readable.text,
  extension: readable.extensions,
  modifierExtension: readable.extensions,
  sourceReference: readable.reference,
  provision: ConsentProvision,
});
type ReadConsent = z.infer<typeof ReadConsent>;

/** BehandelingCodelijst (spec anw-fhir-profiles §3.4), for a source that sends the bare code. */
const treatments = {
  'http://snomed.info/sct|89666000': 'Reanimatie',
  'http://snomed.info/sct|305351004': 'Opname op intensive care',
  'http://snomed.info/sct|40617009': 'Kunstmatige beademing',
  'http://snomed.info/sct|116762002': 'Toediening van bloedproducten',
  'http://snomed.info/sct|281789004': 'Behandeling met antibiotica',
  'http://snomed.info/sct|32485007': 'Ziekenhuisopname',
};

const decisions: Readonly<Record<string, string>> = { permit: 'wel uitvoeren', deny: 'niet uitvoeren' };

/**
 * A treatment directive as a line of the dossier. "Never render a treatment directive from `provision.type` alone: read
 * the modifier extension first, show `status` and `period`" (spec anw-fhir-profiles §3.4).
 */
export function treatmentDirectiveEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadConsent.parse(resource);
  const { provision } = read;
  const treatment = printConcepts(provision.code, treatments);
  const decision = decide(read);
  return recordEntry(resource, context, {
    label: treatment ?? 'Behandeling niet genoemd',
    values: [
      { label: 'Besluit', value: decision.value },
      { label: 'Geldig', value: printPeriod(provision.period) },
      { label: 'Reden van beëindiging', value: extensionOf(provision.extension, `${NICTIZ}/ext-TreatmentDirective2.ReasonForEnding`)?.valueString },
      { label: 'Afgesproken met', value: consentParties(provision, 'CONSENTER', context) },
      { label: 'Wilsverklaring', value: printReference(read.sourceReference, context) },
    ],
    note: extensionOf(read.extension, `${NICTIZ}/ext-Comment`)?.valueString,
    at: read.dateTime,
    status: printStatus(read.status, consentStatuses),
    warnings: [
      ...decision.warnings,
      ...(treatment === undefined ? ['De bron noemt niet welke behandeling het betreft.'] : conceptWarnings(provision.code, treatments)),
      ...(read.status === 'active' && isOver(provision.period, context.now) ? ['De geldigheid is voorbij.'] : []),
    ],
    knownModifiers: decision.specified ? [SPECIFICATION_OTHER] : [],
  });
}

interface Decision {
  readonly value: string;
  readonly warnings: readonly string[];
  /** Whether the modifier extension was understood. */
  readonly specified: boolean;
}

/** The modifier extension overrules `provision.type`; both together are a fault of the source, and shown (zib-TreatmentDirective2-2). */
function decide({ modifierExtension, provision }: ReadConsent): Decision {
  const specification = extensionOf([...modifierExtension, ...provision.modifierExtension], SPECIFICATION_OTHER)?.valueString;
  const { type } = provision;
  if (specification !== undefined) {
    const warnings = type === undefined ? [] : [`De bron geeft ook het besluit "${decisions[type] ?? type}"; de omschrijving gaat voor.`];
    return { value: `anders: ${specification}`, warnings, specified: true };
  }
  if (type === undefined) return { value: 'ontbreekt', warnings: ['Het besluit ontbreekt bij de bron.'], specified: false };
  const known = decisions[type];
  return { value: known ?? type, warnings: known === undefined ? [`Onbekend besluit: ${type}.`] : [], specified: false };
}
