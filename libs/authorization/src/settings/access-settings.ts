import { MAX_AUTHORIZATION_SECONDS } from '@anw/credentials';
import { type AssuranceLevel, assuranceLevels, meetsAssuranceLevel } from '@anw/identity';
import { Did } from '@anw/values';
import { z } from 'zod';
import { type TokenBindingPolicy, tokenBindings } from '../binding/token-binding.js';
import { systemEvidence, type SystemEvidencePolicy } from '../checks/check-requesting-system.js';

const MAX_PARTNERS = 10_000;

/** What this custodian asks of one partner instead of what it asks of all. */
const PartnerSettings = z.strictObject({
  partner: Did,
  minimumSystemEvidence: z.enum(systemEvidence).optional(),
  tokenBinding: z.enum(tokenBindings).optional(),
});

/** A certificate authority by the SHA-256 of its certificate, as a did:x509 names it. */
const AuthorityFingerprint = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** Whose word counts of who an organisation is (contract A; Nuts RFC023). */
const OrganisationEvidenceSettings = z
  .strictObject({
    /** Authorities whose certificates count, in an `X509Credential`. */
    authorities: z.array(AuthorityFingerprint).max(20).default([]),
    /** Then an organisation's own word does not. */
    certificateRequired: z.boolean().default(false),
  })
  .refine(({ authorities, certificateRequired }) => authorities.length > 0 || !certificateRequired, 'a certificate can be required of trusted authorities only');

/**
 * What one organisation demands of whoever asks it for a token (design §5) or searches its patients, and of its own operators. What is left out has the default, and each
 * default is the safe one: a client certificate to be known by, and a token bound to what was shown.
 */
export const AccessSettings = z.strictObject({
  /** Least assurance of the user's login (check 3). */
  minimumAssuranceLevel: z.enum(assuranceLevels).default('low'),
  /** Least assurance for a look at how to get into a home, where that is more than for the record. */
  homeAccessAssuranceLevel: z.enum(assuranceLevels).optional(),
  /** Longest authorization that counts, in seconds (check 6). */
  maxAuthorizationSeconds: z.int().min(1).max(MAX_AUTHORIZATION_SECONDS).default(MAX_AUTHORIZATION_SECONDS),
  /** Least evidence of which system asks (check 1). */
  minimumSystemEvidence: z.enum(systemEvidence).default('client-certificate'),
  tokenBinding: z.enum(tokenBindings).default('either'),
  organisationEvidence: OrganisationEvidenceSettings.default({ authorities: [], certificateRequired: false }),
  /** Whether a DPoP proof has to hold a nonce of ours (RFC 9449 §8). */
  dpopNonce: z.boolean().default(false),
  /** Whether an allowlist row or enrolment holds only after a second operator approved it. */
  fourEyes: z.boolean().default(false),
  /** How many patient searches one regisseur may do in a minute. */
  patientSearchesPerMinute: z.int().min(1).max(10_000).default(60),
  partners: z
    .array(PartnerSettings)
    .max(MAX_PARTNERS)
    .refine((partners) => new Set(partners.map(({ partner }) => partner)).size === partners.length, 'a partner occurs more than once')
    .default([]),
});
export type AccessSettings = z.infer<typeof AccessSettings>;

export const defaultAccessSettings: AccessSettings = AccessSettings.parse({});

/** Settings of one organisation. */
export interface AccessSettingsStore {
  /** Undefined as long as nobody has set any. */
  findSettings(): Promise<AccessSettings | undefined>;
  saveSettings(settings: AccessSettings, at: Date): Promise<void>;
}

/** The demands per partner that the checks and the token endpoint ask for. */
export function partnerPolicies(settings: AccessSettings): { readonly systems: SystemEvidencePolicy; readonly bindings: TokenBindingPolicy } {
  const own = new Map(settings.partners.map((partner) => [partner.partner, partner]));
  return {
    systems: { minimumFor: (actor) => own.get(actor)?.minimumSystemEvidence ?? settings.minimumSystemEvidence },
    bindings: { bindingFor: (client) => own.get(client)?.tokenBinding ?? settings.tokenBinding },
  };
}

/** What check 3 asks of whoever wants to get into a home: never less than for the record. */
export function homeAccessAssuranceLevel({ minimumAssuranceLevel, homeAccessAssuranceLevel: own = minimumAssuranceLevel }: AccessSettings): AssuranceLevel {
  return meetsAssuranceLevel(own, minimumAssuranceLevel) ? own : minimumAssuranceLevel;
}
