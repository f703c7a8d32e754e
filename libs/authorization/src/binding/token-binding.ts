import type { ClientCertificate } from '@anw/identity';
import type { Did } from '@anw/values';
import type { TokenFailure } from '../token-request/token-failure.js';

/** What an access token has to be bound to (design D9); `either`: to whatever is shown, and to both when both are. */
export const tokenBindings = ['either', 'certificate', 'dpop', 'both'] as const;
export type TokenBinding = (typeof tokenBindings)[number];

/** Which binding is required is the custodian's setting per partner. */
export interface TokenBindingPolicy {
  bindingFor(client: Did): TokenBinding;
}

/** By what the holder of a token shows that it is hers; at least one, and each that is here must be shown again. */
export interface SenderConstraint {
  /** RFC 8705 §3.1: `x5t#S256` of the client certificate. */
  readonly certificateThumbprint?: string;
  /** RFC 9449 §6.1: thumbprint of the DPoP key. */
  readonly jkt?: string;
}

export interface ShownKeys {
  readonly certificate: ClientCertificate | undefined;
  /** Of a proof that was verified. */
  readonly jkt: string | undefined;
}

export type BoundOrRefused = { readonly bound: SenderConstraint } | { readonly failure: TokenFailure; readonly detail: string };

/** Binds a token to everything that was shown with the request, if that is enough for this partner. */
export function bindToken({ certificate, jkt }: ShownKeys, required: TokenBinding): BoundOrRefused {
  const trusted = certificate?.trusted === true ? certificate : undefined;
  if (needsCertificate(required) && trusted === undefined) return { failure: 'certificate-needed', detail: `binding is ${required}, no client certificate` };
  if (needsProof(required) && jkt === undefined) return { failure: 'dpop-proof-needed', detail: `binding is ${required}, no DPoP proof` };
  if (trusted === undefined && jkt === undefined) return { failure: 'nothing-to-bind-to', detail: 'neither client certificate nor DPoP proof' };
  return { bound: { ...(trusted && { certificateThumbprint: trusted.thumbprint }), ...(jkt !== undefined && { jkt }) } };
}

function needsCertificate(required: TokenBinding): boolean {
  return required === 'certificate' || required === 'both';
}

function needsProof(required: TokenBinding): boolean {
  return required === 'dpop' || required === 'both';
}
