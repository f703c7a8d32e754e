import type { NightCareRequest } from '@anw/api-contracts';

/** Care requests in which every typed word occurs: in what was reported, who it is about, who goes or where the record is. */
export function filterCareRequests(careRequests: readonly NightCareRequest[], typed: string): readonly NightCareRequest[] {
  const words = plain(typed).split(/\s+/).filter((word) => word !== '');
  return words.length === 0 ? careRequests : careRequests.filter((one) => words.every((word) => textOf(one).includes(word)));
}

function textOf({ careRequest: { reportedBy, description }, authorizations }: NightCareRequest): string {
  return plain([reportedBy, description, ...authorizations.flatMap(({ patient, practitioner, actor, custodian }) => [patient.name, patient.address ?? '', practitioner.name, actor.name, custodian.name])].join(' '));
}

/** Without accents and capitals: nobody types a trema at night. */
export function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{Diacritic}/gu, '').toLowerCase();
}
