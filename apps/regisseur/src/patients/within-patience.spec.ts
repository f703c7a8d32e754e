import { createTestParty } from '@anw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { withinPatience } from './within-patience.js';

const { did } = createTestParty('de-linde');

describe('patience of the desk with one of many custodians', () => {
  it('takes an answer that comes in time, and a refusal as it is', async () => {
    expect(await withinPatience(did, Promise.resolve(['a patient']), 50)).toEqual(['a patient']);
    const refused = new Error('refused');
    await expect(withinPatience(did, Promise.reject(refused), 50)).rejects.toBe(refused);
  });

  it('ends: the custodian counts as one that did not answer', async () => {
    await expect(withinPatience(did, sleep(5_000, 'late', { ref: false }), 10)).rejects.toMatchObject({ name: 'PartnerDoorError', code: 'unreachable', partner: did });
  });
});
