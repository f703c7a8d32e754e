import type { AuthorizationView } from '@anw/api-contracts';

export interface VisitStep {
  readonly name: 'sent' | 'received' | 'opened' | 'reported' | 'refused' | 'over';
  readonly words: string;
  /** `awaited`: the next that should happen. `never`: it will not happen any more. */
  readonly state: 'done' | 'awaited' | 'ahead' | 'failed' | 'never';
  readonly at?: string;
}

/** How far a visit came, from the click at the desk to the first report. */
export function visitSteps(visit: Pick<AuthorizationView, 'issuedAt' | 'receivedAt' | 'openedAt' | 'reportedAt' | 'refusedAt' | 'revokedAt' | 'state' | 'period' | 'follows'>): readonly VisitStep[] {
  const isOver = visit.state !== 'valid';
  const steps: VisitStep[] = [{ name: 'sent', words: 'Verstuurd', state: 'done', at: visit.issuedAt }];
  if (visit.refusedAt !== undefined) return [...steps, { name: 'refused', words: 'Geweigerd door het systeem van de zorgorganisatie', state: 'failed', at: visit.refusedAt }];
  const ahead = [
    // An extension arrives by itself, also when the visit was opened long ago.
    { name: 'received', words: 'Aangekomen', at: visit.receivedAt ?? (visit.follows === 'extended' ? undefined : visit.openedAt) },
    { name: 'opened', words: 'Geopend', at: visit.openedAt },
    { name: 'reported', words: 'Eerste verslag geschreven', at: visit.reportedAt },
  ] as const;
  let isAwaited = !isOver;
  for (const { name, words, at } of ahead) {
    if (at !== undefined) steps.push({ name, words, state: 'done', at });
    else {
      steps.push({ name, words, state: isOver ? 'never' : isAwaited ? 'awaited' : 'ahead' });
      isAwaited = false;
    }
  }
  if (visit.state === 'revoked') steps.push({ name: 'over', words: 'Ingetrokken', state: 'failed', ...(visit.revokedAt && { at: visit.revokedAt }) });
  if (visit.state === 'ended') steps.push({ name: 'over', words: 'Afgelopen', state: 'done', at: visit.period.until });
  return steps;
}
