import type { AuditLog } from '@anw/audit';
import type { Clock, Did } from '@anw/values';
import type { Partner, PartnerStore } from '../partners/partner.js';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import type { CustodianDoor, FoundPatient, PatientSearchTerms } from './custodian-door.js';
import { PartnerDoorError, type PartnerDoorFailure } from '../partners/partner-door-error.js';

export interface PatientSearch {
  readonly terms: PatientSearchTerms;
  /** Absent: every custodian of the region. */
  readonly custodian?: Did;
  readonly triagist: Triagist;
}

export interface PatientSearchPorts {
  readonly regisseur: Did;
  readonly partners: Pick<PartnerStore, 'findPartner' | 'listPartners'>;
  readonly door: Pick<CustodianDoor, 'searchPatients'>;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly uuid: () => string;
}

export interface PatientSearchAnswer {
  readonly found: readonly (FoundPatient & { readonly custodian: Partner })[];
  /** Custodians that gave no answer: the patient may be theirs. */
  readonly unanswered: readonly { readonly custodian: Partner; readonly reason: PartnerDoorFailure }[];
}

/**
 * Asks one custodian, or every custodian of the region at once, who this is. One that fails hides none of the others.
 * The log row says by what was searched, never for whom, and is there before the answer.
 * @throws TriageError `custodian-unknown`
 */
export async function searchPatients({ terms, custodian, triagist }: PatientSearch, ports: PatientSearchPorts): Promise<PatientSearchAnswer> {
  const at = ports.clock();
  const custodians = await custodiansToAsk(custodian, ports.partners);
  const answers = await Promise.all(custodians.map((one) => askOne(one, terms, ports.door)));
  const unanswered = answers.flatMap(({ custodian, failure }) => (failure === undefined ? [] : [{ custodian, reason: failure }]));
  await ports.audit.append({
    id: ports.uuid(),
    name: 'patient.searched',
    outcome: unanswered.length === 0 ? 'success' : 'minor-failure',
    at,
    practitioner: triagist,
    regisseur: ports.regisseur,
    query: 'bsn' in terms ? 'bsn' : 'familyName,birthDate',
  });
  return { found: answers.flatMap(({ custodian, patients }) => patients.map((patient) => ({ ...patient, custodian }))), unanswered };
}

async function custodiansToAsk(at: Did | undefined, partners: PatientSearchPorts['partners']): Promise<readonly Partner[]> {
  if (at === undefined) return partners.listPartners('custodian');
  const custodian = await partners.findPartner(at, 'custodian');
  if (custodian === undefined) throw new TriageError('custodian-unknown');
  return [custodian];
}

interface CustodianAnswer {
  readonly custodian: Partner;
  readonly patients: readonly FoundPatient[];
  readonly failure?: PartnerDoorFailure;
}

async function askOne(custodian: Partner, terms: PatientSearchTerms, door: PatientSearchPorts['door']): Promise<CustodianAnswer> {
  try {
    return { custodian, patients: await door.searchPatients(custodian.did, terms) };
  } catch (error) {
    if (error instanceof PartnerDoorError) return { custodian, patients: [], failure: error.code };
    throw error;
  }
}
