import type { AnwScope, OrganisationEvidence } from '@anw/credentials';
import { jwsAlgorithms, type Organisation } from '@anw/identity';
import { dpopAlgorithms } from '../dpop/dpop-key.js';
import { grantTypes } from './parse-token-request.js';

/** RFC 8414 §2, as far as the bolt uses it, with the members that nuts-node looks for (spec nuts-protocols §4.9 A2 to A6). */
export interface AuthorizationServerMetadata {
  readonly issuer: string;
  readonly token_endpoint: string;
  readonly presentation_definition_endpoint: string;
  readonly grant_types_supported: readonly string[];
  readonly scopes_supported: readonly string[];
  readonly token_endpoint_auth_methods_supported: readonly string[];
  readonly tls_client_certificate_bound_access_tokens: true;
  readonly dpop_signing_alg_values_supported: readonly string[];
  readonly did_methods_supported: readonly string[];
  readonly vp_formats_supported: Readonly<Record<string, object>>;
}

/** What the authorization server of one organisation can do; it names nothing that it cannot verify. */
export function authorizationServerMetadata(
  { issuer }: Pick<Organisation, 'issuer'>,
  scopes: readonly AnwScope['name'][],
  { authorities }: Pick<OrganisationEvidence, 'authorities'> = { authorities: [] },
): AuthorizationServerMetadata {
  return {
    issuer,
    token_endpoint: `${issuer}/token`,
    presentation_definition_endpoint: `${issuer}/presentation_definition`,
    grant_types_supported: grantTypes,
    scopes_supported: scopes,
    // The presentation says who asks; there is no other client authentication.
    token_endpoint_auth_methods_supported: ['none'],
    tls_client_certificate_bound_access_tokens: true,
    dpop_signing_alg_values_supported: dpopAlgorithms,
    // A node leaves out credentials whose issuer's method is not here (spec nuts-protocols A5).
    did_methods_supported: authorities.length > 0 ? ['web', 'x509'] : ['web'],
    vp_formats_supported: {
      jwt_vp_json: { alg_values_supported: jwsAlgorithms },
      jwt_vc_json: { alg_values_supported: jwsAlgorithms },
      // A self-attested credential counts as one (spec nuts-protocols §4.3).
      ldp_vc: { proof_type_values_supported: ['JsonWebSignature2020'] },
    },
  };
}

/** Where an issuer publishes its metadata: the well-known part goes between host and path (RFC 8414 §3.1). */
export function metadataUrl(issuer: string): string {
  const { origin, pathname } = new URL(issuer);
  return `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`;
}
