import type { KeptCredentialStatuses } from '@anw/credentials';
import { didWebUrl, type KnownClientCertificates } from '@anw/identity';
import type { CircuitStateName, Outbound } from '@anw/outbound';
import { CLIENT_CERTIFICATES } from '@anw/platform';
import type { Did } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { CREDENTIAL_STATUSES, OUTBOUND } from '../tokens.js';

/** What this process knows of how a partner stands; another replica may know something else. */
export interface PartnerState {
  /** Absent when it was not asked of late. */
  readonly circuit?: CircuitStateName;
  /** Until when the certificate that it showed last is good. */
  readonly certificateUntil?: Date;
  /** When its status list last came in. */
  readonly statusListAt?: Date;
}

/** Looks at partners from the outside in: nothing is asked of them for it. */
@Injectable()
export class PartnerStates {
  constructor(
    @Inject(OUTBOUND) private readonly outbound: Pick<Outbound, 'circuitOf'>,
    @Inject(CLIENT_CERTIFICATES) private readonly certificates: Pick<KnownClientCertificates, 'validUntilOf'>,
    @Inject(CREDENTIAL_STATUSES) private readonly statuses: Pick<KeptCredentialStatuses, 'listFetchedAt'>,
  ) {}

  stateOf(partner: Did): PartnerState {
    const door = partner.startsWith('did:web:') ? didWebUrl(partner) : undefined;
    const circuit = door && this.outbound.circuitOf(door.origin);
    const certificateUntil = door && this.certificates.validUntilOf(door.hostname);
    const statusListAt = this.statuses.listFetchedAt(partner);
    return { ...(circuit && { circuit }), ...(certificateUntil && { certificateUntil }), ...(statusListAt && { statusListAt }) };
  }
}
