import type { VisitDraft } from './use-visit-drafts.js';

/** Where an entry stands, for her to see at a glance. */
export type Standing = 'draft' | 'device-only' | 'waiting' | 'sending' | 'accepted' | 'refused' | 'question';

/** What this device still has to bring counts above what the server knew before. */
export function standingOf({ kept, server }: Pick<VisitDraft, 'kept' | 'server'>): Standing {
  if (server?.state === 'accepted' || server?.state === 'sending') return server.state;
  if (kept !== undefined) {
    if (kept.stopped?.toConfirm !== undefined) return 'question';
    if (kept.state === 'sending') return 'waiting';
    return kept.isAtServer ? 'draft' : 'device-only';
  }
  return server?.state ?? 'draft';
}

export const standingWords: Readonly<Record<Standing, string>> = {
  draft: 'Concept',
  'device-only': 'Concept, alleen op dit toestel',
  waiting: 'Wordt verzonden zodra er verbinding is',
  sending: 'Wordt verzonden',
  accepted: 'Ontvangen',
  refused: 'Geweigerd',
  question: 'Vraag voor u',
};
