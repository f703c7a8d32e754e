import { DecisionExplanation } from '@anw/api-contracts';
import { type CheckNumber, type DecisionRecord, type DenialReason, type Verdict } from '@anw/authorization';
import { Did, PatientId } from '@anw/values';
import { explainDecision } from './explain-decision.js';
import { tellDecision } from './tell-decision.js';
import { tellFact, tellSource } from './tell-fact.js';

const granted = (check: CheckNumber, source: Verdict['fact']['source'], value: string): Verdict => ({ check, granted: true, fact: { source, value } });
const denied = (check: CheckNumber, reason: DenialReason, source: Verdict['fact']['source'], value: string): Verdict => ({ check, granted: false, reason, fact: { source, value } });
const [actor, regisseur] = [Did.parse('did:web:zorg.example:iam:41d2'), Did.parse('did:web:regie.example:iam:6f0c')];
const names = new Map([[actor, 'Wijkzorg Nacht'], [regisseur, 'Regie Oost']]);
const nameOf = (did: Did) => names.get(did);
const all: readonly Verdict[] = [
  granted(1, 'connection', 'x5t#S256 AbC of zorg.example, ecd.example'),
  granted(2, 'connection', 'zorg.example serves the DID document'),
  granted(3, 'employee-credential', 'e-10442 at level substantial, signed'),
  granted(4, 'presentation', `signed with ${actor}#k1`),
  granted(5, 'authorization-credential', `${regisseur}#b7a1 for e-10442`),
  granted(6, 'status-list', 'valid until 2026-01-02T05:00:00.000Z, status as of 2026-01-01T19:00:00.000Z'),
  granted(7, 'allowlist', `row r-1, delegation did:web:bron.example:iam:77aa#c0ff`),
  granted(8, 'enrolment', 'enrolment n-1'),
];
const failing = (verdict: Verdict): readonly Verdict[] => all.map((each) => (each.check === verdict.check ? verdict : each));
const record = (verdicts: readonly Verdict[], change: Partial<DecisionRecord> = {}): DecisionRecord => {
  const first = verdicts.find((verdict) => !verdict.granted);
  return { reference: '6f0c1111-1111-4111-8111-111111111111', at: new Date('2026-01-01T19:00:00Z'), endpoint: 'token', scope: 'anw-zorg-2022', outcome: first === undefined ? 'granted' : 'denied', verdicts, actor, regisseur, ...(first && !first.granted && { firstDenial: { check: first.check, reason: first.reason } }), ...change };
};
const event = { practitioner: { identifier: 'e-10442', name: 'Noor de Wit', roleName: 'Verpleegkundige' }, requestingSystem: 'zorg.example', patient: PatientId.parse('linde-1001') };
const tell = (verdicts: readonly Verdict[], change: Partial<DecisionRecord> = {}) => tellDecision(explainDecision(record(verdicts, change)), { event, patientName: 'A. Bos', nameOf });
const notListed = denied(7, 'regisseur-not-on-allowlist', 'allowlist', `no row for ${regisseur} and ${actor}`);

describe('a refusal for the privacy officer with a complaint on the table', () => {
  it('says first what was wrong, who asked, of whom and when', () => {
    expect(tell(failing(notListed))).toMatchObject({
      headline: 'Geweigerd bij toets 7: “De regisseur mag deze organisatie autoriseren” klopte niet',
      at: '2026-01-01T19:00:00.000Z',
      who: { practitioner: event.practitioner, actor: { name: 'Wijkzorg Nacht' }, regisseur: { name: 'Regie Oost' }, requestingSystem: 'zorg.example', patient: { id: 'linde-1001', name: 'A. Bos' } },
      repair: { by: 'custodian', who: 'Uw eigen organisatie' },
    });
  });

  it('shows all eight checks in a row: the verdict, what was seen, where it came from, who must do what', () => {
    const { checks } = tell(failing(notListed));
    expect(checks.map(({ check, verdictText }) => [check, verdictText])).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((check) => [check, check === 7 ? 'Niet in orde' : 'In orde']));
    expect(checks[6]).toMatchObject({ seen: 'Geen regel waarmee Regie Oost Wijkzorg Nacht mag autoriseren', from: 'uw eigen whitelist', repair: { who: 'Uw eigen organisatie', what: expect.stringContaining('whitelist') } });
    expect(checks[5]!.seen).toBe('Geldig tot 2 januari 2026 om 06:00; op 1 januari 2026 om 20:00 was zij niet ingetrokken');
    expect(checks[0]).not.toHaveProperty('repair');
  });

  it('has the form that the page reads', () => {
    for (const example of [tell(failing(notListed)), tell(all), tell([], { outcome: 'invalid', failure: 'presentation-not-accepted' }), tell(failing(denied(8, 'not-evaluated', 'none', 'its input is missing')))]) expect(DecisionExplanation.parse(example)).toEqual(example);
  });

  it('names organisations by the host that answers for them when nobody showed a name', () => {
    expect(tellDecision(explainDecision(record(all)), { nameOf: () => undefined }).who).toEqual({ actor: { did: actor, name: 'zorg.example' }, regisseur: { did: regisseur, name: 'regie.example' } });
  });
});

