import type { AuthorizationCredential } from '@anw/credentials';
import { DidUrl } from '@anw/values';
import type { AuthorizationContext } from './authorization-context.js';
import { areBeside, heldVisits, leadingVisits, visitExtendedBy, visitIdOf } from './held-visit.js';
import type { ReceivedAuthorization } from './received-authorization.js';

const at = (time: string) => new Date(`2026-01-01T${time}:00Z`);
const idOf = (name: string) => DidUrl.parse(`did:web:regie.example:iam:1#${name}`);

interface Facts {
  readonly name: string;
  readonly from?: string;
  readonly until?: string;
  readonly receivedAt?: string;
  readonly continues?: string;
  readonly credential?: Partial<Record<keyof AuthorizationCredential, string>>;
  readonly context?: Partial<AuthorizationContext>;
}

function received({ name, from = '18:00', until = '20:00', receivedAt = '18:00', continues, credential, context }: Facts): ReceivedAuthorization {
  return {
    credential: { id: idOf(name), regisseur: 'did:web:regie.example', custodian: 'did:web:linde.example', handle: 'urn:uuid:1', practitioner: 'e-1', period: { from: at(from), until: at(until) }, ...credential },
    context: { careRequest: 'c-1', patient: { birthDate: '1941-05-12' }, ...context },
    receivedAt: at(receivedAt),
    ...(continues !== undefined && { continues: idOf(continues) }),
  } as unknown as ReceivedAuthorization;
}

const first = received({ name: 'first' });
const second = received({ name: 'second', from: '20:00', until: '22:00', receivedAt: '19:30', continues: 'first' });
const third = received({ name: 'third', from: '22:00', until: '23:00', receivedAt: '21:30', continues: 'first' });

describe('a visit as an actor holds it', () => {
  it('is one authorization when nothing extends it', () => {
    expect(heldVisits([first], at('19:00'))).toEqual([{ id: idOf('first'), authorization: first, until: at('20:00') }]);
  });

  it('is one visit with what extends it: under what is in force, until the end of the last', () => {
    expect(heldVisits([third, second, first], at('19:00'))).toEqual([{ id: idOf('first'), authorization: first, until: at('23:00'), extendedAt: at('21:30') }]);
  });

  it('keeps its name when the authorization that it began with is over', () => {
    expect(heldVisits([third, second], at('20:00'))).toMatchObject([{ id: idOf('first'), authorization: second, until: at('23:00') }]);
    expect(heldVisits([third, second, first], at('22:00'))).toMatchObject([{ id: idOf('first'), authorization: third }]);
  });

  it('goes on under one that is not in force yet when the one before was taken back', () => {
    expect(heldVisits([second], at('19:00'))).toMatchObject([{ id: idOf('first'), authorization: second }]);
  });

  it('is over with the last', () => expect(heldVisits([first, second, third], at('23:00'))).toEqual([]));

  it('stands where the newest of its authorizations stands', () => {
    const other = received({ name: 'other' });
    expect(heldVisits([second, other, first], at('19:00')).map(({ id }) => id)).toEqual([idOf('first'), idOf('other')]);
  });
});

describe('an authorization that begins where another begins or ends, and lasts longer', () => {
  const next = (facts: Partial<Facts> = {}) => received({ name: 'next', from: '20:00', until: '22:00', ...facts });

  it('extends the whole of its visit, from where it began', () => expect(visitExtendedBy(next({ from: '18:00' }), [first])).toBe(idOf('first')));
  it('extends its visit', () => expect(visitExtendedBy(next(), [first])).toBe(idOf('first')));
  it('extends the visit that the other extends', () => expect(visitExtendedBy(next({ from: '22:00', until: '23:00' }), [second, first])).toBe(visitIdOf(first)));
  it('extends it when its issuer set the begin back by some seconds', () => {
    const backdated = next();
    expect(visitExtendedBy({ ...backdated, credential: { ...backdated.credential, period: { from: new Date(at('20:00').getTime() - 5_000), until: at('22:00') } } }, [first])).toBe(idOf('first'));
  });

  it.each([
    ['of another care request', { context: { careRequest: 'c-2' } }],
    ['of a regisseur that does not say which care request', { context: { careRequest: undefined } }],
    ['of another regisseur', { credential: { regisseur: 'did:web:other.example' } }],
    ['at another custodian', { credential: { custodian: 'did:web:vecht.example' } }],
    ['for another client', { credential: { handle: 'urn:uuid:2' } }],
    ['for another nurse', { credential: { practitioner: 'e-2' } }],
    ['that begins while the other lasts', { from: '19:00' }],
    ['that begins with the other and ends no later', { from: '18:00', until: '20:00' }],
    ['that begins some time after the other', { from: '20:30' }],
  ] satisfies readonly [string, Partial<Facts>][])('%s is a visit of its own', (_what, facts) => expect(visitExtendedBy(next(facts), [first])).toBeUndefined());

  it('does not extend itself', () => expect(visitExtendedBy(first, [{ ...first, credential: { ...first.credential, period: { from: at('16:00'), until: at('18:00') } } }])).toBeUndefined());
});

describe('visits of one care request at several custodians', () => {
  const visitOf = (facts: Facts) => heldVisits([received(facts)], at('19:00'))[0]!;
  const linde = visitOf({ name: 'linde' });
  const vecht = visitOf({ name: 'vecht', credential: { custodian: 'did:web:vecht.example' } });

  it('are one at the door, led by the one that came first', () => {
    expect([areBeside(linde, vecht), areBeside(vecht, linde)]).toEqual([true, true]);
    const later = visitOf({ name: 'later', receivedAt: '18:30', credential: { custodian: 'did:web:vecht.example' } });
    expect([...leadingVisits([later, linde])].map((pair) => pair.map(({ id }) => id))).toEqual([[idOf('linde'), idOf('linde')], [idOf('later'), idOf('linde')]]);
  });

  it('leave another visit to the same record a place of its own', () => {
    const again = visitOf({ name: 'again', receivedAt: '18:45' });
    const later = visitOf({ name: 'later', receivedAt: '18:30', credential: { custodian: 'did:web:vecht.example' } });
    expect([...leadingVisits([again, later, linde])].map(([visit, lead]) => [visit, lead].map(({ id }) => id))).toEqual([[idOf('linde'), idOf('linde')], [idOf('later'), idOf('linde')], [idOf('again'), idOf('again')]]);
  });

  it.each([
    ['at the same custodian', visitOf({ name: 'again' })],
    ['of another care request', visitOf({ name: 'x', credential: { custodian: 'did:web:vecht.example' }, context: { careRequest: 'c-2' } })],
    ['of another regisseur', visitOf({ name: 'x', credential: { custodian: 'did:web:vecht.example', regisseur: 'did:web:other.example' } })],
    ['of a client with another birth date', visitOf({ name: 'x', credential: { custodian: 'did:web:vecht.example' }, context: { patient: { name: 'J. de Boer', birthDate: '1950-01-01' } } })],
    ['of a regisseur that names no care request', visitOf({ name: 'x', credential: { custodian: 'did:web:vecht.example' }, context: { careRequest: undefined } })],
  ])('%s are not', (_what, other) => expect(areBeside(linde, other)).toBe(false));
});
