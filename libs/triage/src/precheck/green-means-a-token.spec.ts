import {
  addAllowlistRow,
  addEnrolment,
  approveAllowlistRow,
  approveEnrolment,
  type ChangeAllowlistPorts,
  decide,
  delegationInForce,
  endAllowlistRow,
  endEnrolment,
  EntryError,
  precheck,
} from '@anw/authorization';
import { MAX_AUTHORIZATION_SECONDS } from '@anw/credentials';
import { InMemoryDesk } from '@anw/testing';
import { recordFigure } from '@anw/testing/figures';
import { checkPortsOf, createTestParties, createTestParty, exampleRequestFacts, heldAuthorization, InMemoryCustodian, keysOfParties, newCredentialId, statusListsOf } from '@anw/testing/parties';
import { contains, type Did, type DidUrl, EmployeeIdentifier, PatientHandle, PatientId, type ValidityPeriod } from '@anw/values';
import fc from 'fast-check';
import { randomInt, randomUUID } from 'node:crypto';
import { fetchAllowlist } from '../allowlists/fetch-allowlist.js';
import { PartnerDoorError } from '../partners/partner-door-error.js';
import type { CustodianDoor } from './custodian-door.js';
import { createPrecheck, type PrecheckAnswer } from './precheck.js';

/** `PRECHECK_SEED=…` repeats a run. */
const seed = Number(process.env['PRECHECK_SEED'] ?? randomInt(2 ** 31 - 1));
const RUNS = 400;
const hour = 3_600_000;

const parties = createTestParties();
const { custodian } = parties;
const regisseurs = [parties.regisseur, createTestParty('regie-west')] as const;
const actors = [parties.actor, createTestParty('de-eik')] as const;
const patients = [PatientId.parse('patient-1'), PatientId.parse('patient-2')] as const;
const operators = ['anna', 'bram', 'ANNA'].map((name) => EmployeeIdentifier.parse(name));
const start = new Date('2026-01-01T12:00:00Z');

/** One of two, the first more often, so that much concerns the same pair. */
const which = fc.constantFrom(0, 0, 0, 1);
/** An operator, or nobody by name. */
const operator = fc.option(fc.constantFrom(0, 0, 1, 1, 2), { nil: undefined, freq: 12 });
/** Hours from the moment of the step; some are in the past, some adjoin. */
const period = fc.record({ from: fc.constantFrom(-12, -2, 0, 0, 0, 1, 6), hours: fc.constantFrom(2, 6, 24, 800, 800) });

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('row' as const), regisseur: which, actor: which, period, by: operator }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('enrolment' as const), regisseur: which, patient: which, period: fc.option(period, { nil: undefined, freq: 1 }), by: operator }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('approve' as const), entry: fc.nat(), by: operator }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), entry: fc.nat(), by: operator }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.constantFrom(1, 1, 1, 2, 6, 24, 400) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('four-eyes' as const), on: fc.constantFrom(true, false, false) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('revoke-delegation' as const), regisseur: which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leaves-care' as const), patient: fc.constant(1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fetch' as const), regisseur: which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('maximum' as const), hours: fc.constantFrom(1, 12, 24) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const question = fc.record({ regisseur: which, actor: which, handle: fc.nat(), handleOf: fc.constantFrom('own', 'own', 'own', 'any', 'unheard') });

/** A custodian with its application managers, and two desks that know of it what they have fetched. */
class World {
  readonly records = new InMemoryCustodian();
  readonly desks = regisseurs.map(() => new InMemoryDesk({ partners: [{ did: custodian.did, name: 'Thuiszorg De Linde', role: 'custodian' }] }));
  now = start;
  private fourEyes = false;
  private maxAuthorizationSeconds = MAX_AUTHORIZATION_SECONDS;
  private readonly entries: { readonly kind: 'row' | 'enrolment'; readonly id: string }[] = [];

