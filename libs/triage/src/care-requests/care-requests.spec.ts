import { InMemoryDesk } from '@anw/testing';
import { EmployeeIdentifier } from '@anw/values';
import { decideTriage } from './decide-triage.js';
import { receiveCareRequest } from './receive-care-request.js';
import type { TriageOutcome } from './care-request.js';

const clock = () => new Date('2026-01-01T20:00:00Z');
const triagist = { identifier: EmployeeIdentifier.parse('t-1') };
const call = { id: '0d3f6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69', kind: 'unplanned', reportedBy: 'Dochter', description: 'Gevallen, kan niet opstaan.', urgency: 'urgent' } as const;

describe('care request (design §2 step 1)', () => {
  it('is recorded with the moment it came in', async () => {
    const desk = new InMemoryDesk();
    expect(await receiveCareRequest(call, clock, desk.stores.careRequests)).toEqual({ ...call, receivedAt: clock() });
  });

  it('is recorded once, however often it is sent', async () => {
    const desk = new InMemoryDesk();
    await receiveCareRequest(call, clock, desk.stores.careRequests);
    expect(await receiveCareRequest(call, () => new Date('2026-01-01T21:00:00Z'), desk.stores.careRequests)).toEqual({ ...call, receivedAt: clock() });
    expect(desk.state.careRequests).toHaveLength(1);
  });

  it('is refused when its id names another care request', async () => {
    const desk = new InMemoryDesk();
    await receiveCareRequest(call, clock, desk.stores.careRequests);
    await expect(receiveCareRequest({ ...call, description: 'Iets anders.' }, clock, desk.stores.careRequests)).rejects.toMatchObject({ code: 'care-request-id-reused' });
  });
});

describe('triage of a care request (design §2 step 1)', () => {
  const received = async () => {
    const desk = new InMemoryDesk();
    await receiveCareRequest(call, clock, desk.stores.careRequests);
    return desk;
  };
  const decide = (desk: InMemoryDesk, outcome: TriageOutcome) => decideTriage(call.id, outcome, triagist, clock, desk.stores);

  it.each(['nothing-needed', 'informal-carer', 'emergency-112', 'out-of-hours-care'] as const)('may end in %s', async (outcome) => {
    const desk = await received();
    expect((await decide(desk, outcome)).triage).toEqual({ outcome, decidedAt: clock(), decidedBy: triagist.identifier });
    expect(desk.state.careRequests[0]?.triage?.outcome).toBe(outcome);
  });

  it('may be revised', async () => {
    const desk = await received();
    await decide(desk, 'nothing-needed');
    expect((await decide(desk, 'emergency-112')).triage?.outcome).toBe('emergency-112');
  });

  it('keeps its first moment when the same outcome is recorded again', async () => {
    const desk = await received();
    await decide(desk, 'nothing-needed');
    const again = await decideTriage(call.id, 'nothing-needed', triagist, () => new Date('2026-01-01T23:00:00Z'), desk.stores);
    expect(again.triage?.decidedAt).toEqual(clock());
  });

  it('needs a care request that is known', async () => {
    await expect(decideTriage(call.id, 'nothing-needed', triagist, clock, new InMemoryDesk().stores)).rejects.toMatchObject({ code: 'care-request-unknown' });
  });
});
