import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { Address, HumanName, printAddress, printName, Telecom } from '../elements/print-name.js';
import { printReference } from '../elements/print-party.js';
import type { PrintedStatus } from '../elements/print-status.js';
import { isOver, printPeriod } from '../elements/print-time.js';
import { readable } from '../elements/readable.js';
import { codedValue, recordEntry } from '../elements/record-entry.js';

/** RolCodelijst of zib Contactpersoon; every other system says how they are related. */
const ROLES = 'urn:oid:2.16.840.1.113883.2.4.3.11.22.472';

const roles = { [`${ROLES}|01`]: 'Eerste relatie/contactpersoon', [`${ROLES}|02`]: 'Tweede relatie/contactpersoon', [`${ROLES}|24`]: 'Wettelijke vertegenwoordiger' };

const ReadRelatedPerson = z.looseObject({
  active: z.unknown().optional(),
  name: z.array(HumanName).catch([]),
  relationship: readable.concepts,
  telecom: z.array(Telecom).catch([]),
  address: z.array(Address).catch([]),
  organization: readable.reference,
  period: readable.period,
});

const PatientContacts = z.looseObject({ contact: z.array(z.record(z.string(), z.unknown()).catch({})).catch([]) });

const telecomLabels: Readonly<Record<string, string>> = { phone: 'Telefoon', sms: 'Telefoon', email: 'E-mail', fax: 'Fax', pager: 'Pieper', url: 'Website' };

/** Whom to ring, as a line of the dossier. */
export function contactPersonEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadRelatedPerson.parse(resource);
  const isRole = ({ coding }: (typeof read.relationship)[number]): boolean => coding.some(({ system }) => system === ROLES);
  return recordEntry(resource, context, {
    label: read.name.length === 0 ? (printReference(read.organization, context) ?? printName([])) : printName(read.name),
    values: [
      codedValue('Rol', read.relationship.filter(isRole), roles),
      codedValue('Relatie', read.relationship.filter((each) => !isRole(each))),
      ...read.telecom.map(({ system, value }) => ({ label: telecomLabels[system ?? ''] ?? 'Bereikbaar op', value, telephone: system === 'phone' || system === 'sms' ? (true as const) : undefined })),
      ...read.address.map((address) => ({ label: 'Adres', value: printAddress(address) })),
      { label: 'Geldig', value: printPeriod(read.period) },
    ],
    at: read.period?.start,
    status: statusOf(read.active),
    warnings: read.active !== false && isOver(read.period, context.now) ? ['De geldigheid is voorbij.'] : [],
  });
}

/** "RelatedPerson and/or `Patient.contact`" (spec anw-fhir-profiles §3.7): those that stand in the Patient itself, each a line. */
export function contactsInPatient(patient: FhirResource, context: EntryContext): readonly DossierEntry[] {
  return PatientContacts.parse(patient).contact.map(({ name, address, ...contact }) => {
    const single = { ...(name === undefined ? {} : { name: [name] }), ...(address === undefined ? {} : { address: [address] }) };
    return contactPersonEntry({ ...contact, ...single, resourceType: 'Patient', id: patient.id }, context);
  });
}

/** `active` is left out as a rule; only `false` says that somebody is no contact any more. */
function statusOf(active: unknown): PrintedStatus {
  if (active === undefined || active === true) return { label: 'actief', warnings: [] };
  if (active === false) return { label: 'niet meer actief', warnings: ['Geen contactpersoon meer.'] };
  return { label: JSON.stringify(active), warnings: [`Onbekende status: ${JSON.stringify(active)}.`] };
}
