import type { Entry } from '@anw/authorization';
import { Did, PatientId } from '@anw/values';
import { tellChanges } from './tell-changes.js';

const now = new Date('2026-01-01T18:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const [regisseur, actor] = [Did.parse('did:web:regie.example:iam:1'), Did.parse('did:web:zorg.example:iam:2')];
const row = (from: number, until: number, state: Entry<'enrolment'>['state'] = from > 0 ? 'future' : 'current'): Entry<'allowlist-row'> => ({ id: `r${from}`, regisseur, actor, period: { from: hours(from), until: hours(until) }, state });
const enrolment = (patient: string, from: number, until: number, state: Entry<'enrolment'>['state'] = from > 0 ? 'future' : 'current'): Entry<'enrolment'> => ({ id: `e-${patient}`, patient: PatientId.parse(patient), regisseur, period: { from: hours(from), until: hours(until) }, state });
const tell = (rows: readonly Entry<'allowlist-row'>[], enrolments: readonly Entry<'enrolment'>[]) => tellChanges({ rows, enrolments, now, nameOf: (did) => (did === actor ? 'Wijkzorg Nacht' : 'Regie Oost') });

describe('what changes tonight', () => {
  it('tells what begins and ends within a day, the first first, with how many clients it touches then', () => {
    const { changes } = tell([row(-100, 5), row(6, 500)], [enrolment('jo', -10, 400), enrolment('piet', -10, 5.5)]);
    expect(changes).toEqual([
      { at: hours(5).toISOString(), what: 'ends', text: 'Regie Oost mag Wijkzorg Nacht vanaf dan niet meer autoriseren.', patients: 2 },
      { at: hours(5.5).toISOString(), what: 'ends', text: 'Eén cliënt krijgt vanaf dan geen ANW-zorg meer via Regie Oost.', patients: 1 },
      { at: hours(6).toISOString(), what: 'begins', text: 'Regie Oost mag Wijkzorg Nacht vanaf dan autoriseren.', patients: 1 },
    ]);
  });

  it('tells enrolments of one moment as one', () => {
    expect(tell([], [enrolment('jo', 3, 40), enrolment('piet', 3, 50)]).changes).toMatchObject([{ what: 'begins', text: '2 cliënten krijgen vanaf dan ANW-zorg via Regie Oost.', patients: 2 }]);
  });

  it('says nothing of what has begun, of what is later than a day, and of what nobody approved', () => {
    const { changes, waiting } = tell([row(-1, 100), row(25, 100), row(2, 100, 'pending'), row(2, 3, 'withdrawn')], [enrolment('jo', 2, 10, 'pending')]);
    expect([changes, waiting]).toEqual([[], 2]);
  });
});
