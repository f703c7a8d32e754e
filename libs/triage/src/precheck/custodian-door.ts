import type { Bsn, Did, DidUrl, HomeAccessId, PatientHandle } from '@anw/values';
import type { ReceivedRow } from '../allowlists/received-allowlist.js';

/** Family name with birth date (`YYYY-MM-DD`), or BSN: what a custodian searches its patients by. */
export type PatientSearchTerms = { readonly familyName: string; readonly birthDate: string } | { readonly bsn: Bsn };

export interface FoundPatient {
  readonly handle: PatientHandle;
  readonly name: string;
  readonly birthDate: string;
  /** In one line, as the custodian has it; absent when it has none. */
  readonly address?: string | undefined;
}

/** What checks 7 and 8 say there. */
export interface PrecheckReply {
  readonly allowed: boolean;
  /** There is a home access that an authorization may name. */
  readonly homeAccess?: HomeAccessId | undefined;
}

/** What the regisseur asks custodians at their partner door. Every method rejects with PartnerDoorError when there is no answer to rely on. */
export interface CustodianDoor {
  /** This regisseur's own rows that are not over, and the compact JWT of the delegation that goes with them. */
  fetchAllowlist(custodian: Did): Promise<{ readonly rows: readonly ReceivedRow[]; readonly delegation: string }>;
  /** Checks 7 and 8 at the custodian, for this moment, for an authorization that would name this delegation. */
  askPrecheck(custodian: Did, question: { readonly actor: Did; readonly handle: PatientHandle; readonly delegation: DidUrl }): Promise<PrecheckReply>;
  searchPatients(custodian: Did, terms: PatientSearchTerms): Promise<readonly FoundPatient[]>;
}
