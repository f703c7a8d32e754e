import type { AuditEvent, AuditLog } from '@anw/audit';
import {
  type AccessToken,
  type AccessTokenStore,
  type AllowlistRow,
  type AllowlistStore,
  authorizationOf,
  type DecisionRecord,
  type DecisionStore,
  type EntryHistory,
  type EntryKind,
  type EntryStep,
  type IssuedDelegation,
  type Proposal,
  type ProposalStore,
  type RevocationStore,
  type Standing,
  type StandingQuestion,
  standingQuestionOf,
  type StandingRecords,
} from '@anw/authorization';
import type { Enrolment, EnrolmentStore } from '@anw/consent';
import type { NotificationEvent, Outbox } from '@anw/notifications';
import { contains, type PatientId } from '@anw/values';
import { InMemoryStatusRegister } from './in-memory-status-register.js';

interface State {
  readonly rows: readonly AllowlistRow[];
  readonly delegations: readonly IssuedDelegation[];
  readonly enrolments: readonly Enrolment[];
  readonly revocations: ReadonlySet<string>;
  readonly tokens: readonly AccessToken[];
  readonly decisions: readonly DecisionRecord[];
  readonly audit: readonly AuditEvent[];
  readonly proposals: readonly Proposal[];
  readonly steps: readonly EntryStep[];
  readonly outbox: readonly NotificationEvent[];
}

const empty: State = { rows: [], delegations: [], enrolments: [], revocations: new Set(), tokens: [], decisions: [], audit: [], proposals: [], steps: [], outbox: [] };

/** Twin of everything that one custodian organisation keeps about who may look; a transaction that fails leaves no trace. */
export class InMemoryCustodian implements StandingRecords {
  state: State = empty;
  /** Patients in this custodian's care. */
  readonly inCare = new Set<PatientId>();
  readonly register = new InMemoryStatusRegister();

  readonly transaction = async <T>(work: (stores: InMemoryCustodian) => Promise<T>): Promise<T> => {
    const before = this.state;
    try {
      return await work(this);
    } catch (error) {
      this.state = before;
      throw error;
    }
  };

  readonly isInCare = async (patient: PatientId): Promise<boolean> => this.inCare.has(patient);

  readonly audit: AuditLog = { append: async (event) => this.change({ audit: [...this.state.audit, event] }) };

  readonly allowlist: AllowlistStore = {
    holdRegisseur: async () => undefined,
    addRow: async (row) => this.change({ rows: [...this.state.rows, row] }),
    findRowById: async (id) => this.state.rows.find((row) => row.id === id),
    endRow: async (id, at) => this.end('rows', id, at),
    listRows: async () => this.state.rows,
    listRowsOf: async (regisseur) => this.state.rows.filter((row) => row.regisseur === regisseur),
    findRow: async (regisseur, actor, at) => this.state.rows.find((row) => row.regisseur === regisseur && row.actor === actor && contains(row.period, at)),
    addDelegation: async (delegation) => this.change({ delegations: [...this.state.delegations, delegation] }),
    findDelegation: async (id) => this.state.delegations.find((delegation) => delegation.id === id),
    currentDelegation: async (regisseur, at) =>
      this.state.delegations.findLast((delegation) => delegation.regisseur === regisseur && delegation.revokedAt === undefined && contains(delegation.period, at)),
    revokeDelegations: async (regisseur, at) => {
      const standing = this.state.delegations.filter((delegation) => delegation.regisseur === regisseur && delegation.revokedAt === undefined);
      this.change({ delegations: this.state.delegations.map((delegation) => (standing.includes(delegation) ? { ...delegation, revokedAt: at } : delegation)) });
      return standing.map(({ id }) => id);
    },
  };

