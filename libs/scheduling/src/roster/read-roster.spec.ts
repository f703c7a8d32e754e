import { Did } from '@anw/values';
import { readMoment } from './read-moment.js';
import { headingFaults, readRoster, rosterColumns } from './read-roster.js';

const nacht = { did: Did.parse('did:web:nacht.example:iam:1'), name: 'Wijkzorg Nacht' };
const context = { actors: [nacht], now: new Date('2026-11-22T12:00:00Z') };
const good = { organisatie: 'wijkzorg nacht', personeelsnummer: 'e-1', naam: 'Noor', functie: 'Verpleegkundige', begin: '22-11-2026 23:00', einde: '23-11-2026 07:00', wijk: 'Zutphen', postcode: '7203 AB' };
const read = (...changes: object[]) => readRoster(changes.map((change, index) => ({ line: index + 2, values: { ...good, ...change } })), context);

describe('a duty roster from a file', () => {
  it('is read line by line; the same shift gets the same id each time', () => {
    const { lines, faults } = read({});
    expect(faults).toEqual([]);
    expect(lines).toMatchObject([{ line: 2, shift: { actor: nacht.did, district: 'Zutphen', startArea: '7203', period: { from: new Date('2026-11-22T22:00:00Z'), until: new Date('2026-11-23T06:00:00Z') } } }]);
    expect(read({}).lines[0]?.shift.id).toBe(lines[0]?.shift.id);
  });

  it.each([
    ['an organisation that nobody knows', { organisatie: 'Elders' }, 'organisatie'],
    ['no name', { naam: ' ' }, 'naam'],
    ['a begin that is no moment', { begin: '31-11-2026 23:00' }, 'begin'],
    ['an end before its begin', { einde: '22-11-2026 22:00' }, 'einde'],
    ['more than a day', { einde: '24-11-2026 07:00' }, 'einde'],
    ['an end that has passed', { begin: '21-11-2026 23:00', einde: '22-11-2026 07:00' }, 'einde'],
    ['a postcode that is none', { postcode: '0012' }, 'postcode'],
  ])('says of a line with %s which column is wrong, and keeps the good ones', (_, change, column) => {
    const { lines, faults } = read({ personeelsnummer: 'e-2' }, change);
    expect(lines).toHaveLength(1);
    expect(faults).toMatchObject([{ line: 3, column }]);
  });

  it('refuses the same shift twice, and two shifts of one practitioner at once', () => {
    expect(read({}, {}).faults).toMatchObject([{ line: 3, column: 'begin' }]);
    expect(read({}, { begin: '23-11-2026 06:00', einde: '23-11-2026 12:00' }).faults).toMatchObject([{ line: 3, column: 'begin' }]);
  });

  it('names headings that are missing, unknown or there twice', () => {
    expect(headingFaults([...rosterColumns])).toEqual([]);
    expect(headingFaults(['organisatie', 'personeelsnummer', 'naam', 'functie', 'begin', 'begin', 'eind']).map(({ column }) => column)).toEqual(['einde', 'eind', 'begin']);
  });
});

describe('a moment on the Dutch clock', () => {
  it.each([
    ['22-11-2026 18:00', '2026-11-22T17:00:00.000Z'],
    ['1/7/2026 8.30', '2026-07-01T06:30:00.000Z'],
    ['2026-07-01 08:30', '2026-07-01T06:30:00.000Z'],
    ['25-10-2026 02:30', '2026-10-25T00:30:00.000Z'],
  ])('reads %s', (text, instant) => expect(readMoment(text)?.toISOString()).toBe(instant));
  it.each(['29-03-2026 02:30', '31-04-2026 10:00', '22-11-2026', '22-11-2026 25:00', 'morgen'])('does not read %s', (text) => expect(readMoment(text)).toBeUndefined());
});
