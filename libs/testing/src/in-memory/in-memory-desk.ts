import type { AuditEvent } from '@anw/audit';
import type { NotificationEvent } from '@anw/notifications';
import type { Shift } from '@anw/scheduling';
import { type AlarmTimes, alarmOf, type AlarmTimesStore, type Authorization, type CareRequest, type CareRequestStore, type DecisionTreeStore, DEFAULT_ALARM_TIMES, type EndShiftStores, type IssueStores, type Partner, type PartnerStore, type Receipt, type ReceivedAllowlist, type ReceivedAllowlistStore, type RevokeStores, type TreeVersion } from '@anw/triage';
import type { DidUrl } from '@anw/values';

interface State {
  readonly careRequests: readonly CareRequest[];
  readonly shifts: readonly Shift[];
  readonly partners: readonly Partner[];
  readonly allowlists: readonly ReceivedAllowlist[];
  readonly authorizations: readonly Authorization[];
  readonly claims: ReadonlyMap<string, string>;
  readonly allocated: readonly DidUrl[];
  readonly revoked: readonly DidUrl[];
  readonly outbox: readonly NotificationEvent[];
  readonly audit: readonly AuditEvent[];
  readonly trees: readonly TreeVersion[];
  readonly alarmTimes: AlarmTimes;
}

export interface DeskStores extends IssueStores {
  readonly shifts: IssueStores['shifts'] & EndShiftStores['shifts'];
  readonly careRequests: CareRequestStore;
  readonly partners: PartnerStore;
  readonly statuses: IssueStores['statuses'] & RevokeStores['statuses'];
  readonly allowlists: ReceivedAllowlistStore;
  readonly trees: DecisionTreeStore;
  readonly alarmTimes: AlarmTimesStore;
}

const receiptMember = { received: 'receivedAt', opened: 'openedAt', reported: 'reportedAt', refused: 'refusedAt' } as const satisfies Record<Receipt, keyof Authorization>;

const empty: State = { careRequests: [], shifts: [], partners: [], allowlists: [], authorizations: [], claims: new Map(), allocated: [], revoked: [], outbox: [], audit: [], trees: [], alarmTimes: DEFAULT_ALARM_TIMES };

/** Twin of a regisseur's tables: a transaction that rejects leaves nothing behind; transactions run one after another. */
export class InMemoryDesk {
  state: State = empty;
  private last: Promise<unknown> = Promise.resolve();

  constructor(seed: Partial<Pick<State, 'careRequests' | 'shifts' | 'partners'>> = {}) {
    this.state = { ...empty, ...seed };
  }

  readonly transaction = <T>(work: (stores: DeskStores) => Promise<T>): Promise<T> => {
    const run = this.last.then(() => this.runTransaction(work));
    this.last = run.catch(() => undefined);
    return run;
  };

