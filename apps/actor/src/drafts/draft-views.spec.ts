import type { HeldVisit } from '@anw/authorization';
import type { Draft, UndeliveredDraft } from '@anw/fhir';
import { DidUrl } from '@anw/values';
import { toDraftView, toUndeliveredView } from './draft-views.js';

const until = new Date('2026-01-02T06:00:00Z');
const id = 'b7a1c7be-0b1a-4f0e-9e35-6a4a7d1f2c10';
const credentialId = DidUrl.parse(`did:web:regie.example:iam:6f0cc7be-0b1a-4f0e-9e35-6a4a7d1f2c10#${id}`);
const visit = { id: credentialId, until, authorization: { context: { custodian: { name: 'De Linde' } } } } as unknown as HeldVisit;
const minutesBefore = (minutes: number) => new Date(until.getTime() - minutes * 60_000);

function draftOf(change: Partial<Draft> = {}): Draft {
  const content = { input: {}, writeId: 'w', written: [], denials: 0, warnings: [], issues: [] };
  return { id: '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11', authorization: credentialId, custodian: 'c', practitioner: 'e-1', kind: 'blood-pressure', state: 'draft', savedAt: minutesBefore(60), attempts: 0, content, ...change } as unknown as Draft;
}

describe('a draft as the nurse sees it', () => {
  it.each([
    ['is only saved', draftOf(), 'Nog niet verzonden.'],
    ['has just left', draftOf({ state: 'sending', attempts: 1 }), 'Wordt verstuurd.'],
    ['gets no answer', draftOf({ state: 'sending', attempts: 3 }), 'Nog niet ontvangen: het wordt vanzelf opnieuw geprobeerd. Het komt één keer aan.'],
    ['arrived', draftOf({ state: 'accepted', decidedAt: new Date('2026-01-02T02:12:00Z') }), 'Ontvangen door De Linde om 03:12.'],
    ['was not taken', draftOf({ state: 'refused', content: { ...draftOf().content, cause: 'content' } }), 'Niet aangenomen. Verbeter wat hieronder staat en verstuur het opnieuw.'],
    ['had no access', draftOf({ state: 'refused', content: { ...draftOf().content, cause: 'access' } }), 'De bronhouder gaf geen toegang. Verstuur het opnieuw; lukt dat niet, vraag dan de regisseur om hulp.'],
  ])('that %s says so', (_what, draft, message) => {
    expect(toDraftView(draft, visit, minutesBefore(60))).toMatchObject({ label: 'Bloeddruk', visit: id, message });
  });

  it('warns from a quarter of an hour before the end, until it has arrived', () => {
    const warningOf = (draft: Draft, minutes: number) => toDraftView(draft, visit, minutesBefore(minutes)).warning;
    expect(warningOf(draftOf(), 16)).toBeUndefined();
    expect(warningOf(draftOf(), 15)).toBe('Nog niet ontvangen. Na 07:00 kan dit niet meer worden verstuurd en wordt het gewist.');
    expect(warningOf(draftOf({ state: 'sending' }), 1)).toContain('07:00');
    expect(warningOf(draftOf({ state: 'accepted' }), 1)).toBeUndefined();
  });
});

describe('an entry that did not arrive, as the nurse hears of it', () => {
  const lost = { id: 'd', authorization: credentialId, practitioner: 'e-1', kind: 'nursing-report', savedAt: new Date('2026-01-02T02:12:00Z'), endedAt: until, reason: 'ended', written: 0, mayHaveArrived: false, initials: 'M.V.' } as unknown as UndeliveredDraft;
  const messageOf = (change: Partial<UndeliveredDraft>) => toUndeliveredView({ ...lost, ...change }).message;

  it('says what, of whom, when and why', () => {
    expect(messageOf({})).toMatch(/^.+ van M\.V\., opgeslagen vrijdag 2 januari (om )?03:12, is niet door de bronhouder bevestigd: de autorisatie is afgelopen\. De inhoud is gewist\. Geef het zo nodig mondeling of schriftelijk door\.$/);
  });

  it('says that it may have arrived, or arrived in part', () => {
    expect(messageOf({ mayHaveArrived: true })).toContain('of het is aangekomen, is niet bekend');
    expect(messageOf({ written: 2 })).toContain('Een deel is wel ontvangen.');
  });

  it('names a kind that this version does not know by its name', () => {
    expect(toUndeliveredView({ ...lost, kind: 'older-kind' }).label).toBe('older-kind');
  });
});
