import type { CertificateFailure, ClientCertificate } from '@anw/identity';
import type { Did } from '@anw/values';
import { type DenialReason, denied, granted, type Verdict } from '../verdict.js';

/** How a requesting system may make itself known, strongest first (design §5). */
export const systemEvidence = ['client-certificate', 'did-web-host'] as const;
export type SystemEvidence = (typeof systemEvidence)[number];

/** The least evidence this custodian takes from a partner; it sets the minimum per partner. */
export interface SystemEvidencePolicy {
  minimumFor(actor: Did): SystemEvidence;
}

export interface RequestingSystemInput {
  readonly actor: Did;
  readonly certificate: ClientCertificate | undefined;
}

/**
 * Check 1: "which requesting system connects". A client certificate names it; where the custodian has said so, the host
 * that serves the actor's keys suffices. A certificate that is shown and not to be trusted is refused in either case.
 */
export function checkRequestingSystem({ actor, certificate }: RequestingSystemInput, policy: SystemEvidencePolicy): Verdict {
  if (certificate !== undefined && !certificate.trusted) return distrusted(certificate);
  if (certificate !== undefined) return granted(1, 'connection', `x5t#S256 ${certificate.thumbprint} of ${certificate.hosts.join(', ')}`);

  const minimum = policy.minimumFor(actor);
  if (minimum === 'did-web-host') return granted(1, 'presentation', `keys served by the host of ${actor}`);
  return denied(1, 'no-client-certificate', 'connection', `minimum evidence is ${minimum}`);
}

/** Who has to repair it depends on what is wrong. */
function distrusted({ thumbprint, flaw = 'not-trusted' }: ClientCertificate): Verdict {
  return denied(1, reasons[flaw], 'connection', `x5t#S256 ${thumbprint}: ${flaw}`);
}

const reasons = {
  malformed: 'certificate-not-trusted',
  'chain-broken': 'certificate-not-trusted',
  weak: 'certificate-not-trusted',
  'not-trusted': 'certificate-not-trusted',
  'policy-mismatch': 'certificate-not-trusted',
  'outside-validity': 'certificate-outside-validity',
  revoked: 'certificate-revoked',
  'revocation-unknown': 'certificate-status-unknown',
} as const satisfies Record<CertificateFailure, DenialReason>;