  readonly stores: DeskStores = {
    careRequests: {
      addCareRequest: async (request) => {
        if (this.state.careRequests.some(({ id }) => id === request.id)) return false;
        this.change({ careRequests: [...this.state.careRequests, request] });
        return true;
      },
      findCareRequest: async (id) => this.state.careRequests.find((request) => request.id === id),
      lockCareRequest: async (id) => this.state.careRequests.find((request) => request.id === id),
      saveTriage: async (id, triage, urgency) => this.change({ careRequests: this.state.careRequests.map((request) => (request.id === id ? { ...request, triage, urgency } : request)) }),
      listInPeriod: async ({ from, until }, ids, limit) => [...this.state.careRequests].reverse().filter(({ id, receivedAt }) => ids.includes(id) || (receivedAt >= from && receivedAt < until)).slice(0, limit),
      listCareRequests: async (limit) => [...this.state.careRequests].reverse().slice(0, limit),
    },
    shifts: {
      findShift: async (id) => this.state.shifts.find((shift) => shift.id === id),
      holdShift: async (id) => this.state.shifts.find((shift) => shift.id === id),
      endShift: async (id, at) => {
        if (!this.state.shifts.some((shift) => shift.id === id && shift.endedAt === undefined)) return false;
        this.change({ shifts: this.state.shifts.map((shift) => (shift.id === id ? { ...shift, endedAt: at } : shift)) });
        return true;
      },
    },
    partners: {
      savePartner: async (partner) => this.change({ partners: [...this.state.partners.filter(({ did, role }) => did !== partner.did || role !== partner.role), partner] }),
      findPartner: async (did, role) => this.state.partners.find((partner) => partner.did === did && partner.role === role),
      listPartners: async (role) => this.state.partners.filter((partner) => role === undefined || partner.role === role),
    },
    allowlists: {
      saveAnswer: async (answer) => {
        const known = this.state.allowlists.find(({ custodian }) => custodian === answer.custodian);
        if (known?.fetchedAt !== undefined && answer.fetchedAt !== undefined && known.fetchedAt > answer.fetchedAt) return;
        const { toldAt } = known ?? {};
        const { failure: _failure, ...earlier } = known ?? {};
        const kept = answer.fetchedAt === undefined ? { ...earlier, ...answer, rows: known?.rows ?? [] } : answer;
        this.saveAllowlist({ ...kept, ...(toldAt && { toldAt }) });
      },
      markTold: async (custodian, at) => {
        const known = this.state.allowlists.find((allowlist) => allowlist.custodian === custodian) ?? { custodian, rows: [] };
        this.saveAllowlist({ ...known, toldAt: known.toldAt !== undefined && known.toldAt > at ? known.toldAt : at });
      },
      findAllowlistOf: async (custodian) => this.state.allowlists.find((allowlist) => allowlist.custodian === custodian),
      listAllowlists: async () => this.state.allowlists,
    },
    authorizations: {
      claimRequest: async (requestId, authorization) => {
        if (this.state.claims.has(requestId)) return false;
        this.change({ claims: new Map([...this.state.claims, [requestId, authorization]]) });
        return true;
      },
      addAuthorization: async (authorization) => this.change({ authorizations: [...this.state.authorizations, authorization] }),
      findAuthorization: async (id) => this.state.authorizations.find((authorization) => authorization.id === id),
      findByRequest: async (requestId) => this.state.authorizations.find((authorization) => authorization.requestId === requestId),
      listAuthorizations: async (limit) => [...this.state.authorizations].reverse().slice(0, limit),
      listInForce: async (at) => this.inForce(at),
      replaceCredential: async (id, credential) => this.change({ authorizations: this.state.authorizations.map((authorization) => (authorization.id === id ? { ...authorization, credential } : authorization)) }),
      listInForceOfShift: async (shift, at) => this.inForce(at).filter((authorization) => authorization.shift === shift),
      markRevoked: async (id, { at, by, reason }) => this.mark(id, 'revokedAt', at) && this.patch(id, { ...(by && { revokedBy: by }), ...(reason && { revokeReason: reason }) }),
      markReplaced: async (id, by) => this.state.authorizations.some((one) => one.id === id && one.replacedBy === undefined && one.revokedAt === undefined) && this.patch(id, { replacedBy: by }),
      markAcknowledged: async (id, by, at, rangAt) => {
        if (this.state.authorizations.some((one) => one.id === id && (one.acknowledged === undefined || one.acknowledged.at < rangAt))) this.patch(id, { acknowledged: { by, at } });
      },
      raiseAlarms: async (at) => {
        const due = this.inForce(at).filter((one) => one.openBefore !== undefined && one.openBefore <= at && one.alarmAt === undefined && alarmOf({ ...one, alarmAt: at }, at) !== undefined);
        for (const { id } of due) this.patch(id, { alarmAt: at });
        return due.length;
      },
      listOfCareRequests: async (careRequests) => [...this.state.authorizations].reverse().filter(({ careRequest }) => careRequests.includes(careRequest)),
      listInPeriod: async ({ from, until }, limit) => [...this.state.authorizations].reverse().filter((one) => [one.period, one.visitWindow].some((period) => period.from < until && period.until > from)).slice(0, limit),
      markReceipt: async (id, receipt, at) => this.mark(id, receiptMember[receipt], at),
      hasAuthorizationInForce: async (careRequest, at) => this.inForce(at).some((authorization) => authorization.careRequest === careRequest),
      hasAuthorizationSince: async (actor, at) => this.state.authorizations.some((authorization) => authorization.actor.did === actor && at < authorization.period.until),
    },
    statuses: {
      allocate: async (credential) => {
        this.change({ allocated: [...this.state.allocated, credential] });
        return { page: 1, index: this.state.allocated.length };
      },
      revoke: async (credential) => {
        if (!this.state.allocated.includes(credential)) return false;
        this.change({ revoked: [...this.state.revoked, credential] });
        return true;
      },
    },
    outbox: {
      put: async (event) => this.change({ outbox: [...this.state.outbox, event] }),
      markReceived: async () => undefined,
    },
    trees: {
      addDraft: async (tree, createdBy, createdAt) => {
        const version = this.state.trees.length + 1;
        this.change({ trees: [{ version, tree, state: 'draft', createdAt, createdBy }, ...this.state.trees] });
        return version;
      },
      findVersion: async (version) => this.state.trees.find((tree) => tree.version === version),
      findPublished: async () => this.state.trees.find(({ state }) => state === 'published'),
      listVersions: async () => this.state.trees,
      publish: async (version, publishedBy, publishedAt) => {
        if (!this.state.trees.some((tree) => tree.version === version && tree.state === 'draft')) return false;
        this.change({ trees: this.state.trees.map((tree) => (tree.version === version ? { ...tree, state: 'published', publishedAt, publishedBy } : tree.state === 'published' ? { ...tree, state: 'retired' } : tree)) });
        return true;
      },
    },
    alarmTimes: {
      findAlarmTimes: async () => this.state.alarmTimes,
      saveAlarmTimes: async (alarmTimes) => this.change({ alarmTimes }),
    },
    audit: { append: async (event) => this.change({ audit: [...this.state.audit, event] }) },
  };

  private saveAllowlist(allowlist: ReceivedAllowlist): void {
    this.change({ allowlists: [...this.state.allowlists.filter(({ custodian }) => custodian !== allowlist.custodian), allowlist] });
  }

  private async runTransaction<T>(work: (stores: DeskStores) => Promise<T>): Promise<T> {
    const before = this.state;
    try {
      return await work(this.stores);
    } catch (error) {
      this.state = before;
      throw error;
    }
  }

  private inForce(at: Date): readonly Authorization[] {
    return this.state.authorizations.filter(({ period, revokedAt }) => revokedAt === undefined && at < period.until);
  }

  private patch(id: string, part: Partial<Authorization>): true {
    this.change({ authorizations: this.state.authorizations.map((authorization) => (authorization.id === id ? { ...authorization, ...part } : authorization)) });
    return true;
  }

  private mark(id: string, member: 'revokedAt' | (typeof receiptMember)[Receipt], at: Date): boolean {
    const found = this.state.authorizations.find((authorization) => authorization.id === id);
    if (found === undefined || found[member] !== undefined) return false;
    this.change({ authorizations: this.state.authorizations.map((authorization) => (authorization === found ? { ...found, [member]: at } : authorization)) });
    return true;
  }

  private change(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
  }
}
