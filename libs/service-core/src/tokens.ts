import type { AccessSettings, OfferedScope } from '@anw/authorization';
import type { Organisation } from '@anw/identity';
import type { NotificationEffects, NotificationStores } from '@anw/notifications';
import type { Transaction } from '@anw/persistence';

/** `OutboundFetch`: the one way out to partners. */
export const OUTBOUND_FETCH = Symbol('OutboundFetch');
/** `DidResolver` */
export const DID_RESOLVER = Symbol('DidResolver');
/** `VerificationKeys` */
export const VERIFICATION_KEYS = Symbol('VerificationKeys');
/** `CredentialStatuses` */
export const CREDENTIAL_STATUSES = Symbol('CredentialStatuses');
/** `CertificateRevocation` */
export const CERTIFICATE_REVOCATION = Symbol('CertificateRevocation');
/** `AuditSettings` of `@anw/platform` */
export const AUDIT_SETTINGS = Symbol('AuditSettings');
/** `DpopNonces`, of all replicas of this service */
export const DPOP_NONCES = Symbol('DpopNonces');
/** `KeyEncryption`, for secrets at rest */
export const KEY_ENCRYPTION = Symbol('KeyEncryption');
/** `Outbound`, to close it */
export const OUTBOUND = Symbol('Outbound');

/** Which scopes the organisations of this service offer at their token endpoints; each service has its own. */
export abstract class OfferedScopes {
  abstract scopesOf(organisation: Organisation, settings: AccessSettings): readonly OfferedScope[];
}

/** What this service does on notifications, and over which stores; each service has its own. */
export abstract class NotificationHandling<Stores extends NotificationStores = NotificationStores> {
  abstract readonly effects: NotificationEffects<Stores>;
  abstract stores(tx: Transaction): Stores;
}
