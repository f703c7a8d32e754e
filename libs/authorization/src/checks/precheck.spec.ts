import { checkPortsOf, createTestCustodian, createTestParties, exampleRequestFacts, type TestCustodian } from '@anw/testing/parties';
import { PatientHandle } from '@anw/values';
import fc from 'fast-check';
import { decide } from './eight-checks.js';
import { precheck } from './precheck.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const { regisseur, custodian, actor, stranger } = parties;

function ask({ records, handle }: TestCustodian, change: Partial<Parameters<typeof precheck>[0]> = {}) {
  const patients = { findByHandle: records.enrolments.findByHandle, isInCare: records.isInCare };
  return precheck({ custodian: custodian.did, regisseur: regisseur.did, actor: actor.did, handle, maxAuthorizationSeconds: 86_400, now, ...change }, { allowlist: records.allowlist, patients });
}

describe('pre-check (design §2 step 2)', () => {
  it('is green for a listed pair and an enrolled patient', async () => {
    expect(await ask(await createTestCustodian(parties, now))).toMatchObject({ granted: true, verdicts: [{ check: 7 }, { check: 8 }] });
  });

  it('is red for an actor that is not listed', async () => {
    expect(await ask(await createTestCustodian(parties, now), { actor: stranger.did })).toMatchObject({ firstDenial: { check: 7, reason: 'regisseur-not-on-allowlist' } });
  });

  it('is red when no delegation is in force', async () => {
    const held = await createTestCustodian(parties, now);
    await held.records.allowlist.revokeDelegations(regisseur.did, now);
    expect(await ask(held)).toMatchObject({ firstDenial: { check: 7, reason: 'delegation-unknown' } });
  });

  it('is red when the delegation lets authorizations last longer than the custodian takes', async () => {
    expect(await ask(await createTestCustodian(parties, now), { maxAuthorizationSeconds: 3_600 })).toMatchObject({ firstDenial: { check: 7, reason: 'delegation-not-valid' } });
  });

  it('is red for the handle of another regisseur', async () => {
    const held = await createTestCustodian(parties, now);
    await held.records.allowlist.addRow({ ...held.records.state.rows[0]!, id: 'other', regisseur: stranger.did });
    await held.records.allowlist.addDelegation({ ...held.records.state.delegations[0]!, id: `${custodian.did}#other` as typeof held.delegation, regisseur: stranger.did });
    expect(await ask(held, { regisseur: stranger.did })).toMatchObject({ firstDenial: { check: 8, reason: 'patient-handle-of-another-regisseur' } });
  });

  it('is green exactly when checks 7 and 8 grant at the token endpoint: a green light means a token', async () => {
    const hours = fc.integer({ min: -40 * 24, max: 40 * 24 });
    const world = fc.record({
      at: hours,
      rowEndsAt: fc.option(hours),
      delegationRevoked: fc.boolean(),
      enrolmentEndsAt: fc.option(hours),
      inCare: fc.boolean(),
      regisseurListed: fc.boolean(),
      actorListed: fc.boolean(),
      handleKnown: fc.boolean(),
    });
    const seen = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(world, async (facts) => {
        const moment = (hour: number) => new Date(now.getTime() + hour * 3_600_000);
        const held = await createTestCustodian(parties, now);
        const { records } = held;
        if (facts.rowEndsAt !== null) await records.allowlist.endRow(held.row, moment(facts.rowEndsAt));
        if (facts.delegationRevoked) await records.allowlist.revokeDelegations(regisseur.did, now);
        if (facts.enrolmentEndsAt !== null) await records.enrolments.endEnrolment(held.enrolment, moment(facts.enrolmentEndsAt));
        if (!facts.inCare) records.inCare.delete(held.patient);
        const pair = { regisseur: (facts.regisseurListed ? regisseur : stranger).did, actor: (facts.actorListed ? actor : stranger).did };
        const handle = facts.handleKnown ? held.handle : PatientHandle.parse('urn:uuid:00000000-0000-4000-8000-000000000000');
        const at = moment(facts.at);

        const light = await ask(held, { ...pair, handle, now: at });
        const request = exampleRequestFacts(parties, held, at);
        if (typeof request.authorization !== 'object') throw new Error('the example has an authorization');
        const { decision } = await decide({ ...request, actor: pair.actor, authorization: { ...request.authorization, ...pair, handle } }, checkPortsOf(held, parties));
        const [seven, eight] = decision.verdicts.slice(6);
        seen.add(light.granted);
        expect(light.granted).toBe(seven!.granted && eight!.granted);
      }),
      { numRuns: 400, seed: 20221122, examples: [[{ at: 0, rowEndsAt: null, delegationRevoked: false, enrolmentEndsAt: null, inCare: true, regisseurListed: true, actorListed: true, handleKnown: true }]] },
    );
    expect(seen).toEqual(new Set([true, false]));
  });
});
