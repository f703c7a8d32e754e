import { createTestParty, InMemoryDesk } from '@anw/testing';
import { DidUrl, EmployeeIdentifier, PatientHandle } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { PartnerDoorError, type PartnerDoorFailure } from '../partners/partner-door-error.js';
import type { Authorization } from './authorization.js';
import { findWithdrawn, revokeWithdrawn } from './revoke-withdrawn.js';

const [regie, linde, vecht, nacht] = ['regie', 'linde', 'vecht', 'nacht'].map((name) => createTestParty(name)) as [ReturnType<typeof createTestParty>, ReturnType<typeof createTestParty>, ReturnType<typeof createTestParty>, ReturnType<typeof createTestParty>];
const now = new Date('2026-01-01T20:00:00Z');

const authorizationAt = ({ did }: typeof linde): Authorization => {
  const id = randomUUID();
  const period = { from: new Date('2026-01-01T19:00:00Z'), until: new Date('2026-01-01T23:00:00Z') };
  return {
    id,
    credentialId: DidUrl.parse(`${regie.did}#${id}`),
    credential: 'jwt',
    requestId: randomUUID(),
    careRequest: randomUUID(),
    shift: randomUUID(),
    custodian: { did, name: 'Bronhouder' },
    actor: { did: nacht.did, name: 'Wijkzorg Nacht' },
    practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'N. Acht' },
    handle: PatientHandle.parse(`urn:uuid:${randomUUID()}`),
    delegation: DidUrl.parse(`${did}#d1`),
    patient: { name: 'A. de Vries', birthDate: '1941-03-02' },
    note: 'Gevallen.',
    urgency: 'urgent',
    visitWindow: period,
    homeAccess: false,
    period,
    issuedAt: now,
    issuedBy: EmployeeIdentifier.parse('t-1'),
    offer: randomUUID(),
  };
};

function openDesk(answer: (authorization: { readonly handle: PatientHandle }) => boolean | PartnerDoorFailure) {
  const desk = new InMemoryDesk();
  const authorizations = [authorizationAt(linde), authorizationAt(linde), authorizationAt(vecht)] as const;
  desk.state = { ...desk.state, authorizations, allocated: authorizations.map(({ credentialId }) => credentialId) };
  const asked: unknown[] = [];
  const askPrecheck = async (custodian: typeof linde.did, question: { readonly handle: PatientHandle }) => {
    asked.push({ custodian, ...question });
    const said = answer(question);
    if (typeof said === 'string') throw new PartnerDoorError(said, custodian, 'so it was');
    return { allowed: said };
  };
  return { desk, authorizations, asked, find: () => findWithdrawn(linde.did, { transaction: desk.transaction, door: { askPrecheck }, clock: () => now }) };
}

describe('authorizations that a custodian supports no longer (design §2 step 7)', () => {
  it('are those at this custodian of which it says no, asked by the delegation that each names', async () => {
    const { authorizations, asked, find } = openDesk(({ handle }) => handle !== authorizations[0]!.handle);
    expect(await find()).toEqual([authorizations[0]]);
    expect(asked).toEqual([authorizations[0]!, authorizations[1]!].map(({ handle, delegation }) => ({ custodian: linde.did, actor: nacht.did, handle, delegation })));
  });

  it('are all of them when the custodian lets this regisseur in no more', async () => {
    const { authorizations, find } = openDesk(() => 'refused');
    expect(await find()).toEqual([authorizations[0], authorizations[1]]);
  });

  it('are none as long as the custodian gives no answer', async () => {
    const { find } = openDesk(() => 'unreachable');
    expect(await find()).toEqual([]);
  });

  it('are revoked: in the status lists, and by a push to actor and custodian', async () => {
    const { desk, authorizations, find } = openDesk(() => false);
    await revokeWithdrawn(await find(), desk.stores, { signer: regie.signer, clock: () => now, uuid: randomUUID });
    expect(desk.state.revoked).toEqual([authorizations[0]!.credentialId, authorizations[1]!.credentialId]);
    expect(desk.state.outbox.map(({ type, data }) => [type, data.recipient])).toEqual([nacht, linde, nacht, linde].map(({ did }) => ['nl.anw.authorization.revoked.v1', did]));
    expect(desk.state.audit.map(({ name, reason }) => [name, reason])).toEqual(Array.from({ length: 2 }, () => ['authorization.revoked', 'withdrawn-by-custodian']));
  });
});
