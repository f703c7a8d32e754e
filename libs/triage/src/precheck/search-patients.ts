import type { Did } from '@anw/values';
import type { Partner, PartnerStore } from '../partners/partner.js';
import { TriageError } from '../triage-error.js';
import { type CustodianDoor, CustodianUnreachableError, type FoundPatient, type PatientSearchTerms } from './custodian-door.js';

export interface PatientSearchAnswer {
  readonly found: readonly (FoundPatient & { readonly custodian: Partner })[];
  /** Custodians that gave no answer: the patient may be theirs. */
  readonly unanswered: readonly Partner[];
}

/**
 * Asks one custodian, or every custodian of the region at once, who this is. One that fails hides none of the others.
 * @throws TriageError `custodian-unknown`
 */
export async function searchPatients(
  terms: PatientSearchTerms,
  at: Did | undefined,
  ports: { readonly partners: PartnerStore; readonly door: Pick<CustodianDoor, 'searchPatients'> },
): Promise<PatientSearchAnswer> {
  const custodians = await custodiansToAsk(at, ports.partners);
  const answers = await Promise.all(custodians.map((custodian) => askOne(custodian, terms, ports.door)));
  return {
    found: answers.flatMap(({ custodian, patients }) => (patients ?? []).map((patient) => ({ ...patient, custodian }))),
    unanswered: answers.filter(({ patients }) => patients === undefined).map(({ custodian }) => custodian),
  };
}

async function custodiansToAsk(at: Did | undefined, partners: PartnerStore): Promise<readonly Partner[]> {
  if (at === undefined) return partners.listPartners('custodian');
  const custodian = await partners.findPartner(at, 'custodian');
  if (custodian === undefined) throw new TriageError('custodian-unknown');
  return [custodian];
}

async function askOne(custodian: Partner, terms: PatientSearchTerms, door: Pick<CustodianDoor, 'searchPatients'>) {
  try {
    return { custodian, patients: await door.searchPatients(custodian.did, terms) };
  } catch (error) {
    if (error instanceof CustodianUnreachableError) return { custodian, patients: undefined };
    throw error;
  }
}
