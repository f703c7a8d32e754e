import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import { BSN_OID, BSN_SYSTEM } from '../../r4/code-systems.js';
import type { EntryContext } from '../dossier-entry.js';
import { modifierWarnings } from '../elements/modifier-warnings.js';
import { Address, HumanName, printAddress, printName, Telecom } from '../elements/print-name.js';
import { printReference } from '../elements/print-party.js';
import { readable, type Reference } from '../elements/readable.js';

/** Who is at the door: name, birth date and address together, never a bare id (spec anw-fhir-profiles §7). */
export interface PatientCard {
  readonly name: string;
  /** `yyyy-mm-dd`, or less where the source knows less. */
  readonly birthDate?: string;
  readonly gender?: string;
  readonly deceased: boolean;
  /** What she must know before she trusts the card. */
  readonly warnings: readonly string[];
  readonly bsn?: string;
  readonly addresses: readonly string[];
  readonly telephones: readonly string[];
  readonly generalPractitioner?: string;
}

const { text } = readable;

/** Only what is shown is read; an element of the wrong shape is absent, not a reason to hide the patient. */
const PatientElements = z.object({
  name: z.array(HumanName).catch([]),
  active: readable.flag,
  birthDate: text,
  gender: text,
  deceasedBoolean: z.boolean().optional().catch(undefined),
  deceasedDateTime: text,
  identifier: z.array(z.object({ system: text, value: text }).catch({})).catch([]),
  address: z.array(Address).catch([]),
  telecom: z.array(Telecom).catch([]),
  generalPractitioner: readable.references,
});

const genders: Readonly<Record<string, string>> = { male: 'man', female: 'vrouw', other: 'anders', unknown: 'onbekend' };

/** @param context by what came along the general practitioner is named. */
export function patientCard(patient: FhirResource, context: Pick<EntryContext, 'related'> = { related: new Map() }): PatientCard {
  const read = PatientElements.parse(patient);
  const bsn = read.identifier.find(({ system }) => system === BSN_SYSTEM || system === BSN_OID)?.value;
  const generalPractitioner = read.generalPractitioner.map((each) => nameOf(each, context)).find((name) => name !== undefined);
  return {
    name: printName(read.name),
    ...(read.birthDate === undefined ? {} : { birthDate: read.birthDate }),
    ...(read.gender === undefined ? {} : { gender: genders[read.gender] ?? read.gender }),
    deceased: read.deceasedBoolean === true || read.deceasedDateTime !== undefined,
    warnings: [...modifierWarnings(patient), ...(read.active === false ? ['De bron houdt dit dossier niet meer bij.'] : [])],
    ...(bsn === undefined ? {} : { bsn }),
    addresses: read.address.map(printAddress).filter((line) => line !== ''),
    telephones: read.telecom.flatMap(({ system, value }) => (system === 'phone' && value !== undefined ? [value] : [])),
    ...(generalPractitioner === undefined ? {} : { generalPractitioner }),
  };
}

/** A bare reference names nobody. */
function nameOf(reference: Reference, context: Pick<EntryContext, 'related'>): string | undefined {
  const printed = printReference(reference, context);
  return printed === reference.reference ? undefined : printed;
}
