import type { FhirResource } from '../../fhir-resource.js';
import { codeToken, LOINC } from '../../r4/code-systems.js';
import { searchTokensOf } from '../../r4/resource-facts.js';
import type { DossierEntry, EntryContext, EntryOf } from '../dossier-entry.js';
import { observationEntry, ReadObservation } from '../elements/observation-entry.js';
import { findReferred, printReference } from '../elements/print-party.js';
import type { Reference } from '../elements/readable.js';
import type { RecordValue } from '../elements/record-entry.js';
import { pulseRateEntry, pulseRegularityEntry } from './pulse-rate-entry.js';

const entries: Readonly<Record<string, EntryOf>> = { [codeToken(LOINC, '8893-0')]: pulseRateEntry, [codeToken(LOINC, '44969-4')]: pulseRegularityEntry };

/** The panel of a pulse: the values of the members that came along, in one line. */
export function pulsePanelEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadObservation.parse(resource);
  const members = read.hasMember.map((member) => memberOf(member, context));
  return observationEntry(resource, read, context, { label: 'Pols', values: members.flatMap(({ values }) => values), warnings: members.flatMap(({ warnings }) => warnings) });
}

/** A member that did not come along is named, never left out. */
function memberOf(member: Reference, context: EntryContext): { readonly values: readonly RecordValue[]; readonly warnings: readonly string[] } {
  const resource = findReferred(member, context);
  const entryOf = resource === undefined ? undefined : searchTokensOf(resource).map(({ token }) => entries[token]).find((each) => each !== undefined);
  if (resource !== undefined && entryOf !== undefined) {
    const { values, warnings, note } = entryOf(resource, context);
    return { values: [...values, { label: 'Bij deze waarde', value: note }], warnings };
  }
  return { values: [{ label: 'Onderdeel', value: printReference(member, context) ?? 'niet genoemd' }], warnings: ['Een onderdeel van deze meting kan niet worden getoond.'] };
}

/** References of the members, which then need no line of their own. */
export function membersOf(resource: FhirResource): readonly string[] {
  return ReadObservation.parse(resource).hasMember.flatMap(({ reference }) => reference ?? []);
}
