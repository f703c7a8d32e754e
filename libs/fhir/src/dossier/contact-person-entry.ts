import { z } from 'zod';
import type { FhirResource } from '../fhir-resource.js';
import type { DossierEntry } from './observation-entry.js';
import { Address, HumanName, printAddress, printName, Telecom } from './patient-card.js';
import { printConcepts, printPeriod, readable } from './record-elements.js';
import { type PrintedStatus, recordEntry } from './record-entry.js';

/** RolCodelijst of zib Contactpersoon; every other system says how they are related. */
const ROLES = 'urn:oid:2.16.840.1.113883.2.4.3.11.22.472';

const roles = { [`${ROLES}|01`]: 'Eerste relatie/contactpersoon', [`${ROLES}|02`]: 'Tweede relatie/contactpersoon', [`${ROLES}|24`]: 'Wettelijke vertegenwoordiger' };

const ReadRelatedPerson = z.looseObject({
  active: z.unknown().optional(),
  name: z.array(HumanName).catch([]),
  relationship: readable.concepts,
  telecom: z.array(Telecom).catch([]),
  address: z.array(Address).catch([]),
  period: readable.period,
});

const telecomLabels: Readonly<Record<string, string>> = { phone: 'Telefoon', sms: 'Telefoon', email: 'E-mail', fax: 'Fax', pager: 'Pieper', url: 'Website' };

/** Whom to ring, as a line of the dossier. */
export function contactPersonEntry(resource: FhirResource, source: string): DossierEntry {
  const read = ReadRelatedPerson.parse(resource);
  const isRole = ({ coding }: (typeof read.relationship)[number]): boolean => coding.some(({ system }) => system === ROLES);
  return recordEntry(resource, source, {
    label: printName(read.name),
    values: [
      { label: 'Rol', value: printConcepts(read.relationship.filter(isRole), roles) },
      { label: 'Relatie', value: printConcepts(read.relationship.filter((each) => !isRole(each))) },
      ...read.telecom.map(({ system, value }) => ({ label: telecomLabels[system ?? ''] ?? 'Bereikbaar op', value })),
      ...read.address.map((address) => ({ label: 'Adres', value: printAddress(address) })),
      { label: 'Geldig', value: printPeriod(read.period) },
    ],
    at: read.period?.start,
    status: statusOf(read.active),
    warnings: [],
  });
}

/** `active` is left out as a rule; only `false` says that somebody is no contact any more. */
function statusOf(active: unknown): PrintedStatus {
  if (active === undefined || active === true) return { label: 'actief', warnings: [] };
  if (active === false) return { label: 'niet meer actief', warnings: ['Geen contactpersoon meer.'] };
  return { label: JSON.stringify(active), warnings: [`Onbekende status: ${JSON.stringify(active)}.`] };
}