  constructor() {
    for (const patient of patients) this.records.inCare.add(patient);
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'row':
        return this.keep('row', addAllowlistRow({ regisseur: regisseurs[step.regisseur]!.did, actor: actors[step.actor]!.did, period: this.periodOf(step.period) }, this.portsOf(step.by)));
      case 'enrolment':
        return this.keep('enrolment', addEnrolment({ regisseur: regisseurs[step.regisseur]!.did, patient: patients[step.patient]!, ...(step.period && { period: this.periodOf(step.period) }) }, this.enrolmentPortsOf(step.by)));
      case 'approve':
        return this.onEntry(step.entry, ({ kind, id }) => (kind === 'row' ? approveAllowlistRow(id, this.portsOf(step.by)) : approveEnrolment(id, this.enrolmentPortsOf(step.by))));
      case 'end':
        return this.onEntry(step.entry, ({ kind, id }) => (kind === 'row' ? endAllowlistRow(id, this.portsOf(step.by)) : endEnrolment(id, this.enrolmentPortsOf(step.by))));
      case 'wait':
        this.now = new Date(this.now.getTime() + step.hours * hour);
        return;
      case 'four-eyes':
        this.fourEyes = step.on;
        return;
      case 'revoke-delegation':
        await this.records.allowlist.revokeDelegations(regisseurs[step.regisseur]!.did, this.now);
        return;
      case 'leaves-care':
        this.records.inCare.delete(patients[step.patient]!);
        return;
      case 'fetch':
        await this.refresh(step.regisseur);
        return;
      case 'maximum':
        this.maxAuthorizationSeconds = (step.hours * hour) / 1000;
    }
  }

  /** The light that the desk of this regisseur shows. */
  async light(regisseur: number, actor: Did, handle: PatientHandle): Promise<PrecheckAnswer> {
    const { partners, allowlists } = this.desks[regisseur]!.stores;
    const desk = createPrecheck({ partners, allowlists, door: this.doorFor(regisseur), refresh: () => this.refresh(regisseur), maxAgeSeconds: 4 * 3600, clock: () => this.now });
    return desk.ask({ custodian: custodian.did, actor, handle });
  }

  /** Whether the token endpoint grants, all that is not the custodian's own word being as it should. */
  async grants(regisseur: number, actor: number, handle: PatientHandle, delegation: DidUrl): Promise<boolean> {
    const between = { ...parties, regisseur: regisseurs[regisseur]!, actor: actors[actor]! };
    const held = { records: this.records, handle, delegation, patient: patients[0], row: '', enrolment: '' };
    const { maxAuthorizationSeconds } = this;
    // As long as its delegation lets it last.
    const delegated = (await this.records.allowlist.findDelegation(delegation))?.maxAuthorizationSeconds ?? maxAuthorizationSeconds;
    const authorization = heldAuthorization(between, held, this.now, { period: { from: this.now, until: new Date(this.now.getTime() + delegated * 1000) } });
    const facts = exampleRequestFacts(between, held, this.now, { maxAuthorizationSeconds, authorization });
    return (await decide(facts, checkPortsOf(held, between))).decision.granted;
  }

  /** A handle of the asking regisseur, of anybody, or of nobody. */
  handleFor(regisseur: number, index: number, of: 'own' | 'any' | 'unheard'): PatientHandle {
    const known = this.records.state.enrolments.filter((enrolment) => of === 'any' || enrolment.regisseur === regisseurs[regisseur]!.did);
    return of === 'unheard' || known.length === 0 ? PatientHandle.parse(`urn:uuid:${randomUUID()}`) : known[index % known.length]!.handle;
  }

  /** Every delegation that an authorization of this regisseur could name. */
  delegationsFor(regisseur: number): readonly DidUrl[] {
    const ids = this.records.state.delegations.filter((delegation) => delegation.regisseur === regisseurs[regisseur]!.did).map(({ id }) => id);
    return ids.length > 0 ? ids : [newCredentialId(custodian)];
  }

  private doorFor(regisseur: number): Pick<CustodianDoor, 'fetchAllowlist' | 'askPrecheck'> {
    const asking = regisseurs[regisseur]!.did;
    const { allowlist, enrolments, isInCare, register } = this.records;
    const admit = async () => {
      const rows = await allowlist.listRowsOf(asking);
      if (!rows.some((row) => contains(row.period, this.now))) throw new PartnerDoorError('refused', custodian.did, 'no row in force');
      return rows;
    };
    return {
      fetchAllowlist: async () => {
        const rows = await admit();
        const delegation = await delegationInForce(asking, this.now, this.issuer(), { allowlist, register });
        return { rows, delegation: delegation!.jwt };
      },
      askPrecheck: async (_custodian, { actor, handle, delegation }) => {
        await admit();
        const { granted } = await precheck({ custodian: custodian.did, regisseur: asking, actor, handle, delegation, maxAuthorizationSeconds: this.maxAuthorizationSeconds, now: this.now }, { allowlist, patients: { findByHandle: enrolments.findByHandle, isInCare } });
        return { allowed: granted };
      },
    };
  }

  private async refresh(regisseur: number) {
    const { allowlists } = this.desks[regisseur]!.stores;
    const revoked = (id: string | undefined) => this.records.state.delegations.some((delegation) => delegation.id === id && delegation.revokedAt !== undefined);
    await allowlists.saveAnswer(
      await fetchAllowlist(custodian.did, {
        regisseur: regisseurs[regisseur]!.did,
        door: this.doorFor(regisseur),
        keys: keysOfParties(custodian),
        statuses: { statusOf: async ({ id }) => (revoked(id) ? { status: 'revoked' } : { status: 'valid', checkedAt: this.now }) },
        clock: () => this.now,
      }),
    );
    return (await allowlists.findAllowlistOf(custodian.did))!;
  }

  private issuer() {
    return { signer: custodian.signer, statusLists: statusListsOf(custodian), maxAuthorizationSeconds: this.maxAuthorizationSeconds, randomUuid: randomUUID };
  }

  private portsOf(by: number | undefined): ChangeAllowlistPorts {
    return { by: by === undefined ? undefined : operators[by], fourEyes: this.fourEyes, clock: () => this.now, randomUuid: randomUUID, issuer: this.issuer(), transaction: this.records.transaction };
  }

  private enrolmentPortsOf(by: number | undefined) {
    const { issuer: _issuer, ...ports } = this.portsOf(by);
    return { ...ports, transaction: this.records.transaction };
  }

  private periodOf({ from, hours }: { readonly from: number; readonly hours: number }): ValidityPeriod {
    const begin = new Date(this.now.getTime() + from * hour);
    return { from: begin, until: new Date(begin.getTime() + hours * hour) };
  }

  private async keep(kind: 'row' | 'enrolment', adding: Promise<{ readonly id: string }>): Promise<void> {
    const added = await unlessRefused(adding);
    if (added !== undefined) this.entries.push({ kind, id: added.id });
  }

  private async onEntry(index: number, work: (entry: World['entries'][number]) => Promise<unknown>): Promise<void> {
    if (this.entries.length > 0) await unlessRefused(work(this.entries[index % this.entries.length]!));
  }
}

