import { CredentialError, parsePresentationDefinition, type PresentationDefinition } from '@anw/credentials';
import { z } from 'zod';
import { metadataUrl } from '../token-request/authorization-server-metadata.js';
import { TokenClientError } from './token-client-error.js';
import { askJson, type TokenFetch } from './token-fetch.js';

/** What the client needs to know of an authorization server before it asks for a token. */
export interface DiscoveredServer {
  /** Exactly as the metadata writes it: the audience of a presentation (spec nuts-protocols B1). */
  readonly issuer: string;
  readonly tokenEndpoint: string;
  /** Whether it offers to bind tokens to a key like ours (RFC 9449 §5.1). */
  readonly takesProofs: boolean;
  readonly definition: PresentationDefinition;
}

const Endpoint = z.url({ protocol: /^https$/ }).max(2048);

const Metadata = z.looseObject({ issuer: z.string(), token_endpoint: Endpoint, presentation_definition_endpoint: Endpoint, dpop_signing_alg_values_supported: z.array(z.string()).default([]) });

/** Reads metadata and presentation definition (spec nuts-protocols B1, B2). @throws TokenClientError */
export async function discoverAuthorizationServer(fetch: TokenFetch, authorizationServer: string, scope: string): Promise<DiscoveredServer> {
  const metadata = Metadata.safeParse(await askFound(fetch, metadataUrl(authorizationServer)));
  if (!metadata.success) throw new TokenClientError('unusable-answer', 'metadata is not as RFC 8414 has it');
  // "The issuer value returned MUST be identical" (RFC 8414 §3.3): else one server could pass for another.
  if (metadata.data.issuer !== authorizationServer) throw new TokenClientError('unusable-answer', 'metadata is of another issuer');
  const endpoint = new URL(metadata.data.presentation_definition_endpoint);
  endpoint.searchParams.set('scope', scope);
  return {
    issuer: metadata.data.issuer,
    tokenEndpoint: metadata.data.token_endpoint,
    takesProofs: metadata.data.dpop_signing_alg_values_supported.includes('ES256'),
    definition: readDefinition(await askFound(fetch, endpoint.toString())),
  };
}

async function askFound(fetch: TokenFetch, url: string): Promise<unknown> {
  const { status, body } = await askJson(fetch, url);
  if (status !== 200) throw new TokenClientError('unusable-answer', `status ${status} at discovery`);
  return body;
}

function readDefinition(raw: unknown): PresentationDefinition {
  try {
    return parsePresentationDefinition(raw);
  } catch (cause) {
    if (!(cause instanceof CredentialError)) throw cause;
    throw new TokenClientError('definition-unsupported', cause.detail, { cause });
  }
}
