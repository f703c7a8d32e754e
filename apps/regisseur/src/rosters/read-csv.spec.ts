import { ROSTER_MAX_LINES } from '@anw/api-contracts';
import { readCsv } from './read-csv.js';

const read = (...lines: readonly string[]) => readCsv(lines.join('\r\n'));
const values = (text: string) => readCsv(text).records.map((record) => record.values);

describe('a CSV file with a duty roster', () => {
  it.each([
    ['semicolons', 'naam;wijk\nNoor;Zutphen\nAli;Warnsveld'],
    ['commas', 'naam,wijk\nNoor,Zutphen\nAli,Warnsveld'],
    ['a byte order mark', '\uFEFFnaam;wijk\nNoor;Zutphen\nAli;Warnsveld'],
    ['lines as Windows ends them', 'naam;wijk\r\nNoor;Zutphen\r\nAli;Warnsveld\r\n'],
    ['lines as old machines end them', 'naam;wijk\rNoor;Zutphen\rAli;Warnsveld\r'],
    ['lines that end in different ways', 'naam;wijk\nNoor;"Zutphen"\r\nAli;Warnsveld\r'],
    ['quotes around what needs none', '"naam";"wijk"\n"Noor";"Zutphen"\n"Ali";"Warnsveld"'],
    ['headings in capitals and with spaces', ' Naam ; WIJK\nNoor;Zutphen\nAli;Warnsveld'],
    ['an empty line on top', '\r\nnaam;wijk\r\nNoor;Zutphen\r\nAli;Warnsveld'],
    ['empty lines, and lines of separators alone', 'naam;wijk\n\nNoor;Zutphen\n;\n  \nAli;Warnsveld\n;\n'],
  ])('is read with %s', (_, text) => {
    expect(readCsv(text).faults).toEqual([]);
    expect(readCsv(text).headings).toEqual(['naam', 'wijk']);
    expect(values(text)).toEqual([{ naam: 'Noor', wijk: 'Zutphen' }, { naam: 'Ali', wijk: 'Warnsveld' }]);
  });

  it('keeps separators and quotes that stand between quotes', () => {
    expect(values('naam;wijk\n"Visser; ""Noor""";"Zutphen, centrum"')).toEqual([{ naam: 'Visser; "Noor"', wijk: 'Zutphen, centrum' }]);
  });

  it('numbers lines as an editor does, empty ones included', () => {
    expect(read('naam;wijk', '', 'Noor;Zutphen', ';', 'Ali;Warnsveld').records.map(({ line }) => line)).toEqual([3, 5]);
  });

  it('says of a line with too few or too many fields how many it has, and keeps the others', () => {
    const { records, faults } = read('naam;wijk', 'Noor', 'Ali;Zutphen;rest', 'Eva;Warnsveld');
    expect(faults).toEqual([
      { line: 2, message: 'Deze regel heeft 1 velden; de kop heeft er 2.' },
      { line: 3, message: 'Deze regel heeft 3 velden; de kop heeft er 2.' },
    ]);
    expect(records).toEqual([{ line: 4, values: { naam: 'Eva', wijk: 'Warnsveld' } }]);
  });

  it.each([
    ['within a field', read('naam;wijk', 'Noor;Zutphen', 'Ali;Warns"veld', 'Eva;Zutphen'), { line: 3, column: 'wijk' }],
    ['after a field that had ended', read('naam;wijk', '"No"or;Zutphen'), { line: 2, column: 'naam' }],
    ['that is never closed', read('naam;wijk', 'Noor;Zutphen', '"Ali;Warnsveld', 'Eva;Zutphen'), { line: 3, column: 'naam' }],
    ['in the heading', read('na"am;wijk', 'Noor;Zutphen'), { line: 1 }],
  ])('tells line and column of a quote %s', (_, { records, faults }, where) => {
    expect(records).toEqual([]);
    expect(faults).toEqual([{ ...where, message: expect.stringContaining('aanhalingsteken') as string }]);
  });

  it.each([['nothing', ''], ['empty lines', '\r\n\r\n'], ['a byte order mark', '\uFEFF']])('says that it is empty when it holds %s', (_, text) => {
    expect(readCsv(text)).toEqual({ headings: [], records: [], faults: [{ line: 1, message: 'Dit bestand is leeg.' }] });
  });

  it('is refused as a whole when it has more lines than one file may have', () => {
    const lines = (count: number) => readCsv(['naam', ...Array.from({ length: count }, (_, index) => `N${index}`)].join('\n'));
    expect(lines(ROSTER_MAX_LINES).records).toHaveLength(ROSTER_MAX_LINES);
    expect(lines(ROSTER_MAX_LINES + 1)).toMatchObject({ records: [], faults: [{ line: ROSTER_MAX_LINES + 2 }] });
  });
});
