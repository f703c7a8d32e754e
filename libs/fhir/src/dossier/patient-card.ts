import { z } from 'zod';
import type { FhirResource } from '../fhir-resource.js';
import { BSN_OID, BSN_SYSTEM } from '../r4/code-systems.js';

/** Who is at the door: name, birth date and address together, never a bare id (spec anw-fhir-profiles §7). */
export interface PatientCard {
  readonly name: string;
  /** `yyyy-mm-dd`, or less where the source knows less. */
  readonly birthDate?: string;
  readonly gender?: string;
  readonly deceased: boolean;
  readonly bsn?: string;
  readonly addresses: readonly string[];
  readonly telephones: readonly string[];
  readonly generalPractitioner?: string;
}

const text = z.string().optional().catch(undefined);
const texts = z.array(z.string().nullable()).catch([]);

export const HumanName = z.object({ use: text, text, family: text, given: texts, prefix: texts });
export const Address = z.object({ use: text, text, line: texts, postalCode: text, city: text });
export const Telecom = z.object({ system: text, value: text });

/** Only what is shown is read; an element of the wrong shape is absent, not a reason to hide the patient. */
const PatientElements = z.object({
  name: z.array(HumanName).catch([]),
  birthDate: text,
  gender: text,
  deceasedBoolean: z.boolean().optional().catch(undefined),
  deceasedDateTime: text,
  identifier: z.array(z.object({ system: text, value: text })).catch([]),
  address: z.array(Address).catch([]),
  telecom: z.array(Telecom).catch([]),
  generalPractitioner: z.array(z.object({ display: text })).catch([]),
});

const genders: Readonly<Record<string, string>> = { male: 'man', female: 'vrouw', other: 'anders', unknown: 'onbekend' };

export function patientCard(patient: FhirResource, included: readonly FhirResource[] = []): PatientCard {
  const read = PatientElements.parse(patient);
  const bsn = read.identifier.find(({ system }) => system === BSN_SYSTEM || system === BSN_OID)?.value;
  const generalPractitioner = read.generalPractitioner.find(({ display }) => display !== undefined)?.display ?? organisationName(included);
  return {
    name: printName(read.name),
    ...(read.birthDate === undefined ? {} : { birthDate: read.birthDate }),
    ...(read.gender === undefined ? {} : { gender: genders[read.gender] ?? read.gender }),
    deceased: read.deceasedBoolean === true || read.deceasedDateTime !== undefined,
    ...(bsn === undefined ? {} : { bsn }),
    addresses: read.address.map(printAddress).filter((line) => line !== ''),
    telephones: read.telecom.flatMap(({ system, value }) => (system === 'phone' && value !== undefined ? [value] : [])),
    ...(generalPractitioner === undefined ? {} : { generalPractitioner }),
  };
}

/** The official name, with the name she is called by: `Johanna van Putten (Jo)`. */
export function printName(names: readonly z.infer<typeof HumanName>[]): string {
  const official = names.find(({ use }) => use === 'official') ?? names.find(({ use }) => use !== 'usual') ?? names[0];
  const usual = names.find(({ use, given }) => use === 'usual' && given.length > 0);
  if (official === undefined) return 'Naam onbekend';
  const printed = official.text ?? [...official.prefix, ...official.given, official.family].filter((part) => part !== undefined && part !== null).join(' ');
  const called = usual === undefined || usual === official ? '' : ` (${usual.given.filter((part) => part !== null).join(' ')})`;
  return printed === '' ? 'Naam onbekend' : `${printed}${called}`;
}

export function printAddress({ text: whole, line, postalCode, city }: z.infer<typeof Address>): string {
  if (whole !== undefined) return whole;
  const place = [postalCode, city].filter((part) => part !== undefined).join(' ');
  return [...line.filter((part) => part !== null), place].filter((part) => part !== '').join(', ');
}

function organisationName(included: readonly FhirResource[]): string | undefined {
  const name = included.find(({ resourceType }) => resourceType === 'Organization')?.['name'];
  return typeof name === 'string' ? name : undefined;
}
