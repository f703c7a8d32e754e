import type { DidUrl, PatientId } from '@anw/values';
import type { ResourceDraft, StoredResource } from '../fhir-source.js';

/** Whether a write may be sent to the source system now. */
export type WriteClaim =
  | { readonly claim: 'granted'; /** Ours for this write, the same at every attempt. */ readonly id: string; /** An earlier attempt ended without our knowing how. */ readonly again: boolean }
  /** Somebody is sending it at this moment. */
  | { readonly claim: 'under-way' }
  /** It was stored before: that is the result. */
  | { readonly claim: 'written'; readonly stored: StoredResource }
  /** The same name for other content. */
  | { readonly claim: 'duplicate' };

/**
 * What comes in through us for an organisation whose record lies in a system of its own. Such servers store twice what they
 * are told twice, so that this ledger decides that a write happens once (design D18). Each method commits by itself: none
 * holds a database connection while the other system is asked.
 */
export interface WriteLedger {
  /** @param until after this moment another attempt may be made, whatever became of this one */
  claim(draft: ResourceDraft, until: Date): Promise<WriteClaim>;
  /** What the same write became, once it was settled. */
  findSettled(draft: ResourceDraft): Promise<StoredResource | undefined>;
  /** The source system has it: keeps what it stored, for the day team and for repeats. */
  settle(draft: ResourceDraft, stored: StoredResource): Promise<void>;
  /** The attempt is over and nobody knows how: a next one may begin at `from`. */
  yieldClaim(draft: ResourceDraft, from: Date): Promise<void>;
  /** The source system refused it: as if it had never been sent. */
  release(draft: ResourceDraft): Promise<void>;
  /** Whether this was written under this authorization for this patient. */
  isWritten(wanted: { readonly type: string; readonly id: string; readonly patient: PatientId; readonly authorization: DidUrl }): Promise<boolean>;
}
