import type { DraftDetail, DraftView, UndeliveredView } from '@anw/api-contracts';
import type { HeldVisit } from '@anw/authorization';
import { type Draft, isOpen, type UndeliveredDraft, type UndeliveredReason, writeKinds } from '@anw/fhir';
import { fragmentOf } from '@anw/values';
import { remarksOf } from './review-draft.js';

/** Before the end of an authorization, in minutes, a nurse is told of what is not in the record yet. */
export const WARNING_MINUTES = 15;

/** A draft as the nurse's page shows it. */
export function toDraftView(draft: Draft, { until, authorization: { context } }: HeldVisit, now: Date): DraftView {
  const { content, decidedAt, sentAt } = draft;
  const warning = warningOf(draft, until, now);
  return {
    id: draft.id,
    visit: fragmentOf(draft.authorization),
    kind: draft.kind,
    label: labelOf(draft.kind),
    state: draft.state,
    message: messageOf(draft, context.custodian.name),
    savedAt: draft.savedAt.toISOString(),
    ...(sentAt && { sentAt: sentAt.toISOString() }),
    sendBefore: until.toISOString(),
    ...(warning !== undefined && { warning }),
    ...(draft.state === 'accepted' && decidedAt && { received: { by: context.custodian.name, at: decidedAt.toISOString(), resources: content.written.map(({ step: _step, ...resource }) => resource) } }),
    warnings: [...content.warnings],
    issues: [...content.issues],
    ...(content.cause && { cause: content.cause }),
    ...(content.reference !== undefined && { reference: content.reference }),
  };
}

export function toDraftDetail(draft: Draft, visit: HeldVisit, now: Date): DraftDetail {
  const remarks = isOpen(draft) ? remarksOf(draft) : [];
  return { ...toDraftView(draft, visit, now), input: draft.content.input, remarks: remarks.map(({ text, ...remark }) => ({ message: text, ...remark })) };
}

/** What the nurse is told of an entry that did not arrive: whose and what it was, not what it said. */
export function toUndeliveredView(draft: UndeliveredDraft): UndeliveredView {
  return {
    id: draft.id,
    visit: fragmentOf(draft.authorization),
    kind: draft.kind,
    label: labelOf(draft.kind),
    ...(draft.initials !== undefined && { initials: draft.initials }),
    savedAt: draft.savedAt.toISOString(),
    ...(draft.sentAt && { sentAt: draft.sentAt.toISOString() }),
    endedAt: draft.endedAt.toISOString(),
    message: undeliveredMessage(draft),
  };
}

function messageOf({ state, attempts, decidedAt, content }: Draft, custodian: string): string {
  switch (state) {
    case 'draft':
      return 'Nog niet verzonden.';
    case 'sending':
      return attempts < 2 ? 'Wordt verstuurd.' : 'Nog niet ontvangen: het wordt vanzelf opnieuw geprobeerd. Het komt één keer aan.';
    case 'accepted':
      return decidedAt === undefined ? `Ontvangen door ${custodian}.` : `Ontvangen door ${custodian} om ${clockTime.format(decidedAt)}.`;
    case 'refused':
      return content.cause === 'access' ? 'De bronhouder gaf geen toegang. Verstuur het opnieuw; lukt dat niet, vraag dan de regisseur om hulp.' : 'Niet aangenomen. Verbeter wat hieronder staat en verstuur het opnieuw.';
  }
}

function warningOf({ state }: Draft, until: Date, now: Date): string | undefined {
  if (state === 'accepted' || until.getTime() - now.getTime() > WARNING_MINUTES * 60_000) return undefined;
  return `Nog niet ontvangen. Na ${clockTime.format(until)} kan dit niet meer worden verstuurd en wordt het gewist.`;
}

const endings: Readonly<Record<UndeliveredReason, string>> = {
  revoked: 'de autorisatie is ingetrokken',
  ended: 'de autorisatie is afgelopen',
  'shift-ended': 'uw dienst is beëindigd',
};

function undeliveredMessage({ kind, initials, savedAt, reason, mayHaveArrived, written }: UndeliveredDraft): string {
  const whose = initials === undefined ? '' : ` van ${initials}`;
  const arrived = [
    ...(written > 0 ? ['Een deel is wel ontvangen.'] : []),
    ...(mayHaveArrived ? ['Het was onderweg: of het is aangekomen, is niet bekend.'] : []),
  ];
  return [`${labelOf(kind)}${whose}, opgeslagen ${moment.format(savedAt)}, is niet door de bronhouder bevestigd: ${endings[reason]}.`, ...arrived, 'De inhoud is gewist. Geef het zo nodig mondeling of schriftelijk door.'].join(' ');
}

/** What a kind is called; one of a version that is gone by its name. */
function labelOf(kind: string): string {
  return Object.hasOwn(writeKinds, kind) ? writeKinds[kind as keyof typeof writeKinds].label : kind;
}

const clockTime = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit' });
const moment = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
