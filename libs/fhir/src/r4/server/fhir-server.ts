import type { AuditLog } from '@anw/audit';
import type { AccessFacts, AnonymousRefusals, DecisionStore, DpopNonces, DpopReplayStore, StandingToken } from '@anw/authorization';
import type { CredentialStatuses, PatientScopeName } from '@anw/credentials';
import type { ClientCertificate, Organisation } from '@anw/identity';
import type { Clock, DidUrl, PatientId } from '@anw/values';
import type { EnrichmentJournal } from '../../enriched/enrichment.js';
import type { HomeAccessStore } from '../../home-access/home-access.js';
import type { FhirSource } from '../../fhir-source.js';
import type { FhirRequest } from '../parse-fhir-request.js';
import type { SearchCursors } from '../search-cursor.js';

export interface IncomingFhirRequest extends FhirRequest {
  readonly body: Uint8Array | undefined;
  readonly certificate: ClientCertificate | undefined;
}

/** What one transaction of the custodian reaches. */
export interface FhirStores {
  /** The token of that hash with its standing at that moment. */
  readonly findToken: (hash: string, at: Date) => Promise<StandingToken | undefined>;
  /** Takes a token out of use; false when somebody did before. */
  readonly spendToken: (hash: string) => Promise<boolean>;
  readonly isInCare: (patient: PatientId) => Promise<boolean>;
  readonly replays: DpopReplayStore;
  readonly decisions: Pick<DecisionStore, 'saveDecision'>;
  readonly homeAccess: HomeAccessStore;
  /** What came into the record, for the organisation's own systems. */
  readonly enrichments: EnrichmentJournal;
  readonly audit: AuditLog;
  /** Relative references to what searches and reads under this authorization gave of this patient, by the log. */
  readonly findGiven: (about: { readonly patient: PatientId; readonly authorization: DidUrl }) => Promise<readonly string[]>;
}

export interface FhirServer {
  readonly organisation: Pick<Organisation, 'did' | 'displayName'>;
  /** FHIR base URL of the organisation, no trailing slash. */
  readonly base: string;
  readonly softwareVersion: string;
  readonly lists: CredentialStatuses;
  /** Longest authorization that counts here, in seconds. */
  readonly maxAuthorizationSeconds: number;
  readonly dpop: { readonly nonces: DpopNonces; /** Whether a proof has to hold one of those nonces. */ readonly nonceNeeded: boolean };
  readonly anonymous: AnonymousRefusals;
  readonly cursors: SearchCursors;
  readonly clock: Clock;
  readonly randomUuid: () => string;
  /** Commits everything that `work` does, or nothing. */
  readonly transaction: <T>(work: (stores: FhirStores) => Promise<T>) => Promise<T>;
  /**
   * Asks the source, and settles what it answered in the transaction whose commit lets it leave (design D17): the log row.
   * An own store is asked within that transaction, a server elsewhere before it, for HTTP holds no database connection.
   */
  readonly withSource: <Asked, Settled>(ask: (source: FhirSource) => Promise<Asked>, settle: (asked: Asked, stores: FhirStores) => Promise<Settled>) => Promise<Settled>;
}

export interface FhirAnswer {
  readonly status: number;
  readonly body: Readonly<object>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request under way: when it began, and the reference it can be found by. */
export interface Handling {
  readonly request: IncomingFhirRequest;
  readonly server: FhirServer;
  readonly at: Date;
  readonly reference: string;
  /** What a token has to be for, to be of use here. */
  readonly scope: PatientScopeName;
}

/** Whoever is let in, with the token she came with. */
export interface Access {
  readonly token: StandingToken;
  readonly facts: AccessFacts;
}
