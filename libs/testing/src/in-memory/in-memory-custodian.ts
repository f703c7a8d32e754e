import type { AuditEvent, AuditLog } from '@anw/audit';
import {
  type AccessToken,
  type AccessTokenStore,
  type AllowlistRow,
  type AllowlistStore,
  authorizationOf,
  type DecisionRecord,
  type DecisionStore,
  type IssuedDelegation,
  type RevocationStore,
  type Standing,
  type StandingQuestion,
  standingQuestionOf,
  type StandingRecords,
} from '@anw/authorization';
import type { Enrolment, EnrolmentStore } from '@anw/consent';
import { contains, type PatientId, type ValidityPeriod } from '@anw/values';
import { InMemoryStatusRegister } from './in-memory-status-register.js';

interface State {
  readonly rows: readonly AllowlistRow[];
  readonly delegations: readonly IssuedDelegation[];
  readonly enrolments: readonly Enrolment[];
  readonly revocations: ReadonlySet<string>;
  readonly tokens: readonly AccessToken[];
  readonly decisions: readonly DecisionRecord[];
  readonly audit: readonly AuditEvent[];
}

const empty: State = { rows: [], delegations: [], enrolments: [], revocations: new Set(), tokens: [], decisions: [], audit: [] };

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
    addEnrolment: async (enrolment) => {
      if (this.state.enrolments.some((other) => other.patient === enrolment.patient && other.regisseur === enrolment.regisseur && overlap(other.period, enrolment.period))) return false;
      this.change({ enrolments: [...this.state.enrolments, enrolment] });
      return true;
    },
    findByHandle: async (handle) => this.state.enrolments.find((enrolment) => enrolment.handle === handle),
    findEnrolment: async (patient, regisseur, at) => this.state.enrolments.find((other) => other.patient === patient && other.regisseur === regisseur && contains(other.period, at)),
    listEnrolments: async () => this.state.enrolments,
    endEnrolment: async (id, at) => this.end('enrolments', id, at),
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

function overlap(a: ValidityPeriod, b: ValidityPeriod): boolean {
  return a.from < b.until && b.from < a.until;
}
