import type { CredentialStatuses, NonceStore, OrganisationEvidence } from '@anw/credentials';
import type { CertificateRevocation, ClientCertificate, DidResolver, Organisation, VerificationKeys } from '@anw/identity';
import type { Did, DidUrl, PatientId } from '@anw/values';
import type { AccessFacts, OrganisationFacts } from '../../access-token.js';
import type { SenderConstraint, TokenBindingPolicy } from '../../binding/token-binding.js';
import type { SystemEvidencePolicy } from '../../checks/check-requesting-system.js';
import type { Decision } from '../../verdict.js';
import type { OfferedScope } from '../offered-scope.js';
import type { TokenRequest } from '../parse-token-request.js';
import type { TokenFailure } from '../token-failure.js';

/** How one grant type turns a request into facts that a token may stand for, or into a refusal. */
export type Grant = (request: TokenRequest, connection: Connection, ports: GrantPorts) => Promise<GrantOutcome>;

export interface Connection {
  readonly certificate: ClientCertificate | undefined;
  /** Thumbprint of the DPoP key, when a proof was sent; it has been verified. */
  readonly jkt: string | undefined;
  readonly now: Date;
}

export interface GrantPorts {
  /** Whose authorization server this is. */
  readonly organisation: Pick<Organisation, 'did' | 'issuer'>;
  readonly scopes: readonly OfferedScope[];
  readonly keys: VerificationKeys;
  readonly nonces: NonceStore;
  readonly lists: CredentialStatuses;
  readonly systems: SystemEvidencePolicy;
  readonly bindings: TokenBindingPolicy;
  /** Longest authorization that counts here, in seconds. */
  readonly maxAuthorizationSeconds: number;
  readonly documents: DidResolver;
  /** Who may vouch for an organisation with a certificate; without it nobody. */
  readonly certificates?: OrganisationCertificates;
}

export interface OrganisationCertificates {
  readonly evidence: OrganisationEvidence;
  readonly revocation: CertificateRevocation;
}

/** Who asked for what, as far as it has been verified: for the decision record and the log. */
export interface Asked {
  readonly actor?: Did;
  /** As its organisation credential has it, where that is what this custodian takes. */
  readonly actorName?: string;
  readonly regisseur?: Did;
  readonly authorization?: DidUrl;
  readonly practitioner?: { readonly identifier: string; readonly name?: string; readonly roleName?: string };
  readonly patient?: PatientId;
  /** What the authorization rests on here, where it let somebody in. */
  readonly grounds?: readonly string[];
}

export interface Granted {
  readonly outcome: 'granted';
  readonly asked: Asked;
  readonly decision: Decision;
  readonly facts: AccessFacts | OrganisationFacts;
  /** What the token is to be bound to. */
  readonly bound: SenderConstraint;
  /** No token may outlive any credential that it rests on. */
  readonly until: Date;
}

export interface Refused {
  readonly outcome: 'refused';
  readonly asked: Asked;
  /** Absent when the request failed before the checks. */
  readonly decision?: Decision;
  readonly failure: TokenFailure;
  readonly detail: string;
}

export type GrantOutcome = Granted | Refused;