  readonly enrolments: EnrolmentStore = {
    holdPatient: async () => undefined,
    addEnrolment: async (enrolment) => this.change({ enrolments: [...this.state.enrolments, enrolment] }),
    findByHandle: async (handle) => this.state.enrolments.find((enrolment) => enrolment.handle === handle),
    findEnrolment: async (patient, regisseur, at) => this.state.enrolments.find((other) => other.patient === patient && other.regisseur === regisseur && contains(other.period, at)),
    findEnrolmentById: async (id) => this.state.enrolments.find((enrolment) => enrolment.id === id),
    listEnrolments: async () => this.state.enrolments,
    listEnrolmentsOf: async (patient, regisseur) => this.state.enrolments.filter((other) => other.patient === patient && other.regisseur === regisseur),
    endEnrolment: async (id, at) => this.end('enrolments', id, at),
  };

  readonly proposals: ProposalStore = {
    addProposal: async (proposal) => this.change({ proposals: [...this.state.proposals, proposal] }),
    holdProposal: async (kind, id) => (await this.proposals.listProposals(kind)).find((proposal) => proposal.id === id),
    listProposals: async <K extends EntryKind>(kind: K) => this.state.proposals.filter((proposal): proposal is Proposal<K> => proposal.kind === kind),
    decideProposal: async (id, decision) => this.change({ proposals: this.state.proposals.map((proposal) => (proposal.id === id ? { ...proposal, decision } : proposal)) }),
  };

  readonly history: EntryHistory = {
    addStep: async (step) => this.change({ steps: [...this.state.steps, step] }),
    listSteps: async (entries) => this.state.steps.filter(({ entry }) => entries.includes(entry)),
  };

  readonly outbox: Outbox = {
    put: async (event) => this.change({ outbox: [...this.state.outbox, event] }),
    markReceived: async () => undefined,
  };

  readonly revocations: RevocationStore = {
    addRevocation: async (authorization, issuer) => this.change({ revocations: new Set([...this.state.revocations, `${issuer} ${authorization}`]) }),
    isRevoked: async (authorization, issuer) => this.state.revocations.has(`${issuer} ${authorization}`),
  };

  readonly tokens: AccessTokenStore = {
    saveToken: async (token) => this.change({ tokens: [...this.state.tokens, token] }),
    findToken: async (hash) => this.state.tokens.find((token) => token.hash === hash),
    findStandingToken: async (hash, at) => {
      const token = this.state.tokens.find((candidate) => candidate.hash === hash);
      if (token?.facts.kind !== 'patient-access') return token;
      return { ...token, standing: await this.standingOf(standingQuestionOf(authorizationOf(token.facts), at)) };
    },
    spendToken: async (hash) => {
      const isHeld = this.state.tokens.some((token) => token.hash === hash);
      this.change({ tokens: this.state.tokens.filter((token) => token.hash !== hash) });
      return isHeld;
    },
    deleteExpired: async (before) => {
      const kept = this.state.tokens.filter((token) => token.expiresAt >= before);
      const deleted = this.state.tokens.length - kept.length;
      this.change({ tokens: kept });
      return deleted;
    },
  };

  readonly decisions: DecisionStore = {
    saveDecision: async (record) => this.change({ decisions: [...this.state.decisions, record] }),
    findDecision: async (reference) => this.state.decisions.find((record) => record.reference === reference),
  };

  async standingOf(question: StandingQuestion): Promise<Standing> {
    return {
      question,
      row: await this.allowlist.findRow(question.regisseur, question.actor, question.at),
      delegation: await this.allowlist.findDelegation(question.delegation),
      enrolment: await this.enrolments.findByHandle(question.handle),
      revoked: await this.revocations.isRevoked(question.authorization, question.regisseur),
    };
  }

  private end(which: 'rows' | 'enrolments', id: string, at: Date): boolean {
    const ended = this.state[which].find((entry) => entry.id === id && entry.period.until > at);
    if (ended === undefined) return false;
    const entries = this.state[which].map((entry) => (entry === ended ? { ...entry, period: { ...entry.period, until: at } } : entry));
    this.change({ [which]: entries });
    return true;
  }

  private change(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
  }
}