describe('what may be told to the caller', () => {
  it('is letter for letter the same for checks 5 to 8, whichever failed', () => {
    const failures: readonly (readonly [5 | 6 | 7 | 8, DenialReason])[] = [[5, 'authorization-missing'], [6, 'authorization-revoked'], [7, 'regisseur-not-on-allowlist'], [7, 'delegation-unknown'], [8, 'patient-not-enrolled'], [8, 'patient-not-in-care']];
    const texts = failures.map(([check, reason]) => tell(failing(denied(check, reason, 'none', 'x'))).forCaller);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('6f0c1111-1111-4111-8111-111111111111');
    expect(texts[0]).not.toMatch(/toets|whitelist|cliënt|autorisatie|aanmeld|zorg ontvangt|Bos|linde/);
  });

  it('is the same of what is asked of a record, whether it was there or not', () => {
    const texts = ['outside-policy', 'not-found', 'invalid-resource'].map((failure) => tell([], { endpoint: 'fhir', outcome: 'invalid', failure }).forCaller);
    expect(new Set(texts).size).toBe(1);
  });

  it('says what to mend when it is her own login or software that failed', () => {
    expect(tell(failing(denied(3, 'employee-stale', 'employee-credential', 'for more than a day'))).forCaller).toContain('De medewerker moet opnieuw inloggen bij haar eigen organisatie.');
    expect(tell([], { outcome: 'invalid', failure: 'parameter-missing' }).forCaller).toContain('een verplicht gegeven ontbreekt');
  });
});

describe('what a check saw, in Dutch', () => {
  it.each([
    ['connection', 'x5t#S256 AbC: outside-validity'],
    ['connection', 'minimum evidence is client-certificate'],
    ['presentation', `keys served by the host of ${actor}`],
    ['presentation', `signed with a key served by the host of ${actor}`],
    ['did-document', 'DID document could not be resolved'],
    ['did-document', 'certificate of a.example, document served by no host'],
    ['did-document', 'anw-requesting-system a.example'],
    ['presentation', 'no employee credential'],
    ['employee-credential', 'identifier, name or login is not as it must be'],
    ['employee-credential', 'for more than a day'],
    ['employee-credential', 'logged in 2026-01-01T05:00:00.000Z, credential from 2026-01-01T05:00:00.000Z until 2026-01-02T05:00:00.000Z'],
    ['employee-credential', 'low, minimum is substantial'],
    ['employee-credential', `issued by ${regisseur}`],
    ['employee-credential', `about ${regisseur}`],
    ['presentation', `${regisseur}#k1`],
    ['presentation', 'no authorization credential'],
    ['presentation', 'authorization credential cannot be read'],
    ['authorization-credential', regisseur],
    ['authorization-credential', 'e-9'],
    ['authorization-credential', 'other purpose of use'],
    ['authorization-credential', `${regisseur}#b7a1 for any identified employee`],
    ['clock', 'from 2026-01-01T05:00:00.000Z, now 2026-01-01T04:00:00.000Z'],
    ['clock', 'until 2026-01-01T05:00:00.000Z, now 2026-01-01T06:00:00.000Z'],
    ['authorization-credential', '90000 s, maximum is 86400 s'],
    ['status-list', `${regisseur}#b7a1`],
    ['revocations', `${regisseur}#b7a1`],
    ['delegation', 'none in force'],
    ['delegation', `${regisseur}#c0ff`],
    ['delegation', `${regisseur}#c0ff was issued to ${regisseur}`],
    ['delegation', `${regisseur}#c0ff was revoked at 2026-01-01T05:00:00.000Z`],
    ['delegation', `${regisseur}#c0ff is valid until 2026-01-01T05:00:00.000Z`],
    ['enrolment', 'urn:uuid:6f0c1111-1111-4111-8111-111111111111'],
    ['enrolment', `urn:uuid:6f0c1111-1111-4111-8111-111111111111 was minted for ${regisseur}`],
    ['enrolment', 'enrolment n-1 is valid from 2026-01-01T05:00:00.000Z until 2026-01-02T05:00:00.000Z'],
    ['none', 'its input is missing'],
  ])('%s: %s', (source, value) => {
    const seen = tellFact({ source, value }, nameOf);
    expect(seen).not.toBe(value);
    expect(seen.replaceAll(/did:\S+/g, '')).not.toMatch(/\b(for|from|until|now|minimum|issued|signed|served|credential|revoked at|valid)\b|\d{4}-\d\d-\d\dT/);
  });

  it('of what no phrase is known for is shown as it was kept', () => expect(tellFact({ source: 'clock', value: 'something of a later version' }, nameOf)).toBe('something of a later version'));

  it.each(['connection', 'presentation', 'employee-credential', 'authorization-credential', 'did-document', 'status-list', 'revocations', 'allowlist', 'delegation', 'enrolment', 'clock', 'none'])('says in Dutch where %s is', (source) => expect(tellSource(source)).toMatch(/^(de|het|uw|geen) /));
});
