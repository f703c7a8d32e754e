import type { ChapterFourItem } from '@anw/fhir';
import { askFhir } from '../support/fhir-request.js';
import { type Asking, requestOf, searchesFor } from './find-item.js';

/** Breaks every search of the item in three ways. @throws Error when one of them is answered */
export async function refuseSearches(item: ChapterFourItem, { strangers, token }: Asking, otherPatient: string): Promise<void> {
  for (const search of searchesFor(item)) {
    const request = requestOf(search, strangers.custodian.patient);
    const broken: readonly (readonly [what: string, request: string, status: number])[] = [
      ['for another patient', requestOf(search, otherPatient), 403],
      ['with one more parameter', `${request}&_lastUpdated=gt2020-01-01`, 400],
      ['with an include that is not listed', `${request}&_revinclude=Provenance:target`, 400],
    ];
    for (const [what, brokenRequest, expected] of broken) {
      const { status, body } = await askFhir(strangers, token, brokenRequest);
      if (status !== expected || body['resourceType'] !== 'OperationOutcome') throw new Error(`${search.name} ${what} is answered with ${status}`);
    }
  }
}

/** A secret has no search, and a token for the record does not open it. @throws Error when it does */
export async function refuseSecret({ strangers, token }: Asking, id: string): Promise<void> {
  const asked: readonly (readonly [request: string, status: number])[] = [
    [`Location?patient=Patient/${strangers.custodian.patient}`, 403],
    [`Location?_id=${id}`, 403],
    [`Location/${id}`, 403],
  ];
  for (const [request] of asked) {
    const { status, body } = await askFhir(strangers, token, request);
    if (status < 400 || status >= 500 || body['resourceType'] !== 'OperationOutcome') throw new Error(`${request} is answered with ${status}`);
  }
}
