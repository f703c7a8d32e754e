import type { TriageVisitInput } from '@anw/api-contracts';
import { Database, type ListedTriageSystem, TriageOrderTable } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { type Authorization, authorizationState, currentOf, decideTriage, fingerprintOf, type FoundPatient, receiveCareRequest, TriageError, type TriageOrder, type Triagist, visitIdOf } from '@anw/triage';
import { type Clock, type Did, EmployeeIdentifier } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { Assignments } from '../assignments/assignments.js';
import { PatientFinder } from '../patients/patient-finder.js';
import { Proposals } from '../proposals/proposals.js';
import type { Regisseur } from '../regisseurs/regisseurs.js';

export interface TriageVisit {
  readonly id: string;
  readonly authorization: Authorization;
}

/** Visits that a triage system asks for: the same rules, the same pre-check and the same log as at the desk. */
@Injectable()
export class TriageVisits {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PatientFinder) private readonly finder: PatientFinder,
    @Inject(Proposals) private readonly proposals: Proposals,
    @Inject(Assignments) private readonly assignments: Assignments,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One visit for one key, however often and however simultaneously it is asked. A refused order leaves its key free to be
   * tried again with the same content.
   * @throws TriageError, among them `idempotency-key-reused`, `patient-unknown`, `patient-ambiguous`, `nobody-to-send`
   */
  async order(regisseur: Regisseur, system: ListedTriageSystem, idempotencyKey: string, input: TriageVisitInput): Promise<TriageVisit> {
    const { id: organisation } = regisseur.organisation;
    const id = visitIdOf(organisation, system.id, idempotencyKey, 'visit');
    const requestId = visitIdOf(organisation, system.id, idempotencyKey, 'request');
    const order: TriageOrder = { id, system: system.id, idempotencyKey, fingerprint: fingerprintOf(input) };
    const claimed = await this.database.withOrganisation(organisation, (tx) => new TriageOrderTable(tx).claimOrder(order, this.clock()));
    if (claimed.fingerprint !== order.fingerprint) throw new TriageError('idempotency-key-reused');
    const earlier = await this.find(regisseur, system, id);
    if (earlier !== undefined) return earlier;
    try {
      return { id, authorization: await this.send(regisseur, { id, requestId, input, triagist: triagistOf(system) }) };
    } catch (error) {
      // One that was asked at the same moment was first, and chose somebody else.
      const first = error instanceof TriageError && error.code === 'request-id-reused' ? await this.find(regisseur, system, id) : undefined;
      if (first === undefined) throw error;
      return first;
    }
  }

  /** A visit that this system asked for; undefined when it is another's, or nobody was sent. */
  async find({ organisation, transaction }: Regisseur, system: ListedTriageSystem, id: string): Promise<TriageVisit | undefined> {
    const order = await this.database.withOrganisation(organisation.id, (tx) => new TriageOrderTable(tx).findOrder(id));
    if (order?.system !== system.id) return undefined;
    const authorization = currentOf(await transaction(({ authorizations }) => authorizations.listOfCareRequests([id])), this.clock());
    return authorization && { id, authorization };
  }

  /** Undefined when this system has no such visit. */
  async revoke(regisseur: Regisseur, system: ListedTriageSystem, id: string, reason: string | undefined): Promise<TriageVisit | undefined> {
    const visit = await this.find(regisseur, system, id);
    if (visit === undefined) return undefined;
    if (authorizationState(visit.authorization, this.clock()) === 'revoked') return visit;
    return { id, authorization: await this.assignments.revoke(regisseur, visit.authorization.id, reason, triagistOf(system)) };
  }

  private async send(regisseur: Regisseur, { id, requestId, input, triagist }: Order): Promise<Authorization> {
    const { custodian, patient } = await this.findPatient(regisseur, input, triagist);
    const shift = await this.chooseShift(regisseur, { custodian, patient, input, triagist });
    await regisseur.transaction(async (stores) => {
      await receiveCareRequest({ id, ...input.careRequest }, this.clock, stores.careRequests);
      await decideTriage(id, { outcome: 'out-of-hours-care' }, triagist, this.clock, stores);
    });
    const { address, visitWindow, homeAccess } = input;
    return this.assignments.issue(
      regisseur,
      {
        requestId,
        careRequest: id,
        custodian,
        handle: patient.handle,
        patient: { name: patient.name, birthDate: patient.birthDate, ...(address !== undefined && { address }) },
        shift,
        visitWindow: { from: new Date(visitWindow.from), until: new Date(visitWindow.until) },
        homeAccess,
      },
      triagist,
    );
  }

  private async findPatient(regisseur: Regisseur, { patient: terms, custodian }: TriageVisitInput, triagist: Triagist): Promise<{ readonly custodian: Did; readonly patient: FoundPatient }> {
    const { found, unanswered } = await this.finder.search(regisseur, { terms, triagist, ...(custodian && { custodian }) });
    const [patient, another] = found;
    if (another !== undefined) throw new TriageError('patient-ambiguous');
    if (patient !== undefined) return { custodian: patient.custodian.did, patient };
    throw new TriageError(unanswered.length > 0 ? 'custodian-unreachable' : 'patient-unknown');
  }

  /** Whom the desk would send; named, she goes only when she is on duty. Whether she may is the pre-check's to say. */
  private async chooseShift(regisseur: Regisseur, { custodian, patient: { handle }, input, triagist }: Choice): Promise<string> {
    const { practitioner: named, postcodeArea } = input;
    const { practitioners } = await this.proposals.propose(regisseur, { patient: { custodian, handle }, postcodeArea }, triagist);
    const chosen =
      named === undefined
        ? practitioners.find(({ light }) => light?.light === 'green')
        : practitioners.find(({ practitioner: { shift } }) => shift.actor === named.actor && shift.practitioner.identifier === named.identifier);
    if (chosen !== undefined) return chosen.practitioner.shift.id;
    const [first] = practitioners;
    if (named === undefined && first?.light?.light === 'red') throw new TriageError(first.light.reason);
    if (named === undefined && first?.light?.light === 'amber') throw new TriageError('custodian-unreachable');
    throw new TriageError('nobody-to-send');
  }
}

interface Order {
  readonly id: string;
  readonly requestId: string;
  readonly input: TriageVisitInput;
  readonly triagist: Triagist;
}

interface Choice {
  readonly custodian: Did;
  readonly patient: FoundPatient;
  readonly input: TriageVisitInput;
  readonly triagist: Triagist;
}

/** In the log and at the desk the system stands where a triagist would. */
function triagistOf({ id, name }: ListedTriageSystem): Triagist {
  return { identifier: EmployeeIdentifier.parse(`triage:${id}`), name, roleName: 'Triagesysteem' };
}
