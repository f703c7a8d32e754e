import type { Clock, EmployeeIdentifier } from '@anw/values';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';

export interface HandoverPerson {
  readonly identifier: EmployeeIdentifier;
  readonly name: string;
}

/** One care request that was open when the handover was written. */
export interface HandoverItem {
  readonly careRequest: string;
  readonly authorization?: string;
  readonly note?: string;
}

/** What one triagist leaves to the next. It is not changed afterwards; who takes over says so once. */
export interface Handover {
  /** uuid, made by the page. */
  readonly id: string;
  readonly from: HandoverPerson;
  readonly writtenAt: Date;
  readonly remark?: string;
  readonly items: readonly HandoverItem[];
  readonly accepted?: { readonly by: HandoverPerson; readonly at: Date };
}

/** Handovers at one regisseur. */
export interface HandoverStore {
  /** Answers false when one with that id is there already. */
  addHandover(handover: Handover): Promise<boolean>;
  findHandover(id: string): Promise<Handover | undefined>;
  /** Newest first. */
  listHandovers(limit: number): Promise<readonly Handover[]>;
  /** The first who takes over is the one; answers false when somebody did. */
  markAccepted(id: string, by: HandoverPerson, at: Date): Promise<boolean>;
}

export interface HandoverDraft {
  readonly id: string;
  readonly remark?: string;
  readonly notes: readonly { readonly careRequest: string; readonly note: string }[];
}

/**
 * Records a handover with everything that is open, whether or not there is a note for it, so that nothing is forgotten. A
 * note for what is not open any more is kept too: somebody meant it.
 * @throws TriageError `handover-id-reused` when somebody else's handover has that id
 */
export async function writeHandover(draft: HandoverDraft, open: readonly Omit<HandoverItem, 'note'>[], triagist: Triagist, clock: Clock, { handovers }: { readonly handovers: HandoverStore }): Promise<Handover> {
  const notes = new Map(draft.notes.map(({ careRequest, note }) => [careRequest, note]));
  const besides = [...notes.keys()].filter((careRequest) => !open.some((item) => item.careRequest === careRequest)).map((careRequest) => ({ careRequest }));
  const handover: Handover = {
    id: draft.id,
    from: personOf(triagist),
    writtenAt: clock(),
    ...(draft.remark && { remark: draft.remark }),
    items: [...open, ...besides].map((item) => ({ ...item, ...noteOf(notes.get(item.careRequest)) })),
  };
  if (await handovers.addHandover(handover)) return handover;
  const first = await handovers.findHandover(draft.id);
  if (first === undefined || first.from.identifier !== triagist.identifier) throw new TriageError('handover-id-reused');
  return first;
}

/** @throws TriageError `handover-unknown`, `handover-by-the-same`: who wrote it cannot take it over */
export async function acceptHandover(id: string, triagist: Triagist, clock: Clock, { handovers }: { readonly handovers: HandoverStore }): Promise<Handover> {
  const handover = await handovers.findHandover(id);
  if (handover === undefined) throw new TriageError('handover-unknown');
  if (handover.from.identifier === triagist.identifier) throw new TriageError('handover-by-the-same');
  await handovers.markAccepted(id, personOf(triagist), clock());
  return (await handovers.findHandover(id)) ?? handover;
}

function noteOf(note: string | undefined): Pick<HandoverItem, 'note'> {
  return note === undefined ? {} : { note };
}

function personOf({ identifier, name }: Triagist): HandoverPerson {
  return { identifier, name };
}
