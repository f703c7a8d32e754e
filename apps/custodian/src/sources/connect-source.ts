import type { SourceConnection } from '@anw/fhir-client';
import type { SourceCredential, SourceSettings } from '@anw/fhir';
import { createOutbound, type Outbound } from '@anw/outbound';
import type { SourceConfig } from './source-config.js';

/** A page of a hundred resources of any size that is still text. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** Requests to one server that may be under way at once: twenty searches of a dossier, for a few nurses. */
const CONNECTIONS = 48;

/** The way to one organisation's own server: a circuit breaker, a certificate and an address guard of its own, so that nothing of it meets partners. */
export interface SourceWay {
  readonly connection: SourceConnection;
  readonly outbound: Outbound;
}

/** An internal address or plain http is for origins that the deployment names, whatever the settings of an organisation say. */
export function connectSource({ base, timeoutMilliseconds, credential, authority }: SourceSettings, { internalOrigins }: SourceConfig): SourceWay {
  const { origin, hostname, protocol } = new URL(base);
  const isInternal = internalOrigins.includes(origin);
  const outbound = createOutbound({
    ...(authority !== undefined && { ca: authority }),
    ...(credential.kind === 'client-certificate' && { clientCertificate: { certificatePem: credential.certificate, privateKeyPem: credential.privateKey } }),
    allowedInternalHosts: isInternal ? [hostname] : [],
    requireTls: protocol !== 'http:' || !isInternal,
    timeoutMilliseconds,
    maxResponseBytes: MAX_RESPONSE_BYTES,
    connectionsPerPartner: CONNECTIONS,
  });
  return { outbound, connection: { base, fetch: outbound.fetch, ...authorizationOf(credential) } };
}

function authorizationOf(credential: SourceCredential): { readonly authorization?: string } {
  return credential.kind === 'bearer' ? { authorization: `Bearer ${credential.token}` } : {};
}
