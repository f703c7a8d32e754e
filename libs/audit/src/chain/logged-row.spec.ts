import { OrganisationId } from '@anw/values';
import { hashRow, type LoggedRow, type RowForm, type SealedFact, sealedFacts } from './logged-row.js';

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');

function row(form: RowForm, change: Partial<Record<SealedFact, string | readonly string[]>> = {}): LoggedRow {
  const blank = Object.fromEntries(sealedFacts.map((fact) => [fact, null])) as Record<SealedFact, null>;
  return { sequence: 7, form, facts: { ...blank, id: '2f6f3a52-6a58-4c3f-8ec4-2f1c6f0a9b10', name: 'fhir.search', outcome: 'success', at: '2026-01-01T22:00:00.123000Z', resources: ['Observation/o-1/_history/1'], ...change } };
}

const hashOf = (loggedRow: LoggedRow) => Buffer.from(hashRow(linde, loggedRow)).toString('hex');

describe('seal of a row of the log', () => {
  it('of the first form is what it was when such rows were written', () => {
    expect(hashOf(row(1))).toBe('8aa8e07c6e6327d3fb4051e938ca0800c99ac091c99c31312dc10f138de3d131');
  });

  it('of the second form is what it is from then on', () => {
    expect(hashOf(row(2, { actorName: 'Wijkzorg Nacht', token: '6a0e8b1c-0d5c-4a3e-9a53-5a3f4f0b2c11', grounds: ['did:web:bron.example:iam:77aa#c0ff'] }))).toBe('a88daafb5b0e3724202fe897de960d8152fa695422c47b119773e685b785e6eb');
  });

  it('differs by form, so that a row cannot be passed off as an older one', () => expect(hashOf(row(1))).not.toBe(hashOf(row(2))));

  it.each(['actorName', 'regisseurName', 'token', 'grounds'] as const)('breaks when %s is put in a row whose form does not know it', (fact) => {
    expect(hashOf(row(1, { [fact]: 'x' }))).not.toBe(hashOf(row(1)));
  });
});
