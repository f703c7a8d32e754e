import { PatientId } from '@anw/values';
import type { FhirResource } from '../fhir-resource.js';
import { fieldOf, stepsOf, type Write } from '../write-back/write-kinds.js';
import type { WriteStep, WriteSubject } from '../write-back/write-kind.js';
import type { DraftContent, DraftIssue, WrittenStep } from './draft.js';

/** One issue of the custodian's answer, in its own words. */
export interface AnswerIssue {
  readonly text: string;
  readonly rule?: string;
  /** FHIRPath into the resource that was sent. */
  readonly expression?: string;
}

/** What came of sending one resource. */
export type StepAnswer =
  | { readonly outcome: 'stored'; readonly reference: string; readonly version?: string; readonly warnings: readonly AnswerIssue[] }
  /** The content was judged and not taken. */
  | { readonly outcome: 'refused'; readonly issues: readonly AnswerIssue[]; readonly reference?: string }
  /** Nobody may write here with this authorization, or not this nurse, or not now. */
  | { readonly outcome: 'no-access'; readonly reference?: string }
  /** Nobody knows whether it is stored. */
  | { readonly outcome: 'no-answer'; readonly failure: string };

export interface DeliveryPorts {
  /** Who writes it, for resources that name her. */
  readonly author?: WriteSubject['author'];
  /** Sends what `prepare` makes once it is known whose record it is for; does not call it when it does not come that far. */
  readonly create: (prepare: (patient: PatientId) => Promise<FhirResource>) => Promise<StepAnswer>;
  /** Keeps how far it came, before it goes further. @throws DraftGoneError when it is no longer this process that sends it */
  readonly keep: (content: DraftContent) => Promise<void>;
}

/** Where a delivery stands when it ends; one that is `undecided` is tried again, from there. */
export interface Delivery {
  readonly outcome: 'accepted' | 'refused' | 'undecided';
  readonly content: DraftContent;
  /** Code of what went wrong, when it is undecided. */
  readonly failure?: string;
}

/** The draft ended, or another process sends it now: whatever became of it here is not to be recorded. */
export class DraftGoneError extends Error {
  override readonly name = 'DraftGoneError';
}

/**
 * Sends what is left of a draft, step after step, each under a name of its own: what was stored is not sent again, what left
 * without an answer leaves again as it was, and the custodian knows a repeat (design D18, spec anw-fhir-profiles §9.1 G16).
 */
export async function deliverDraft(write: Write, from: DraftContent, ports: DeliveryPorts): Promise<Delivery> {
  let content = from;
  for (;;) {
    const turn = await deliverNextStep(write, content, ports);
    content = turn.content;
    if (turn.outcome !== 'stored') return turn;
    if (isWhole(write, content)) return { outcome: 'accepted', content };
    await ports.keep(content);
  }
}

type StepDelivery = Delivery | { readonly outcome: 'stored'; readonly content: DraftContent };

async function deliverNextStep(write: Write, before: DraftContent, { create, keep, author }: DeliveryPorts): Promise<StepDelivery> {
  let content = before;
  const answer = await create(async (patient) => {
    content = await withLeavingResource(write, content, { patient, ...(author !== undefined && { author }) }, keep);
    return content.leaving!.resource;
  });
  switch (answer.outcome) {
    case 'stored':
      return { outcome: 'stored', content: withStored(write, content, answer) };
    case 'refused':
      return { outcome: 'refused', content: { ...settled(content), denials: 0, cause: 'content', issues: toIssues(write, content, answer.issues), ...(answer.reference !== undefined && { reference: answer.reference }) } };
    case 'no-access':
      return withDenial(content, answer.reference);
    case 'no-answer':
      return { outcome: 'undecided', content, failure: answer.failure };
  }
}

/** What leaves is kept before it does, so that after a restart nobody takes it for unsent, or sends something else under its name. */
async function withLeavingResource(write: Write, content: DraftContent, subject: Omit<WriteSubject, 'id'>, keep: DeliveryPorts['keep']): Promise<DraftContent> {
  if (content.leaving !== undefined) return content;
  const step = nextStep(write, content, subject);
  const leaving = { ...content, leaving: { step: step.name, resource: step.create(referencesOf(content)) } };
  await keep(leaving);
  return leaving;
}

/** A custodian denies access too while it cannot reach what it must look at: it has to say so more than once. */
const DENIALS_BELIEVED = 5;

/** What left before may have been stored before access ended, so that it stays known as under way. */
function withDenial(before: DraftContent, reference: string | undefined): Delivery {
  const content = { ...before, denials: before.denials + 1, ...(reference !== undefined && { reference }) };
  if (content.denials < DENIALS_BELIEVED) return { outcome: 'undecided', content, failure: 'no-access' };
  return { outcome: 'refused', content: { ...content, cause: 'access' } };
}

function withStored(write: Write, content: DraftContent, { reference, version, warnings }: Extract<StepAnswer, { outcome: 'stored' }>): DraftContent {
  const stored: WrittenStep = { step: content.leaving!.step, reference, ...(version !== undefined && { version }) };
  return { ...settled(content), denials: 0, written: [...content.written, stored], warnings: [...content.warnings, ...toIssues(write, content, warnings)] };
}

function settled({ leaving: _leaving, ...content }: DraftContent): DraftContent {
  return content;
}

/** How many steps and which names a write has follows from its input alone. */
const anyPatient = PatientId.parse('any');

function isWhole(write: Write, content: DraftContent): boolean {
  return stepsOf(write, { id: content.writeId, patient: anyPatient }).every(({ name }) => content.written.some(({ step }) => step === name));
}

function nextStep(write: Write, { writeId, written }: DraftContent, subject: Omit<WriteSubject, 'id'>): WriteStep {
  const next = stepsOf(write, { ...subject, id: writeId }).find(({ name }) => written.every(({ step }) => step !== name));
  if (next === undefined) throw new Error('a draft of which every step is stored has no next step');
  return next;
}

function referencesOf({ written }: DraftContent): Readonly<Record<string, string>> {
  return Object.fromEntries(written.map(({ step, reference }) => [step, reference]));
}

function toIssues(write: Write, { leaving }: DraftContent, issues: readonly AnswerIssue[]): readonly DraftIssue[] {
  return issues.map(({ text, rule, expression }) => {
    const field = expression === undefined || leaving === undefined ? undefined : fieldOf(write.kind, leaving.step, expression);
    return { message: text, ...(field !== undefined && { field }), ...(rule !== undefined && { rule }) };
  });
}
