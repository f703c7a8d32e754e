import type { AccessGrant, DossierEvent } from '@anw/api-contracts';
import type { DossierPart } from '@anw/fhir';
import { ProblemError, type ServerSentEvent } from '@anw/platform';
import type { VisitErrand } from '../visits/visits.js';
import { tellDossier } from './dossier-events.js';

const now = new Date('2026-06-13T21:05:00Z');
const part: DossierPart = { name: 'problem', state: 'fetched', resources: [], included: [], total: 0, fetchedAt: now };

function errand(visit: string): VisitErrand {
  return { visit: { id: `did:web:regie.example#${visit}` }, authorization: { credential: { id: `did:web:regie.example#${visit}` }, context: { custodian: { did: 'did:web:bron.example', name: 'De Linde' } } } } as unknown as VisitErrand;
}

const grant = { given: 'Regie Oost gaf deze toegang.' } as AccessGrant;
/** She looked an hour ago. */
const since = new Date(now.getTime() - 3_600_000);
let remembered: readonly string[];

async function tell(open: (visit: string) => readonly DossierPart[], groups?: readonly string[]): Promise<readonly DossierEvent[]> {
  const events: DossierEvent[] = [];
  remembered = [];
  const stream = { send: ({ data }: ServerSentEvent) => void events.push(data as DossierEvent), end: () => undefined };
  const dossiers = {
    open: async ({ authorization }: Pick<VisitErrand, 'authorization'>, { onPart }: { onPart?: (part: DossierPart) => void } = {}) => {
      const parts = open(authorization.credential.id.split('#')[1]!);
      for (const each of parts) onPart?.(each);
      return parts;
    },
  };
  const looks = {
    begin: async () => ({ since, lookedAt: now }),
    remember: async ({ authorization }: VisitErrand) => void (remembered = [...remembered, authorization.credential.id.split('#')[1]!]),
  };
  await tellDossier([errand('one'), errand('other')], { stream, signal: new AbortController().signal, dossiers, grants: { of: async () => grant }, looks, clock: () => now, onUnexpected: () => undefined, ...(groups && { groups }) });
  return events;
}

describe('dossiers side by side', () => {
  it('begin with whose they are, tell each group once, and end', async () => {
    const events = await tell(() => [part]);
    expect(events.map(({ type }) => type).sort()).toEqual(['fetched', 'fetched', 'finished', 'group', 'group', 'opening']);
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(['opening', 'finished']);
    const custodian = { did: 'did:web:bron.example', name: 'De Linde' };
    expect(events[0]).toEqual({ type: 'opening', dossiers: ['one', 'other'].map((visit) => ({ visit, custodian, grant, lookedAt: since.toISOString() })) });
  });

  it('are no look when groups are asked for again', async () => {
    await tell(() => [part], ['problem']);
    expect(remembered).toEqual([]);
  });

  it('hide nothing of one when the other is refused', async () => {
    const events = await tell((visit) => {
      if (visit === 'other') throw new ProblemError('forbidden', { detail: 'Geen toegang.', reference: 'r1' });
      return [part];
    });
    expect(events).toContainEqual({ type: 'refused', visit: 'other', refusal: { message: 'Geen toegang.', reference: 'r1' } });
    expect(events).toContainEqual(expect.objectContaining({ type: 'group', visit: 'one' }));
    expect(events.at(-1)).toEqual({ type: 'finished' });
    expect(remembered).toEqual(['one']);
  });
});
