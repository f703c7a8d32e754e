import { Did, EmployeeIdentifier } from '@anw/values';
import { type Shift, shiftFault, whoIsOnDuty } from './shift.js';

const at = (time: string) => new Date(`2026-01-01T${time}:00Z`);
const shift = (id: string, from: string, until: string, name = 'A. Bakker'): Shift => ({
  id,
  practitioner: { identifier: EmployeeIdentifier.parse(`e-${id}`), name, roleName: 'Verpleegkundige' },
  actor: Did.parse('did:web:actor.example:iam:1'),
  period: { from: at(from), until: at(until) },
});
const idsAt = (shifts: readonly Shift[], time: string) => whoIsOnDuty(shifts, at(time)).map(({ id }) => id);

describe('who is on duty', () => {
  it('is whoever has a shift that runs now', () => expect(idsAt([shift('evening', '15:00', '23:00'), shift('morning', '07:00', '15:00')], '16:00')).toEqual(['evening']));
  it('includes the first instant of a shift', () => expect(idsAt([shift('evening', '15:00', '23:00')], '15:00')).toEqual(['evening']));
  it('excludes the last instant of a shift', () => expect(idsAt([shift('evening', '15:00', '23:00')], '23:00')).toEqual([]));
  it('excludes whoever ended her shift', () => expect(idsAt([{ ...shift('evening', '15:00', '23:00'), endedAt: at('16:00') }], '16:00')).toEqual([]));
  it('lists first whoever stays longest', () => expect(idsAt([shift('short', '15:00', '18:00'), shift('long', '15:00', '23:00')], '16:00')).toEqual(['long', 'short']));
  it('lists by name whoever stays equally long', () => {
    expect(idsAt([shift('1', '15:00', '23:00', 'Z. Aal'), shift('2', '15:00', '23:00', 'B. Bos')], '16:00')).toEqual(['2', '1']);
  });
});

describe('period of a shift', () => {
  const day = 24 * 60 * 60 * 1000;
  const from = at('15:00');
  it('may last 24 hours', () => expect(shiftFault({ from, until: new Date(from.getTime() + day) })).toBeUndefined());
  it('may not last longer than 24 hours', () => expect(shiftFault({ from, until: new Date(from.getTime() + day + 1) })).toBe('longer-than-a-day'));
  it('may not end before it begins', () => expect(shiftFault({ from, until: from })).toBe('ends-before-it-begins'));
});