/** An application manager may ask what cannot be; nothing has changed then. */
async function unlessRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EntryError) return undefined;
    throw error;
  }
}

describe(`a green light means a token, and a red one none (design §5; PRECHECK_SEED=${seed})`, () => {
  it(`holds over ${RUNS} histories of allowlist, enrolments, four eyes, delegations and time`, async () => {
    const seen = { green: 0, red: 0, pending: 0, future: 0, ended: 0 };
    const ask = async (world: World, asked: { regisseur: number; actor: number; handle: number; handleOf: 'own' | 'any' | 'unheard' }): Promise<void> => {
      const { regisseur, actor } = asked;
      const handle = world.handleFor(regisseur, asked.handle, asked.handleOf);
      const answer = await world.light(regisseur, actors[actor]!.did, handle);
      seen[answer.light] += 1;
      if (answer.light === 'green') expect(await world.grants(regisseur, actor, handle, answer.delegation.id)).toBe(true);
      else for (const delegation of world.delegationsFor(regisseur)) expect(await world.grants(regisseur, actor, handle, delegation)).toBe(false);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof({ weight: 4, arbitrary: step }, { weight: 1, arbitrary: question }), { minLength: 8, maxLength: 40 }), fc.array(question, { minLength: 4, maxLength: 8 }), async (history, questions) => {
        const world = new World();
        for (const event of history) await ('kind' in event ? world.take(event) : ask(world, event));
        for (const asked of questions) await ask(world, asked);
        const { proposals, rows } = world.records.state;
        seen.pending += proposals.filter(({ decision }) => decision === undefined).length;
        seen.future += rows.filter(({ period: { from, until } }) => world.now < from && from < until).length;
        seen.ended += rows.filter(({ period: { until } }) => until <= world.now).length;
      }),
      { seed, numRuns: RUNS },
    );
    // What never occurs is not tested.
    for (const [what, count] of Object.entries(seen)) expect([what, count > RUNS / 10]).toEqual([what, true]);
    recordFigure(4, 'seed of histories', seed);
    recordFigure(4, 'histories of allowlist, enrolment, delegation and time', RUNS);
    recordFigure(4, 'green lights that meant a token', seen.green);
    recordFigure(4, 'red lights that meant none', seen.red);
  });
});
