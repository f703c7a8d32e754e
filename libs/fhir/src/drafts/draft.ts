import type { StaffUser } from '@anw/identity';
import type { Did, DidUrl, EmployeeIdentifier } from '@anw/values';
import type { FhirResource } from '../fhir-resource.js';

/**
 * Where an entry of the nurse stands (design D18): hers to change, on its way, in the custodian's record, or not taken.
 * What was refused is hers to change again.
 */
export const draftStates = ['draft', 'sending', 'accepted', 'refused'] as const;
export type DraftState = (typeof draftStates)[number];

/** What to correct, or what the custodian remarks: one Dutch sentence, the member of the input it is about, the custodian's rule. */
export interface DraftIssue {
  readonly message: string;
  readonly field?: string;
  readonly rule?: string;
}

/** A resource of this entry that the custodian has stored. */
export interface WrittenStep {
  /** Its name among the steps of its kind. */
  readonly step: string;
  /** `Observation/…` as the custodian named it. */
  readonly reference: string;
  /** `meta.versionId` there, where it said so. */
  readonly version?: string;
}

/** Who refused: the custodian's rules for the content, or its checks of access. */
export type RefusalCause = 'content' | 'access';

/** What the entry says and what became of it. At rest it is encrypted; it ends with the authorization. */
export interface DraftContent {
  /** Plain input of the entry's kind. */
  readonly input: unknown;
  /** uuid that names this write at the custodian; a repeat carries the same. */
  readonly writeId: string;
  /** Who sends it, as she was logged in when she did. */
  readonly sender?: StaffUser;
  /** Steps that were stored, in their order. */
  readonly written: readonly WrittenStep[];
  /** The resource of the step under way, from before it first left until its outcome is known: what left once leaves again byte for byte. */
  readonly leaving?: { readonly step: string; readonly resource: FhirResource };
  /** How often in a row the custodian denied access. */
  readonly denials: number;
  readonly warnings: readonly DraftIssue[];
  readonly issues: readonly DraftIssue[];
  readonly cause?: RefusalCause;
  /** Under which the custodian finds its refusal again. */
  readonly reference?: string;
}

/** One entry of one nurse at one visit. */
export interface Draft {
  /** uuid, made by her page. */
  readonly id: string;
  /** The one that the visit began with: the entry lasts as long as what extends it. */
  readonly authorization: DidUrl;
  readonly custodian: Did;
  readonly practitioner: EmployeeIdentifier;
  readonly kind: string;
  readonly state: DraftState;
  /** When its input last changed. */
  readonly savedAt: Date;
  readonly sentAt?: Date;
  /** When it was accepted or refused. */
  readonly decidedAt?: Date;
  /** How often it left for the custodian since it was sent. */
  readonly attempts: number;
  readonly content: DraftContent;
}

/** A draft as it is first saved. */
export function createDraft(facts: Pick<Draft, 'id' | 'authorization' | 'custodian' | 'practitioner' | 'kind'> & { readonly input: unknown; readonly at: Date }): Draft {
  const { input, at, ...rest } = facts;
  return { ...rest, state: 'draft', savedAt: at, attempts: 0, content: { input, writeId: rest.id, written: [], denials: 0, warnings: [], issues: [] } };
}

/** Whether its input may still change. */
export function isOpen({ state }: Pick<Draft, 'state'>): boolean {
  return state === 'draft' || state === 'refused';
}

/**
 * The draft with other input. Once a step of it was stored under the write's name, other content needs another name: the
 * custodian would call it a duplicate.
 */
export function changeInput(draft: Draft, { input, at, newWriteId }: { readonly input: unknown; readonly at: Date; readonly newWriteId: () => string }): Draft {
  const { content } = draft;
  const writeId = content.written.length > 0 ? newWriteId() : content.writeId;
  return { id: draft.id, authorization: draft.authorization, custodian: draft.custodian, practitioner: draft.practitioner, kind: draft.kind, state: 'draft', savedAt: at, attempts: 0, content: { input, writeId, written: [], denials: 0, warnings: [], issues: [] } };
}

/** The draft on its way; what was refused for want of access goes on where it was. */
export function startSending(draft: Draft, { sender, at }: { readonly sender: StaffUser; readonly at: Date }): Draft {
  const { input, writeId, written, leaving, warnings } = draft.content;
  const { decidedAt: _decidedAt, ...rest } = draft;
  return { ...rest, state: 'sending', sentAt: at, attempts: 0, content: { input, writeId, sender, written, ...(leaving && { leaving }), denials: 0, warnings, issues: [] } };
}
