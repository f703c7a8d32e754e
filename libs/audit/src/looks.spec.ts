import { OrganisationId, PatientId } from '@anw/values';
import { type Look, Looks } from './looks.js';

const start = new Date('2026-01-01T19:00:00Z').getTime();
const bram: Look = { organisation: OrganisationId.parse('11111111-1111-4111-8111-111111111111'), practitioner: 'l-204', name: 'enrolment.read' };
const [jo, piet] = [PatientId.parse('jo'), PatientId.parse('piet')];

function openLooks() {
  const time = { minutes: 0 };
  const looks = new Looks(() => new Date(start + time.minutes * 60_000));
  const show = (shown: readonly (PatientId | undefined)[], look = bram) => {
    const unlogged = looks.unlogged(look, shown);
    looks.remember(look, unlogged);
    return unlogged;
  };
  return { time, looks, show };
}

describe('a look at a list', () => {
  it('is logged once, however often its page reads the list again', () => {
    const { time, show } = openLooks();
    expect(show([undefined])).toEqual([undefined]);
    for (; time.minutes < 60; time.minutes += 1) expect(show([undefined])).toEqual([]);
  });

  it('logs a client who appears in it meanwhile, and nobody twice', () => {
    const { show } = openLooks();
    expect(show([jo, jo])).toEqual([jo]);
    expect(show([jo, piet])).toEqual([piet]);
    expect(show([piet])).toEqual([]);
  });

  it('is a new one after five minutes without asking', () => {
    const { time, show } = openLooks();
    show([jo]);
    time.minutes = 5;
    expect(show([jo])).toEqual([jo]);
  });

  it('is of one person, one organisation and one list', () => {
    const { show } = openLooks();
    show([jo]);
    expect(show([jo], { ...bram, practitioner: 'l-205' })).toEqual([jo]);
    expect(show([jo], { ...bram, organisation: OrganisationId.parse('22222222-2222-4222-8222-222222222222') })).toEqual([jo]);
    expect(show([jo], { ...bram, name: 'allowlist.read' })).toEqual([jo]);
  });

  it('is not known before its rows are committed', () => {
    const { looks } = openLooks();
    expect(looks.unlogged(bram, [jo])).toEqual([jo]);
    expect(looks.unlogged(bram, [jo])).toEqual([jo]);
  });
});
